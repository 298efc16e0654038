import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarsFromChineseDays } from '../../server/calendar/seed-calendars.ts'
import { addDays, momentOf } from '../../shared/calendar/day.ts'
import { isWorkday, workdaysBetween } from '../../shared/calendar/workdays.ts'
import { caseLight, dueWords, limitOf, nearestDue, promiseOn, type Promised } from '../../shared/limits/index.ts'
import { halls } from '../../shared/profiles/halls.ts'
import { paperBody } from '../../client/cases/papers/paper-bodies.ts'
import { playCase } from '../support/play.ts'

const { profile } = halls.zjj
const calendars = calendarsFromChineseDays('zjj', [2026])
const runs = { seed: 20261122, numRuns: 300 }
const at = (when: string) => momentOf(when.slice(0, 10), when.slice(11))
const terms = (today: string) => ({ profile, calendars, today })

/** A case accepted at a moment and promised for so many working days, with what else is said of it. */
function accepted(when: string, workingDays: number, more: Partial<Promised> = {}): Promised {
  const on = promiseOn({ receivedAt: at(when), workingDays, profile, calendars })
  return { state: 'open', acceptedAt: at(when), endedAt: null, promise: { on, workingDays }, acts: [], ...more }
}

const act = (type: string, when: string, from: string | null) => ({ type, at: at(when), from })
const pause = (from: string, to: string | null) => ({ from: at(from), to: to === null ? null : at(to) })

test.each<[string, string, string | null, string]>([
  ['of one day', '2026-11-17 09:00', '2026-11-17 16:00', '2026-11-24'],
  ['over two days', '2026-11-17 09:00', '2026-11-18 09:00', '2026-11-25'],
  ['over a weekend', '2026-11-20 16:00', '2026-11-23 09:00', '2026-11-25'],
  ['on a weekend alone', '2026-11-21 09:00', '2026-11-22 18:00', '2026-11-23'],
  ['on the day of receipt alone', '2026-11-16 11:00', '2026-11-16 15:00', '2026-11-23'],
  ['from the day of receipt on', '2026-11-16 11:00', '2026-11-17 15:00', '2026-11-24'],
  ['that still runs', '2026-11-18 09:00', null, '2026-11-26'],
])('[ZJJ-27] a pause %s (%s to %s) moves a promise of 23 November to %s', (...[, from, to, due]) => {
  const limit = limitOf(accepted('2026-11-16 10:00', 5, { pauses: [pause(from, to)] }), terms('2026-11-20'))
  expect(limit).toMatchObject({ promisedOn: '2026-11-23', dueOn: due, stoppedFor: to === null ? 'pause' : null })
})

test('[ZJJ-27] days that a pause and a wait for the student share count once', () => {
  const acts = [
    act('case.accept', '2026-11-16 10:00', 'open'),
    act('case.supplementNotice', '2026-11-17 10:00', 'open'),
    act('case.materialGiven', '2026-11-18 10:00', 'waiting'),
  ]
  const both = accepted('2026-11-16 10:00', 5, { acts, pauses: [pause('2026-11-18 11:00', '2026-11-19 09:00')] })
  const limit = limitOf(both, terms('2026-11-20'))
  expect(limit?.paused).toEqual(['2026-11-17', '2026-11-18', '2026-11-19'])
  expect(limit && dueWords(limit, '2026-11-20')).toBe('11月23日，顺延到 11月26日前办结')
})

test('[ZJJ-27] a notice that was taken back never stopped the clock', () => {
  const acts = [
    act('case.accept', '2026-11-16 10:00', 'open'),
    act('case.supplementNotice', '2026-11-17 10:00', 'open'),
    act('case.undo', '2026-11-17 10:05', 'waiting'),
  ]
  const limit = limitOf(accepted('2026-11-16 10:00', 5, { acts }), terms('2026-11-20'))
  expect(limit).toMatchObject({ dueOn: '2026-11-23', paused: [] })
  expect(limit && dueWords(limit, '2026-11-20')).toBe('11月23日前办结')
  expect(limit && dueWords(limit, '2027-01-04')).toBe('2026年11月23日前办结')
})

test('[ZJJ-27] a pause that nobody ended stops with the case itself', () => {
  const pauses = [pause('2026-11-18 09:00', null)]
  const ended = accepted('2026-11-16 10:00', 5, { state: 'concluded', endedAt: at('2026-11-19 10:00'), pauses })
  expect(limitOf(ended, terms('2026-12-18'))).toMatchObject({ dueOn: '2026-11-25', stoppedFor: null })
})

test('[SUP-1] a case whose clock stands still has no light; once it runs, its light is by the moved date', () => {
  const stopped = accepted('2026-11-16 10:00', 5, { pauses: [pause('2026-11-18 09:00', null)] })
  expect(caseLight(stopped, terms('2026-11-30'))).toBe('stopped')
  const resumed = accepted('2026-11-16 10:00', 5, { pauses: [pause('2026-11-18 09:00', '2026-11-19 09:00')] })
  const seen = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26'].map((on) => caseLight(resumed, terms(on)))
  expect(seen).toEqual(['normal', 'near', 'near', 'past'])
  expect(caseLight({ ...resumed, promise: null }, terms('2026-11-26'))).toBeNull()
})

test('[ZJJ-27] a pause of n working days moves the date by n working days, and never onto a day off', () => {
  const starts = fc.integer({ min: 0, max: 200 }).map((n) => addDays('2026-02-02', n))
  fc.assert(
    fc.property(
      starts,
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 0, max: 20 }),
      (on, days, after, length) => {
        const plain = accepted(`${on} 10:00`, days)
        const [from, to] = [addDays(on, after), addDays(on, after + length)]
        const paused = { ...plain, pauses: [pause(`${from} 09:00`, `${to} 15:00`)] }
        const [before, moved] = [limitOf(plain, terms(to)), limitOf(paused, terms(to))]
        if (!before || !moved) throw new Error('a promise has a limit')
        const inside = Array.from({ length: length + 1 }, (_, n) => addDays(from, n))
        const n = inside.filter((day) => day > before.receivedOn && isWorkday(calendars, day)).length
        expect(workdaysBetween(calendars, before.dueOn, moved.dueOn)).toBe(n)
        expect(isWorkday(calendars, moved.dueOn)).toBe(true)
      },
    ),
    runs,
  )
})

test('[SUP-1] a list is sorted by the moved date as near as the image alone tells it', () => {
  const plain = accepted('2026-11-16 10:00', 5)
  const moved = { ...plain, pauses: [pause('2026-11-17 09:00', '2026-11-18 09:00')] }
  expect([nearestDue(plain), nearestDue(moved)]).toEqual(['2026-11-23', '2026-11-25'])
  expect(nearestDue({ ...moved, promise: null })).toBeNull()
})

test('[ZJJ-27] the paper of a case that waited says what was promised, what did not count and the day it moved to', () => {
  const play = playCase('zjj')
  play.receive({}, { at: '2026-11-16 10:00' })
  const told = { workingDays: 5, on: '2026-11-23', level: 'ordinary', reason: '须审核', beyondReason: null }
  play.step('case.accept', told, { at: '2026-11-16 10:05' })
  const [paper] = play.item.materials
  const line = { materialId: paper?.id ?? '', name: paper?.name ?? '', state: 'missing', how: '请补交' }
  play.step('case.supplementNotice', { missing: [line], matters: [] }, { at: '2026-11-18 10:00' })
  play.step(
    'case.materialGiven',
    { materials: [{ id: paper?.id ?? '', state: 'present' }] },
    { at: '2026-11-19 10:00' },
  )
  play.step('case.conclude', { result: '已办', resultNote: '' }, { at: '2026-11-25 10:00' })
  const body = paperBody('conclusion', {
    ...{ image: play.image(), item: play.item, profile: play.profile },
    calendars: play.calendars,
  })
  const promised = body?.sections.find(({ label }) => label === '原承诺')?.text
  expect(promised).toBe(
    '11月23日（周一）前办结，5 个工作日；补正、中止期间 2 个工作日不计时，顺延到 11月25日（周三）。',
  )
})
