import { expect, test } from 'vitest'
import { calendarsBeside, effectsOf } from '../../client/limits/calendar-effects.ts'
import { changesOf, dayOf, draftOf, publication, withDays } from '../../client/limits/calendar-edit.ts'
import { calendarsFromChineseDays } from '../../server/calendar/seed-calendars.ts'
import { Calendar } from '../../shared/calendar/calendar.ts'
import type { Case } from '../../shared/cases/index.ts'
import { caseLight, limitOf, reckonPromise } from '../../shared/limits/index.ts'
import { playCase } from '../support/play.ts'

const calendars = calendarsFromChineseDays('nbu', [2025, 2026])
const last = calendars.find(({ year }) => year === 2026)
const today = '2026-11-20'

/** A case accepted on a day for five working days, told the date the calendar of the day gave. */
function promised(when: string, on: string): Case {
  const play = playCase('nbu')
  play.receive({}, { at: when })
  play.step(
    'case.accept',
    { workingDays: 5, on, level: 'ordinary', reason: '须审核', beyondReason: null },
    { at: when },
  )
  return play.image()
}

function published(edits: Parameters<typeof withDays>[1][], effectiveOn = today): Calendar {
  const draft = edits.reduce(withDays, draftOf(last))
  return Calendar.parse(publication(draft, { hallId: 'nbu', year: 2026, last, effectiveOn, why: '停电（示例）' }))
}

const shut = { from: '2026-11-23', to: '2026-11-24', kind: 'closed' as const, words: '停电' }

test('[ZJJ-27] what a version would change of open cases is what reckoning with it gives, and nothing else is named', () => {
  const { profile } = playCase('nbu')
  const images = [
    promised('2026-11-19 10:00', '2026-11-26'),
    promised('2026-11-10 10:00', '2026-11-17'),
    promised('2026-11-20 10:00', '2026-11-27'),
  ]
  const [before, after] = calendarsBeside(calendars, published([shut]))
  const effects = effectsOf(images, { profile, today }, [before, after])
  const recomputed = images.flatMap((image) => {
    const standing = [before, after].map((set) => {
      const terms = { profile, calendars: set, today }
      const receivedAt = image.acceptedAt ?? 0
      return [
        reckonPromise({ receivedAt, workingDays: 5, ...terms }).dueOn,
        limitOf(image, terms)?.dueOn,
        caseLight(image, terms),
      ]
    })
    return JSON.stringify(standing[0]) === JSON.stringify(standing[1]) ? [] : [[image.number, ...standing]]
  })
  const found = effects.map(({ image, reckoned, due, light }) => [
    image.number,
    ...[0, 1].map((n) => [reckoned[n], due[n], light[n]]),
  ])
  expect(found).toEqual(recomputed)
  expect(effects.map(({ toldOn, reckoned }) => [toldOn, ...reckoned])).toEqual([
    ['2026-11-26', '2026-11-26', '2026-11-30'],
    ['2026-11-27', '2026-11-27', '2026-12-01'],
  ])
})

test('[ZJJ-27] a version that only counts later changes nothing of today, and is the next number of its year', () => {
  const next = published([shut], '2026-12-01')
  expect(next).toMatchObject({ id: 'nbu:2026@2', version: 2, effectiveOn: '2026-12-01', why: '停电（示例）' })
  expect(calendarsBeside(calendars, next)[0].map(({ version }) => version)).toEqual([1, 1])
})

test('[ZJJ-27] a year nobody has announced begins empty, Monday to Friday, and is entered day by day', () => {
  const empty = draftOf(undefined)
  expect(empty.official).toBe(false)
  const entered = [
    { from: '2027-01-01', to: '2027-01-03', kind: 'off' as const, words: '元旦' },
    { from: '2027-01-09', to: '2027-01-09', kind: 'worked' as const, words: '元旦调休上班' },
    { from: '2027-01-02', to: '2027-01-02', kind: 'added' as const, words: '补办日' },
  ].reduce(withDays, empty)
  const seen = ['2027-01-01', '2027-01-02', '2027-01-04', '2027-01-09', '2027-01-10'].map((on) => dayOf(entered, on))
  expect(seen.map(({ kind, isWorked }) => [kind, isWorked])).toEqual([
    ...[
      ['off', false],
      ['added', true],
      ['plain', true],
    ],
    ...[
      ['worked', true],
      ['plain', false],
    ],
  ])
  expect(changesOf(empty, entered)).toEqual([
    '1月1日：按周几 → 放假（元旦）',
    '1月2日：按周几 → 本厅加开（补办日）',
    '1月3日：按周几 → 放假（元旦）',
    '1月9日：按周几 → 调休上班（元旦调休上班）',
  ])
  const first = publication(entered, { hallId: 'nbu', year: 2027, last: undefined, effectiveOn: today, why: '录入' })
  expect(Calendar.parse(first)).toMatchObject({ id: 'nbu:2027@1', year: 2027 })
})
