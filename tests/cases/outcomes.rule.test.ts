import { expect, test } from 'vitest'
import type { Case } from '../../shared/cases/index.ts'
import { hasSentence, sentenceOf } from '../../shared/sentences.ts'
import { personB, playCase } from '../support/play.ts'

const promise = (days: number, on: string) => ({
  workingDays: days,
  on,
  level: 'ordinary' as const,
  reason: '需学生处审核',
  beyondReason: null,
})

const line = (item: { id: string; name: string; how: string }) => ({
  materialId: item.id,
  name: item.name,
  state: 'missing',
  how: item.how,
})

test('[NBU-7] an on-the-spot item with all materials is concluded at once, by one further act', () => {
  const play = playCase('nbu', '火车票优惠卡充磁')
  play.receive()
  const done = play.step('case.conclude', { result: '已办', resultNote: '' })
  expect(done.verdict.outcome).toBe('applied')
  expect(done.verdict.flags).toEqual([])
  expect(play.image().state).toBe('concluded')
})

test('[NBU-7] an on-the-spot item that cannot be done now is promised with its process time, not left open', () => {
  const play = playCase('nbu', '火车票优惠卡充磁')
  play.receive()
  const told = play.step('case.accept', promise(3, '2026-11-25'))
  expect(told.verdict.flags).toEqual([])
  expect(play.image().promise?.on).toBe('2026-11-25')
})

test('[SSC-20.1] with papers lacking neither acceptance nor conclusion is offered: the notice is', () => {
  const play = playCase('ssc')
  const first = play.item.materials[0]
  play.receive({ [first?.id ?? '']: 'missing' })
  for (const [type, args] of [
    ['case.accept', promise(5, '2026-11-27')],
    ['case.conclude', { result: '已补办', resultNote: '' }],
  ] as const) {
    const flags = play.step(type, args).verdict.flags.filter((flag) => flag.stops)
    expect(flags).toContainEqual({
      cite: 'SSC-20.1',
      code: 'incomplete',
      facts: { missing: [first?.name] },
      stops: true,
    })
  }
})

test('[SSC-20.1] a material on the sheet all along, told only by a second notice, is flagged; the notice stands', () => {
  const play = playCase('ssc')
  const [first, second, third] = play.item.materials
  if (!first || !second || !third) throw new Error('the sheet needs three materials')
  play.receive({ [first.id]: 'missing', [second.id]: 'missing' })
  const told = play.step('case.supplementNotice', { missing: [line(first), line(second)], matters: [] })
  expect(told.verdict.flags).toEqual([])
  expect(play.image().state).toBe('waiting')
  const again = play.step('case.supplementNotice', { missing: [line(third)], matters: [] }, { at: '2026-11-23 09:00' })
  expect(again.verdict.outcome).toBe('applied')
  expect(again.verdict.flags).toEqual([
    { cite: 'SSC-20.1', code: 'toldTooLate', facts: { late: [third.name], nth: 2 }, stops: false },
  ])
  expect(play.image().notices).toHaveLength(2)
  expect(play.image().flags[0]).toMatchObject({ code: 'toldTooLate', actorId: 'a' })
})

test('[SSC-20.1] repeating what the first notice already said is no lapse', () => {
  const play = playCase('ssc')
  const [first] = play.item.materials
  if (!first) throw new Error('no materials')
  play.receive({ [first.id]: 'missing' })
  play.step('case.supplementNotice', { missing: [line(first)], matters: ['请带照片电子版'] })
  const again = play.step('case.supplementNotice', { missing: [line(first)], matters: ['请带照片电子版'] })
  expect(again.verdict.flags).toEqual([])
})

test('[SSC-20.1] once the student has brought everything the case is open again', () => {
  const play = playCase('ssc')
  const [first] = play.item.materials
  if (!first) throw new Error('no materials')
  play.receive({ [first.id]: 'missing' })
  play.step('case.supplementNotice', { missing: [line(first)], matters: [] })
  play.step('case.materialGiven', { materials: [{ id: first.id, state: 'present' }] }, { at: '2026-11-23 09:00' })
  expect(play.image().state).toBe('open')
  expect(play.step('case.accept', promise(5, '2026-11-30'), { at: '2026-11-23 09:05' }).verdict.flags).toEqual([])
})

test('[SSC-20.2] a promise without reason or date is no promise; a refusal without a ground is none', () => {
  const play = playCase('ssc')
  play.receive()
  expect(play.step('case.accept', { ...promise(5, '2026-11-27'), reason: ' ' }).verdict).toMatchObject({
    outcome: 'held',
  })
  expect(play.step('case.accept', { ...promise(5, ''), on: '' }).verdict).toMatchObject({ outcome: 'held' })
  const refused = play.step('case.refuse', { stage: 'study', groundId: 'none', ground: '没有列明', reason: '不行' })
  expect(refused.verdict.flags[0]).toMatchObject({ cite: 'ZJJ-26', code: 'noGround', stops: true })
})

test('[SSC-20.2] a committed item is not concluded before it was promised', () => {
  const play = playCase('ssc')
  play.receive()
  expect(play.step('case.conclude', { result: '已补办', resultNote: '' }).verdict.flags[0]).toMatchObject({
    cite: 'SSC-20.2',
    code: 'notInstant',
    stops: true,
  })
})

test('[SSC-20.2] a refusal on a ground of the sheet ends the case with its reason', () => {
  const play = playCase('zjj')
  const [ground] = play.item.grounds
  if (!ground) throw new Error('no grounds')
  play.receive()
  const args = { stage: 'door', groundId: ground.id, ground: ground.text, reason: '已在办理中' }
  expect(play.step('case.refuse', args).verdict.flags).toEqual([])
  expect(play.image()).toMatchObject({ state: 'declined', refusal: { ground: ground.text, reason: '已在办理中' } })
})

test('[ZJJ-26] a refusal at the door says nothing of materials nobody looked at', () => {
  const play = playCase('zjj')
  const student = { name: '示例·王同学', studentNo: '20240117', phone: '' }
  const [ground] = play.item.grounds
  play.step('case.receive', { number: 'XS-261120-K7-1', itemId: play.item.id, ticket: null, student, materials: [] })
  const args = { stage: 'door', groundId: ground?.id ?? '', ground: ground?.text ?? '', reason: '不符合条件' }
  expect(play.step('case.refuse', args).verdict.flags).toEqual([])
  expect(new Set(Object.values(play.image().materials).map(({ state }) => state))).toEqual(new Set(['unchecked']))
})

test('[ZJJ-25] one notice tells what is missing and what does not conform, each with its way', () => {
  const play = playCase('zjj')
  const [first, second] = play.item.materials
  if (!first || !second) throw new Error('too few materials')
  play.receive({ [first.id]: 'missing', [second.id]: 'unfit' })
  const lines = [line(first), { ...line(second), state: 'unfit', how: '照片须近 6 个月内、白底' }]
  play.step('case.supplementNotice', { missing: lines, matters: [] })
  expect(play.image().notices[0]?.missing.map((entry) => [entry.state, entry.how !== ''])).toEqual([
    ['missing', true],
    ['unfit', true],
  ])
  expect(
    play.step('case.supplementNotice', { missing: [{ ...line(first), how: '' }], matters: [] }).verdict,
  ).toMatchObject({
    outcome: 'held',
    code: 'quarantine',
  })
})

test('[ZJJ-26] a complete, qualifying application is refused only on a ground the sheet states', () => {
  const play = playCase('zjj')
  play.receive()
  const flags = play.step('case.refuse', { stage: 'door', groundId: 'x', ground: '今天不办', reason: '今天不办' })
    .verdict.flags
  expect(flags).toContainEqual({ cite: 'ZJJ-26', code: 'noGround', facts: { groundId: 'x' }, stops: true })
})

test('[ZJJ-27] a promise over the cap cannot be given, and a date off the calendar is flagged', () => {
  const play = playCase('zjj')
  play.receive()
  const over = play.step('case.accept', promise(6, '2026-11-30')).verdict.flags
  expect(over.some((flag) => flag.stops && flag.code === 'limits.overCap')).toBe(true)
  const wrong = play.step('case.accept', promise(5, '2026-11-26')).verdict.flags
  expect(wrong).toEqual([
    { cite: 'ZJJ-27', code: 'promiseDiffers', facts: { told: '2026-11-26', due: '2026-11-27' }, stops: false },
  ])
})

test('[OFF-5] the B-role has only the B-role’s rights: what the profile keeps for A is held, never done', () => {
  const play = playCase('szit')
  const [ground] = play.item.grounds
  play.receive({}, { by: personB })
  const before = play.image()
  const args = { stage: 'door', groundId: ground?.id ?? '', ground: ground?.text ?? '', reason: '不符合条件' }
  const refused = play.step('case.refuse', args, { by: personB })
  expect(refused.verdict).toMatchObject({ outcome: 'held', code: 'grant', detail: { why: 'roleB' } })
  expect(play.image()).toEqual(before)
})

test('[OFF-3] what was done last can be taken back by the one who did it, and only then', () => {
  const play = playCase('szit')
  play.receive()
  const told = play.step('case.accept', promise(5, '2026-11-27'))
  const act = (play.image().acts.at(-1) as Case['acts'][number]).cmdId
  expect(told.verdict.outcome).toBe('applied')
  expect(play.step('case.undo', { act }, { by: personB }).verdict).toMatchObject({
    outcome: 'rejected',
    code: 'case.movedOn',
  })
  expect(play.step('case.undo', { act }).verdict.outcome).toBe('applied')
  expect(play.image()).toMatchObject({ state: 'open', promise: null })
  const receipt = (play.image().acts[0] as Case['acts'][number]).cmdId
  play.step('case.undo', { act: receipt })
  expect(play.image().state).toBe('voided')
})

test('[SUP-2] every code a rule can give has a sentence for people', () => {
  for (const code of [
    'toldTooLate',
    'incomplete',
    'promiseDiffers',
    'noGround',
    'editedAfterEnd',
    'notInstant',
    'limits.overCap',
  ])
    expect(hasSentence(code), code).toBe(true)
  for (const code of [
    'case.movedOn',
    'case.alreadyTaken',
    'case.alreadyEnded',
    'case.alreadySettled',
    'right.missing',
    'depends',
  ])
    expect(sentenceOf(code, { holder: '示例·甲', state: 'concluded', why: 'roleB' })).toMatch(/[。！]$/)
})
