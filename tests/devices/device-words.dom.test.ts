import { expect, test } from 'vitest'
import {
  clockErrorWords,
  recoveryWords,
  seenWords,
  sortDevices,
  waitingWords,
} from '../../client/devices/device-words.ts'
import type { DeviceRow } from '../../shared/wire/log.ts'

const now = Date.UTC(2026, 10, 20, 6)
const minute = 60_000

test('[SUP-3] a tablet 12 minutes fast with four acts waiting says both; a right one says it is', () => {
  expect(clockErrorWords({ clockOffMs: -12 * minute, clockErrMs: 40 })).toBe('快 12 分')
  expect(clockErrorWords({ clockOffMs: 41_000, clockErrMs: 40 })).toBe('慢 41 秒')
  expect(clockErrorWords({ clockOffMs: 900, clockErrMs: 40 })).toBe('准')
  expect([waitingWords({ pending: 4 }), waitingWords({ pending: 0 }), waitingWords({ pending: null })]).toEqual([
    '4 步',
    '没有',
    '—',
  ])
})

test('[SUP-3] when a tablet was last heard of', () => {
  const said = [null, now - minute, now - 27 * minute, now - 300 * minute, now - 1440 * minute]
  expect(said.map((at) => seenWords(at, now))).toEqual(['还没有', '刚刚', '27 分钟前', '今天 09:00', '11月19日 14:00'])
})

test('[SUP-3] [R6] [F48] a fork and a restore are said of the tablet they befell, and nothing of the others', () => {
  expect(recoveryWords({ forks: 0, resent: 0 })).toEqual([])
  expect(recoveryWords({ forks: 1, resent: 12 })).toEqual(['存储回退过 1 次', '服务器恢复后重送 12 步'])
})

test('tablets come before browsers, revoked ones last, the one heard of last first', () => {
  const row = (id: string, more: Partial<DeviceRow>) =>
    ({ id, kind: 'tablet', revokedAt: null, lastSeenAt: 1, ...more }) as DeviceRow
  const sorted = sortDevices([
    row('old', {}),
    row('gone', { revokedAt: 5 }),
    row('pc', { kind: 'browser' }),
    row('new', { lastSeenAt: 9 }),
  ])
  expect(sorted.map(({ id }) => id)).toEqual(['new', 'old', 'pc', 'gone'])
})
