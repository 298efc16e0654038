import { expect, test } from 'vitest'
import { placeFlags } from '../../shared/reception/answer.ts'
import { contactAggregate, type ContactRecord } from '../../shared/reception/index.ts'
import { answered, other, playContact } from './play-contact.ts'

const scopes = (image: ContactRecord) => contactAggregate.scopes(image).filter((scope) => scope !== 'supervisor')

test('[SZIT-3] a unit answers what was passed to it; another unit’s answer stands and is marked', () => {
  const play = playContact('szit')
  play.open({ matter: 'voice', voice: 'opinion', text: '示例' })
  play.step('passOn', { unitId: play.profile.units[1]?.id ?? '', windowId: null, text: '' })
  const from = (unitId: string) => placeFlags(play.image(), { windowId: null, unitIds: [unitId] } as never)
  expect(from(play.profile.units[1]?.id ?? '')).toEqual([])
  expect(from(play.profile.units[0]?.id ?? '')).toMatchObject([{ code: 'contact.elsewhere', stops: false }])
})

test('[SZIT-3] a window passes on what stands with it, no other window’s matter', () => {
  const play = playContact('szit')
  const unit = { unitId: play.profile.units[1]?.id ?? '', windowId: null, text: '' }
  play.open({ matter: 'voice', voice: 'opinion', text: '示例' })
  const elsewhere = { by: other, window: play.third }
  expect(play.step('passOn', unit, elsewhere).verdict.code).toBe('contact.notHere')
  expect(play.image().holder.actorId).toBe('a')
  expect(play.step('passOn', unit).verdict.outcome).toBe('applied')
})

test('[REF-CQ3.4] a complaint is not passed on, answered or noted unmarked by a window that never had it', () => {
  const play = playContact('szit')
  play.open({ matter: 'voice', voice: 'complaint', text: '示例', person: { name: '示例·生', phone: '13800001234' } })
  const elsewhere = { by: other, window: play.there }
  const unit = { unitId: play.profile.units[1]?.id ?? '', windowId: null, text: '' }
  expect(play.step('passOn', unit, elsewhere).verdict.code).toBe('contact.notHere')
  expect(play.step('note', { text: '示例' }, elsewhere).verdict.flags).toMatchObject([{ code: 'contact.elsewhere' }])
  expect(play.step('answer', answered('示例'), elsewhere).verdict.flags).toMatchObject([{ code: 'contact.elsewhere' }])
  expect(scopes(play.image())).toEqual([])
})
