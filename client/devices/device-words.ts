import { formatMoment, localDay } from '../../shared/calendar/day.ts'
import type { DeviceRow, LeftStream } from '../../shared/wire/log.ts'

const minute = 60_000

/** When it was last heard of: 刚刚, 12 分钟前, 今天 09:10, 11月19日 17:02, 还没有. */
export function seenWords(at: number | null, now: number): string {
  if (at === null) return '还没有'
  const ago = now - at
  if (ago < 2 * minute) return '刚刚'
  if (ago < 60 * minute) return `${Math.floor(ago / minute)} 分钟前`
  return formatMoment(at, localDay(now))
}

/** How many acts waited when it last spoke, and since when the oldest: 3 步，最早 09:10. */
export function waitingWords(
  { pending, oldestAt }: Pick<DeviceRow, 'pending'> & { oldestAt?: number | null },
  now = oldestAt ?? 0,
): string {
  if (pending === null) return '—'
  if (pending === 0) return '没有'
  return oldestAt ? `${pending} 步，最早 ${seenWords(oldestAt, now)}` : `${pending} 步`
}

/** What a supervisor should see to: a store that may be cleared, acts that never came (P22). */
export function storeWords({ isWeak, lost }: Pick<DeviceRow, 'isWeak' | 'lost'>): string[] {
  return [...(isWeak === true ? ['弱存储'] : []), ...(lost ? [`${lost} 步未送达或丢失`] : [])]
}

/** `快 41 秒`, `慢 12 分`; `准` within two seconds of its own error. `off` = server − tablet. */
export function clockErrorWords({ clockOffMs, clockErrMs }: Pick<DeviceRow, 'clockOffMs' | 'clockErrMs'>): string {
  if (clockOffMs === null) return '—'
  const off = Math.abs(clockOffMs)
  if (off <= 2000 + (clockErrMs ?? 0)) return '准'
  const amount = off < minute ? `${Math.round(off / 1000)} 秒` : `${Math.round(off / minute)} 分`
  return `${clockOffMs < 0 ? '快' : '慢'} ${amount}`
}

/** What befell its queue: forks of a store that lost acts (sync.md 2.2), acts sent again after a restore (3.5). */
export function recoveryWords({ forks, resent }: Pick<DeviceRow, 'forks' | 'resent'>): string[] {
  return [...(forks > 0 ? [`存储回退过 ${forks} 次`] : []), ...(resent > 0 ? [`服务器恢复后重送 ${resent} 步`] : [])]
}

/** A queue left behind: how far it came, and that nothing is known of what may have followed (sync.md §7). */
export function leftWords({ lastSeq, closedAt }: LeftStream): string {
  const upTo = lastSeq === 0 ? '一步也没有收到' : `收到第 ${lastSeq} 步`
  return closedAt === null ? `旧队列 · ${upTo}` : `旧队列已停用 · ${upTo}，之后的不明`
}

/** Tablets before browsers, those in use before revoked ones, the one heard of last first. */
export function sortDevices(rows: readonly DeviceRow[]): DeviceRow[] {
  const rank = (row: DeviceRow) => (row.revokedAt === null ? 0 : 2) + (row.kind === 'tablet' ? 0 : 1)
  return rows.toSorted((a, b) => rank(a) - rank(b) || (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0))
}
