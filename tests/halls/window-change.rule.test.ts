import { expect, test } from 'vitest'
import { commands } from '../../shared/commands.ts'
import type { Json } from '../../shared/core/canonical.ts'
import { decideCommand, type Row } from '../../shared/core/kernel.ts'
import { addDays, localDay } from '../../shared/calendar/day.ts'
import { holdsAsk, itemsAt, nextItems, nextVersions, strayItems, withAsk } from '../../shared/halls/index.ts'
import { halls, type HallId } from '../../shared/profiles/halls.ts'
import { versionInForce } from '../../shared/profiles/in-force.ts'
import { Profile } from '../../shared/profiles/profile.ts'
import { sentenceOf } from '../../shared/sentences.ts'
import { ctxv, item, serverNow } from '../sync/forged-hall.ts'
import { uuidOf } from '../support/play.ts'

const today = localDay(serverNow)
const { profile, items } = halls.ssc
const unit = { id: 'personnel', name: '人事处' }
const atPersonnel = itemsAt(items, 'personnel', today).map(({ code, name }) => ({ code, name }))
const application = {
  unit,
  appliedOn: addDays(today, -5),
  newUnits: [],
  itemsAsked: '',
  reason: '示例：业务并到综合服务',
}
const withdrawal = {
  ...{ ...application, ask: { what: 'withdraw' as const, windowId: 'personnel' } },
}
const moves = atPersonnel.map((one) => ({ ...one, to: 'general' }))
const grounds = { opinions: '示例：师生代表无异议', room: '示例：腾出一个位置', needs: '' }
const decision = {
  ...{
    verdict: 'approved',
    body: '师生服务中心',
    text: '示例：同意撤销',
    on: today,
    effectiveOn: addDays(today, 11),
    grounds,
    items: atPersonnel,
    moves,
  },
}

function done(hallId: HallId, row: Row, type: string, args: unknown) {
  const env = {
    ...{ cmdId: uuidOf(7), deviceId: uuidOf(8), streamId: uuidOf(9), seq: 1, type, v: 1, hallId },
    ...{ nature: type.endsWith('propose') ? 'fact' : 'claim', kind: 'windowChange', aggId: uuidOf(1) },
    ...{ base: { ver: 0, after: 0, seen: {}, ctxv }, actorId: 's', role: 'supervisor', windowId: null, grantId: 'g' },
    ...{ shiftId: null, wall: serverNow, mono: 0, boot: 'b', off: 0, offErr: 0, app: 't', schema: 1, online: true },
    ...{ prev: '', args: args as Record<string, Json> },
  } as Parameters<typeof decideCommand>[2]['env']
  const actor = { name: '示例·督查', roles: [{ role: 'supervisor' as const, windowId: null }] }
  return decideCommand(commands, row, {
    env,
    pii: {},
    actor,
    refs: { profile: halls[hallId].profile, item, calendars: [] },
  })
}

const proposed = (hallId: HallId, args: unknown = withdrawal) => done(hallId, null, 'windowChange.propose', args).row

test('[SSC-7] an application, opinions and room, the decision, its words and both dates stand on record', () => {
  const { verdict, row } = done('ssc', proposed('ssc'), 'windowChange.decide', decision)
  expect(verdict.outcome).toBe('applied')
  expect(row?.image).toMatchObject({
    ...{ state: 'approved', unit, appliedOn: addDays(today, -5), reason: '示例：业务并到综合服务' },
    decision: { ...decision, actorName: '示例·督查' },
  })
  expect((row?.image.acts as { type: string }[]).map(({ type }) => type)).toEqual([
    'windowChange.propose',
    'windowChange.decide',
  ])
})

test.each<[string, Partial<typeof decision>, string, RegExp]>([
  ['effective before today', { effectiveOn: addDays(today, -1) }, 'windowChange.tooEarly', /不能早于今天/],
  ['decided in the future', { on: addDays(today, 1) }, 'windowChange.notYet', /不能晚于今天/],
  [
    'without the people’s opinions',
    { grounds: { ...grounds, opinions: '' } },
    'windowChange.groundsMissing',
    /师生意见/,
  ],
  ['without the room there is', { grounds: { ...grounds, room: '' } }, 'windowChange.groundsMissing', /场地空间/],
])('[SSC-7] [NBU-3] a decision %s is refused in a sentence', (_, wrong, code, sentence) => {
  const { verdict, row } = done('ssc', proposed('ssc'), 'windowChange.decide', { ...decision, ...wrong })
  expect([verdict.outcome, verdict.code]).toEqual(['rejected', code])
  expect(sentenceOf(code, verdict.detail)).toMatch(sentence)
  expect(row?.image.state).toBe('proposed')
})

test('[SSC-7] what a decision must rest on is the profile’s: 宁大 asks for students’ needs, nothing else', () => {
  const args = { ...decision, grounds: { opinions: '', room: '', needs: '示例：学生需要' } }
  expect(done('nbu', proposed('nbu'), 'windowChange.decide', args).verdict.outcome).toBe('applied')
  expect(done('nbu', proposed('nbu'), 'windowChange.decide', decision).verdict.code).toBe('windowChange.groundsMissing')
  const refused = { ...decision, verdict: 'refused', effectiveOn: null, grounds: { opinions: '', room: '', needs: '' } }
  expect(done('ssc', proposed('ssc'), 'windowChange.decide', refused).row?.image.state).toBe('refused')
})

test('[SSC-7] a window whose items have no new window is not withdrawn; each item left is named', () => {
  for (const wrong of [[], moves.slice(1), moves.map((one) => ({ ...one, to: 'personnel' }))]) {
    const { verdict } = done('ssc', proposed('ssc'), 'windowChange.decide', { ...decision, moves: wrong })
    expect(verdict.code).toBe('windowChange.itemsLeft')
    expect(sentenceOf('windowChange.itemsLeft', verdict.detail)).toContain(atPersonnel[0]?.name)
  }
})

test('[NBU-3] [SSC-7] nothing changes before the date; from it on the window is gone and its items are elsewhere', () => {
  const [next] = nextVersions([profile], withAsk(withdrawal), '2026-12-01')
  if (!next) throw new Error('no version')
  expect(Profile.safeParse(next).success).toBe(true)
  expect([next.id, next.version, next.effectiveOn]).toEqual(['ssc@2', 2, '2026-12-01'])
  const there = (day: string) => versionInForce([profile, next], day)?.windows.some(({ id }) => id === 'personnel')
  expect([there('2026-11-30'), there('2026-12-01')]).toEqual([true, false])
  const moved = nextItems(items, '2026-12-01', (one) => (one.windowId === 'personnel' ? { windowId: 'general' } : null))
  const all = [...items, ...moved]
  expect(itemsAt(all, 'personnel', '2026-11-30')).toHaveLength(atPersonnel.length)
  expect(itemsAt(all, 'personnel', '2026-12-01')).toEqual([])
  expect(strayItems(all, next, '2026-12-01')).toEqual([])
  expect(strayItems(items, next, '2026-12-01').map(({ code }) => code)).toEqual(atPersonnel.map(({ code }) => code))
  expect(moved.every(({ version, id }) => version === 2 && id.endsWith('@2'))).toBe(true)
})

test('[NBU-3] a change decided for an earlier day is in the versions planned for later days too', () => {
  const later = { ...profile, id: 'ssc@2', version: 2, effectiveOn: '2027-03-01' }
  const renamed = nextVersions([profile, later], withAsk(withdrawal), '2026-12-01')
  expect(renamed.map(({ id, effectiveOn }) => [id, effectiveOn])).toEqual([
    ['ssc@3', '2026-12-01'],
    ['ssc@4', '2027-03-01'],
  ])
  const inForce = versionInForce([profile, later, ...renamed], '2027-04-01')
  expect([inForce?.id, inForce && holdsAsk(withdrawal, inForce)]).toEqual(['ssc@4', true])
  expect(holdsAsk(withdrawal, later)).toBe(false)
})

test('[SSC-7] a new window with a unit the hall does not know; a change never touches the code of case numbers', () => {
  const library = { id: 'library', name: '示例·图书馆', contact: '', sample: true }
  const window = {
    id: 'library',
    code: 'TS',
    name: '图书服务（示例）',
    unitIds: ['library'],
    order: 7,
    place: '7 号位',
  }
  const [added] = nextVersions([profile], withAsk({ ask: { what: 'add', window }, newUnits: [library] }), '2026-12-01')
  expect(added && Profile.safeParse(added).success && added.windows.at(-1)).toEqual(window)
  const other = { ...window, id: 'general', code: 'QQ', unitIds: ['president-office'] }
  const ask = { what: 'change' as const, windowId: 'general', window: other }
  const [changed] = nextVersions([profile], withAsk({ ask, newUnits: [] }), '2026-12-01')
  expect(changed?.windows.find(({ id }) => id === 'general')).toMatchObject({ code: 'ZH', name: window.name })
})

test('[SZIT-1] [NBU-2] the window that receives for concentrated services cannot simply go', () => {
  const { profile: szit } = halls.szit
  const ask = { what: 'withdraw' as const, windowId: 'information-desk' }
  const [next] = nextVersions([szit], withAsk({ ask, newUnits: [] }), '2026-12-01')
  expect(Profile.safeParse(next).success).toBe(false)
})
