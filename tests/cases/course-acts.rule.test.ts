import { expect, test } from 'vitest'
import { caseAggregate } from '../../shared/cases/index.ts'
import { toldLines } from '../../client/cases/told-lines.ts'
import { caseLine } from '../../client/cases/case-line.ts'
import type { CaseRecord } from '../../client/cases/queries.ts'
import { outcomeFor, type OutcomeRules } from '../../client/cases/outcome-for.ts'
import { emptyOutcome, withAll } from '../../client/cases/outcome-form.ts'
import { paperBody } from '../../client/cases/papers/paper-bodies.ts'
import { momentOf } from '../../shared/calendar/day.ts'
import { limitOf, promiseOn } from '../../shared/limits/index.ts'
import { halls, type HallId } from '../../shared/profiles/halls.ts'
import type { Item } from '../../shared/profiles/item-sheet.ts'
import { personA, personB, playCase } from '../support/play.ts'

const hallIds = Object.keys(halls) as HallId[]
const at = (day: string, time = '10:00') => ({ at: `${day} ${time}` })

/** An item of a hall a charge stands on, or any with one promised in days. */
function itemOf(hallId: HallId, fits: (item: Item) => boolean): string {
  const found = halls[hallId].items.find(fits)
  if (!found) throw new Error(`${hallId} has no such item`)
  return found.name
}

type Play = ReturnType<typeof playCase>

function promised(hallId: HallId): Play {
  const play = playCase(
    hallId,
    itemOf(hallId, ({ kind }) => kind === 'committed'),
  )
  play.receive({}, at('2026-11-16'))
  const { profile, calendars } = play
  const receivedAt = momentOf('2026-11-16', '10:00')
  const on = promiseOn({ receivedAt, workingDays: 2, profile, calendars })
  const told = [...profile.settings.toldWithPromise.value]
  const args = { workingDays: 2, on, level: 'ordinary', reason: '示例：须审核', beyondReason: null, told }
  play.step('case.accept', args, at('2026-11-16'))
  return play
}

const factsOf = (play: Play) => ({ ...play, image: play.image() })
const wordsOf = (play: Play, kind: Parameters<typeof paperBody>[0]): string =>
  JSON.stringify(paperBody(kind, factsOf(play)))
const limitNow = (play: Play, today: string) => limitOf(play.image(), { ...play, today })

test.each(hallIds)(
  '[SSC-20.2] [NBU-7] %s: what the profile has told with a promise is said, kept and printed',
  (hallId) => {
    const play = promised(hallId)
    const { profile, item, calendars } = play
    const asked = profile.settings.toldWithPromise.value
    const rules: OutcomeRules = {
      item,
      profile,
      calendars,
      mayNot: [],
      now: momentOf('2026-11-16', '10:00'),
      image: null,
    }
    const outcome = outcomeFor(withAll(emptyOutcome(), item, 'present'), rules)
    if (outcome.kind !== 'promise') throw new Error('a committed item is promised')
    expect(toldLines(outcome.proposal, rules).map(({ field }) => field)).toEqual(asked)
    expect(toldLines(outcome.proposal, rules).every(({ text }) => text !== '')).toBe(true)
    expect(play.image().promise?.told).toEqual(asked)
    expect(play.image().flags).toEqual([])
    const receipt = wordsOf(play, 'receipt')
    for (const field of asked) if (field !== 'dueOn') expect(receipt).toContain(headings[field])
    const again = playCase(hallId, item.name)
    again.receive({}, at('2026-11-16'))
    const { by: _by, ...said } = play.image().promise ?? { by: null }
    const { verdict } = again.step('case.accept', { ...said, told: [] }, at('2026-11-16'))
    expect(verdict.flags.map(({ code, stops }) => [code, stops])).toContainEqual(['notTold', true])
  },
)

const headings = { reason: '原由', process: '流程', basis: '办理依据', materials: '收下的材料' }

test.each(hallIds)(
  '[ZJJ-24] %s: 收缴分离: assessed here, paid elsewhere, and done only with the receipt number',
  (hallId) => {
    const play = promised(hallId)
    const money = { amount: 2000, basis: '示例：校内标准', standard: '每件 20 元', payAt: '示例·财务处' }
    const charged = play.step('case.charge', money, at('2026-11-17'))
    const isOnSheet = play.item.charge !== null
    expect(charged.verdict.flags.some(({ code }) => code === 'noChargeBasis')).toBe(!isOnSheet)
    const early = play.step('case.conclude', { result: '示例：已办', resultNote: '' }, at('2026-11-17'))
    expect(early.verdict.flags).toContainEqual(expect.objectContaining({ code: 'unpaid', cite: 'ZJJ-24', stops: true }))
    play.step('case.undo', { act: play.image().acts.at(-1)?.cmdId ?? '' }, at('2026-11-17'))
    const line = caseLine({ image: play.image(), id: 'c' } as unknown as CaseRecord, { ...play, today: '2026-11-18' })
    expect([line.word, line.due]).toEqual(['待缴费', '等回执'])
    expect(caseAggregate.keys(play.image())).toContain('待缴费回执')
    expect(wordsOf(play, 'charge')).toContain('20.00 元')
    const before = limitNow(play, '2026-11-18')?.dueOn ?? ''
    play.step('case.receiptNo', { receiptNumber: 'HZ-1001', paidOn: '2026-11-19' }, at('2026-11-19'))
    expect(limitNow(play, '2026-11-19')?.stoppedFor).toBeNull()
    expect((limitNow(play, '2026-11-19')?.dueOn ?? '') >= before).toBe(true)
    const done = play.step('case.conclude', { result: '示例：已办', resultNote: '' }, at('2026-11-19'))
    expect(done.verdict.flags.filter(({ stops }) => stops)).toEqual([])
    expect(wordsOf(play, 'conclusion')).toContain('回执号 HZ-1001')
  },
)

test('[ZJJ-24] two sums for one case: both stay, and no receipt is taken until a person has decided', () => {
  const play = promised('zjj')
  const saw = play.row()
  const money = (amount: number) => ({ amount, basis: '示例', standard: '示例', payAt: '示例·财务处' })
  play.step('case.charge', money(2000), { by: personA, saw })
  expect(play.step('case.charge', money(1500), { by: personB, saw }).verdict.outcome).toBe('conflict')
  const receipt = { receiptNumber: 'HZ-1', paidOn: '2026-11-20' }
  const short = play.step('case.receiptNo', { ...receipt, receiptNumber: 'HZ-1001' }).verdict
  expect(short.flags).toContainEqual(expect.objectContaining({ code: 'chargeDisputed', stops: true }))
})

test('[SSC-20.2] 中止 stops the clock for whole working days, and the case goes on where it was', () => {
  const play = promised('ssc')
  const promisedOn = play.image().promise?.on ?? ''
  play.step('case.pause', { reason: '示例：系统升级' }, at('2026-11-17'))
  expect(play.image().state).toBe('paused')
  expect(wordsOf(play, 'pause')).toContain('系统升级')
  play.step('case.resume', {}, at('2026-11-18'))
  expect(play.image()).toMatchObject({ state: 'open', pauses: [{ reason: '示例：系统升级' }] })
  const limit = limitNow(play, '2026-11-19')
  expect(limit?.paused).toEqual(['2026-11-17', '2026-11-18'])
  expect((limit?.dueOn ?? '') > promisedOn).toBe(true)
})

test('[SSC-20.1] [ZJJ-25] a notice over 中止 waits underneath: 恢复 leads to 待补正, not back to work', () => {
  const play = promised('zjj')
  const saw = play.row()
  const id = play.item.materials[0]?.id ?? ''
  play.step('case.pause', { reason: '示例' }, { by: personA, saw })
  const missing = [{ materialId: id, name: '示例材料', state: 'unfit', how: '请换一份' }]
  play.step('case.supplementNotice', { missing, matters: [] }, { by: personB, saw })
  expect(play.image()).toMatchObject({ state: 'paused', pausedFrom: 'waiting' })
  play.step('case.resume', {})
  expect(play.image().state).toBe('waiting')
})
