import { expect, test } from 'vitest'
import { ruleCells } from './cells-rules.ts'
import { windowCells } from './cells-windows.ts'
import { articleOf } from '../../shared/profiles/cites.ts'
import { halls, hallIds, type HallId } from '../../shared/profiles/halls.ts'
import type { Settings } from '../../shared/profiles/settings.ts'

type Key = keyof Settings
const settingOf = (hallId: HallId, key: Key) => halls[hallId].profile.settings[key]

const expected = [...ruleCells, ...windowCells].flatMap(([key, stated, ours]) =>
  hallIds.map((hallId) => ({ hallId, key, cell: stated[hallId] ?? ([ours, null] as const) })),
)

test.each(expected)('$hallId states or leaves open $key', ({ hallId, key, cell: [value, cite] }) => {
  expect(settingOf(hallId, key)).toEqual({ value, cite })
})

test('a cite of one hall’s document never stands in another hall’s profile', () => {
  const prefix: Record<HallId, string> = { nbu: 'NBU-', ssc: 'SSC-', szit: 'SZIT-', zjj: 'ZJJ-', szu: 'REF-' }
  const strange = hallIds.flatMap((hallId) =>
    Object.entries(halls[hallId].profile.settings)
      .filter(([, { cite }]) => cite !== null && !cite.startsWith(prefix[hallId]))
      .map(([key]) => `${hallId} ${key}`),
  )
  expect(strange).toEqual([])
})

test.each([
  ['ZJJ-27', '第二十七条'],
  ['SSC-10', '第十条'],
  ['SSC-20.1', '第二十条（一）'],
  ['NBU-9', '三、3（1）'],
  ['SZIT-四.2', '四.2'],
  [null, null],
])('the cite %s is shown as %s', (cite, article) => {
  expect(articleOf(cite)).toBe(article)
})

test('every cite of a shipped profile is shown as an article, none as a bare row id', () => {
  const cites = hallIds.flatMap((hallId) => Object.values(halls[hallId].profile.settings).map(({ cite }) => cite))
  const shown = cites.map(articleOf).filter((article) => article !== null)
  expect(shown.length).toBeGreaterThan(60)
  expect(shown.filter((article) => /^[A-Z]*\d/.test(article))).toEqual([])
})
