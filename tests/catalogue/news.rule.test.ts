import { expect, test } from 'vitest'
import { catalogueNews, type Item } from '../../shared/catalogue/index.ts'
import { halls } from '../../shared/profiles/halls.ts'

const [first, other] = halls.nbu.items
if (!first || !other) throw new Error('no items')
const names = () => ({ window: '窗口', units: '单位', explainer: '单位，8101', hallGrounds: [] })
const version = (n: number, effectiveOn: string, more: Partial<Item> = {}): Item => ({
  ...{ ...first, id: `nbu:${first.code}@${String(n)}`, version: n, effectiveOn },
  ...more,
})
const news = (items: readonly Item[], today = '2026-11-20', more: { since?: string; limit?: number } = {}) =>
  catalogueNews(items, { today, names, since: '2025-11-20', limit: 60, ...more }).map(
    ({ what, on, version: n, changes }) =>
      [what, on, n, ...changes.map(({ key, before, after }) => `${key}: ${before} → ${after}`)] as const,
  )
const began = version(1, '2026-01-01')
const changed = version(2, '2026-11-01', { audience: '示例：研究生' })

test('[NBU-5] a version against the one before it, field by field, old and new; what the hall began with is no news', () => {
  expect(news([began, other])).toEqual([])
  expect(news([changed, began])).toEqual([['changed', '2026-11-01', 2, `audience: ${first.audience} → 示例：研究生`]])
})

test.each([
  ['a version of tomorrow is not told yet', [began, version(2, '2026-11-21', { audience: 'x' })], []],
  [
    'one too long ago is not told any more',
    [version(0, '2024-01-01'), version(2, '2025-01-01', { audience: 'x' })],
    [],
  ],
  ['a new item', [other, version(1, '2026-11-05')], [['added', '2026-11-05', 1]]],
  ['retired', [{ ...began, retiredOn: '2026-11-10' }], [['retired', '2026-11-10', 1]]],
  ['retired from tomorrow', [{ ...began, retiredOn: '2026-11-21' }], []],
  [
    'replaced on the day it was retired',
    [{ ...began, retiredOn: '2026-11-01' }, changed],
    [['changed', '2026-11-01', 2, `audience: ${first.audience} → 示例：研究生`]],
  ],
  [
    'offered again later',
    [{ ...began, retiredOn: '2026-06-01' }, changed],
    [
      ['added', '2026-11-01', 2],
      ['retired', '2026-06-01', 1],
    ],
  ],
  [
    'put right before its day: only what came into force is told',
    [began, changed, version(3, '2026-11-01', { audience: '示例：本科生' })],
    [['changed', '2026-11-01', 3, `audience: ${first.audience} → 示例：本科生`]],
  ],
  [
    'withdrawn before its day: the item ends then, and what never held is not told',
    [began, { ...changed, retiredOn: '2026-10-20' }],
    [['retired', '2026-11-01', 1]],
  ],
  [
    'withdrawn before its day, offered again later',
    [began, { ...changed, retiredOn: '2026-10-20' }, version(3, '2026-11-10', { audience: 'x' })],
    [
      ['added', '2026-11-10', 3],
      ['retired', '2026-11-01', 1],
    ],
  ],
  ['a version that says the same', [began, version(2, '2026-11-01')], []],
] as const)('[NBU-5] %s', (_what, items, expected) => {
  expect(news(items)).toEqual(expected)
})

test('[NBU-5] the newest first, and no more than asked for', () => {
  const all = [began, changed, version(3, '2026-11-15', { audience: 'x' }), { ...other, retiredOn: '2026-11-10' }]
  expect(news(all).map(([, on]) => on)).toEqual(['2026-11-15', '2026-11-10', '2026-11-01'])
  expect(news(all, '2026-11-20', { limit: 2 })).toHaveLength(2)
})
