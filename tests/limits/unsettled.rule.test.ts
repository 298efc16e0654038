import { expect, test } from 'vitest'
import { boardOf, columnsOf, columnOf, tableOf } from '../../client/limits/limit-board.ts'
import { isAnswered, isUnanswered, unsettledAt, withoutOutcome } from '../../client/limits/unsettled.ts'
import type { Case } from '../../shared/cases/index.ts'
import type { DayClose } from '../../shared/limits/index.ts'
import type { Contact } from '../../shared/reception/index.ts'
import { halls } from '../../shared/profiles/halls.ts'
import { playCase, uuidOf } from '../support/play.ts'

const promise = { workingDays: 5, on: '2026-11-27', level: 'ordinary', reason: '须审核', beyondReason: null }

/** A case of the hall's first window, as it is after these acts. */
function caseAfter(n: number, play: (of: ReturnType<typeof playCase>) => void = () => undefined): Case {
  const of = playCase('ssc', '在读证明开具')
  of.receive()
  play(of)
  return { ...of.image(), id: uuidOf(n) }
}

const contact = (n: number, more: Partial<Contact> = {}): Contact =>
  ({
    ...{ id: uuidOf(n), form: 'matter', number: `SW-${String(n)}`, state: 'open', replyOn: null, item: null },
    ...{ first: { actorId: 'a', actorName: '示例·甲', windowId: 'student-affairs' }, receivedAt: n, ...more },
  }) as unknown as Contact

test('[SSC-21] of three on-the-spot items and a committed one, only the open one is named; promised, noticed, refused are settled', () => {
  const done = (of: ReturnType<typeof playCase>) => of.step('case.conclude', { result: '已办', resultNote: '' })
  const cases = [
    caseAfter(1, done),
    caseAfter(2, done),
    caseAfter(3),
    caseAfter(4, (of) => of.step('case.accept', promise)),
    caseAfter(5, (of) => of.step('case.supplementNotice', { missing: [], matters: ['请补照片（示例）'] })),
    caseAfter(6, (of) => of.step('case.withdraw', { reason: '不办了' })),
  ]
  const left = unsettledAt({ cases, contacts: [] }, cases[0]?.windowId ?? '')
  expect(left.map(({ id, owner, lacks }) => [id, owner.actorName, lacks])).toEqual([
    [uuidOf(3), '示例·甲', '即办件，还没办结'],
  ])
  expect(unsettledAt({ cases, contacts: [] }, 'elsewhere')).toEqual([])
})

test('[REF-SU3] of three enquiries the unanswered one is named, with its first-contact person; answered ones are not', () => {
  const contacts = [contact(1), contact(2, { state: 'answered' }), contact(3, { state: 'guided' })]
  const list = withoutOutcome({ cases: [], contacts })
  expect(list.map(({ number, owner, lacks }) => [number, owner.actorName, lacks])).toEqual([
    ['SW-1', '示例·甲', '还没答复'],
  ])
  expect(unsettledAt({ cases: [], contacts }, 'student-affairs').map(({ number }) => number)).toEqual(['SW-1'])
  expect(
    withoutOutcome({ cases: [caseAfter(1, (of) => of.step('case.withdraw', { reason: '不办了' }))], contacts: [] }),
  ).toEqual([])
})

test('[REF-SU3] a promise or a day for the reply is an answer for now: still without outcome, no longer silent', () => {
  const records = {
    cases: [caseAfter(1, (of) => of.step('case.accept', promise)), caseAfter(2)],
    contacts: [contact(3, { replyOn: '2026-11-27' }), contact(4, { state: 'handing' })],
  }
  const list = withoutOutcome(records)
  expect(list).toHaveLength(4)
  const silent = list.filter((matter) => isUnanswered(matter, records)).map(({ id }) => id)
  expect(silent.toSorted()).toEqual([uuidOf(2), uuidOf(4)])
})

test('[SSC-21] a person has answered once each of their own matters has its reason today; others’ are not theirs', () => {
  const matters = unsettledAt({ cases: [], contacts: [contact(1), contact(2)] }, 'student-affairs')
  const close = (ids: readonly number[], on = '2026-11-20') =>
    ({
      ...{ on, person: { actorId: 'a' } },
      left: ids.map((n) => ({ id: uuidOf(n), answer: `answer:${String(n)}` })),
    }) as unknown as DayClose
  const who = { personId: 'a', today: '2026-11-20' }
  expect(isAnswered(matters, [close([1])], who)).toBe(false)
  expect(isAnswered(matters, [close([1]), close([2])], who)).toBe(true)
  expect(isAnswered(matters, [close([1, 2], '2026-11-19')], who)).toBe(false)
  expect(isAnswered(matters, [], { ...who, personId: 'b' })).toBe(true)
})

test('[SUP-1] each window a row, each working day a column; past first, a paused one beside the days', () => {
  const { profile } = halls.ssc
  const { calendars } = playCase('ssc', '在读证明开具')
  const terms = { profile, calendars, today: '2026-11-20' }
  const on = (n: number, due: string) =>
    caseAfter(n, (of) => of.step('case.accept', { ...promise, on: due }, { at: '2026-11-12 10:00' }))
  const waits = caseAfter(9, (of) => {
    of.step('case.accept', promise)
    of.step('case.supplementNotice', { missing: [], matters: ['请补照片（示例）'] })
  })
  const images = [on(1, '2026-11-27'), on(2, '2026-11-23'), on(3, '2026-11-19'), on(4, '2026-12-18'), waits]
  const lines = boardOf(images, terms)
  expect(lines.map(({ light, dueOn }) => [light, dueOn])).toEqual([
    ['past', '2026-11-19'],
    ['near', '2026-11-23'],
    ['normal', '2026-11-27'],
    ['normal', '2026-12-18'],
    ['stopped', lines.at(-1)?.dueOn],
  ])
  const columns = columnsOf(terms)
  expect(columns.map(({ id }) => id)).toEqual([
    ...['past', '2026-11-20', '2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'],
    ...['later', 'stopped'],
  ])
  expect(lines.map((line) => columnOf(line, columns))).toEqual(['past', '2026-11-23', '2026-11-27', 'later', 'stopped'])
  const own = images[0]?.windowId ?? ''
  const row = tableOf(lines, columns, profile.windows).find(({ windowId }) => windowId === own)
  expect(row?.counts).toEqual({ past: 1, '2026-11-23': 1, '2026-11-27': 1, later: 1, stopped: 1 })
})
