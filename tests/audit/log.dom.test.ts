import { expect, test } from 'vitest'
import { joinPage } from '../../client/audit/log-feed.ts'
import { filtersOf, queryOf } from '../../client/audit/log-filters.ts'
import { actChoices, carrierWords, clockErrorMs, differenceWords } from '../../client/audit/log-words.ts'
import { outcomeWords } from '../../client/sync/marks.ts'
import { spanWords, timeWords, waitedWords } from '../../client/audit/moments.ts'
import { outcomes } from '../../shared/core/outcome.ts'
import type { LogRow } from '../../shared/wire/log.ts'

const rows = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, n) => ({ pos: from - n }) as LogRow)
const positions = (joined: { rows: readonly LogRow[] }) => joined.rows.map(({ pos }) => pos)

test('[SUP-2] a refreshed page joins what is held where they meet, without a gap or a double', () => {
  const joined = joinPage(rows(100, 31), { rows: rows(103, 54), next: 54 }, null)
  expect(positions(joined)).toEqual(rows(103, 31).map(({ pos }) => pos))
  expect(joined.isWhole).toBe(false)
})

test('[SUP-2] a refreshed page that does not meet what is held replaces it: a hole would be silent', () => {
  const joined = joinPage(rows(100, 51), { rows: rows(200, 151), next: 151 }, null)
  expect(positions(joined)).toEqual(rows(200, 151).map(({ pos }) => pos))
  expect(joined.isWhole).toBe(true)
})

test('[SUP-2] a later page goes below, whatever came in above meanwhile', () => {
  const joined = joinPage(rows(103, 51), { rows: rows(50, 1), next: null }, 51)
  expect(positions(joined)).toEqual(rows(103, 1).map(({ pos }) => pos))
})

const at = Date.UTC(2026, 10, 20, 3)
const minute = 60_000

test.each([
  ['in time by a right clock', { wall: at, lo: at - 50, hi: at + 50, receivedAt: at + 900 }, null],
  ['an hour later, done offline', { wall: at, lo: at - 50, hi: at + 50, receivedAt: at + 60 * minute }, '晚到 1 小时'],
  [
    'by a clock 12 minutes fast',
    { wall: at + 12 * minute, lo: at, hi: at, receivedAt: at + minute },
    '平板时钟快 12 分',
  ],
  ['by a clock a day slow', { wall: at - 1440 * minute, lo: at, hi: at, receivedAt: at }, '平板时钟慢 1 天'],
  ['without a clock of its own', { wall: null, lo: null, hi: null, receivedAt: at }, null],
])('[SUP-2] an act %s says so', (_, row, words) => {
  expect(differenceWords(row)).toBe(words)
})

test('an act inside its interval has no clock error', () => {
  expect(clockErrorMs({ wall: at, lo: at - 600_000, hi: at + 600_000 })).toBe(0)
})

test('[SUP-2] a carrier is named only when another device brought the act', () => {
  const row = { deviceId: 'd1', carrierId: 'd1', carrierName: '学工 1 号' } as LogRow
  expect(carrierWords(row)).toBeNull()
  expect(carrierWords({ ...row, deviceId: 'd2' })).toBe('由 学工 1 号 代送')
})

test('every outcome and every act has its word', () => {
  expect(outcomes.map((outcome) => outcomeWords[outcome])).toEqual([
    '已同步',
    '已同步（已合并）',
    '待裁决',
    '未被接受',
    '待主管处理',
  ])
  expect(actChoices.filter(({ label }) => label === '一步操作')).toEqual([])
})

test('filters of an address: what the server would not take is left out, a day is from it to it', () => {
  const filters = filtersOf({ outcome: 'held', day: '2026-11-20', actor: 'no way!', type: ['a', 'b'], other: 'x' })
  expect(filters).toEqual({ outcome: 'held', day: '2026-11-20' })
  expect(queryOf(filters)).toEqual({ outcome: 'held', from: '2026-11-20', to: '2026-11-20' })
})

test('times and spans are said as people say them, by the hall’s clock', () => {
  expect(timeWords(at + 14_000)).toBe('11:00:14')
  expect([12_000, 626_000, 11_100_000, 187_200_000].map(spanWords)).toEqual([
    '12 秒',
    '10 分 26 秒',
    '3 小时 5 分',
    '2 天 4 小时',
  ])
  expect([waitedWords(at, at + 5000), waitedWords(at, at + 72 * minute)]).toEqual(['刚刚', '1 小时 12 分'])
})
