import type { NetKind } from '../ui/types.ts'
import { ageWords } from './age-words.ts'
import type { Reach } from './online.ts'

/** What the pill says: kind for its look, words in full and for a phone. */
export interface Pill {
  kind: NetKind
  text: string
  shortText: string
}

/** The counts behind the pill. `total`: acts of the run of sending that goes on. */
export interface Counts {
  /** 仅存本机: acts not settled yet. */
  onlyHere: number
  /** The matters (件) those acts belong to: what a person at the window counts. */
  matters: number
  refused: number
  /** 待裁决 of conflicts, and 待主管处理. */
  toDecide: number
  total: number
  /** Age of the oldest act that waits, ms. */
  oldestMs?: number
  /** The server gives this device no data any more. */
  isShut?: boolean
  /** This app is too old to be given data. */
  isOutdated?: boolean
}

/** A busy server is no outage before this long (F8). */
const busyMs = 120_000

/** Whether the server is out of reach, by the last verdicts alone. */
export function isOffline(reach: Reach, now: number): boolean {
  if (reach.state === 'busy') return now - reach.since >= busyMs
  return reach.state === 'offline' || reach.state === 'portal'
}

/** The pill's words; when several hold: 离线, shut out, refused, 待裁决, 发送中 (product.md, design). */
export function pillOf(counts: Counts, reach: Reach, now: number): Pill {
  const { onlyHere, matters, refused, toDecide } = counts
  const age = oldestWords(counts.oldestMs ?? 0)
  if (isOffline(reach, now)) return offlinePill(matters, age)
  if (counts.isShut) return { kind: 'refused', text: '本机不能再取数据', shortText: '不能取数据' }
  if (counts.isOutdated) return { kind: 'refused', text: '应用要更新', shortText: '要更新' }
  if (refused > 0) return { kind: 'refused', text: `${refused} 件未被接受`, shortText: `${refused} 件未被接受` }
  if (toDecide > 0) return { kind: 'decide', text: `待裁决 ${toDecide}`, shortText: `待裁决 ${toDecide}` }
  if (onlyHere === 0) return { kind: 'synced', text: '已同步', shortText: '已同步' }
  // Nothing asked yet since the app was opened: nothing may be said of the network.
  if (reach.state === 'unknown')
    return { kind: 'offline', text: `仅存本机 ${matters} 件${age}`, shortText: `${matters} 件` }
  const total = Math.max(counts.total, onlyHere)
  const run = `${total - onlyHere} / ${total}`
  return { kind: 'sending', text: `发送中 ${run}${age}`, shortText: run }
}

function offlinePill(matters: number, age: string): Pill {
  if (matters === 0) return { kind: 'offline', text: '离线', shortText: '离线' }
  return { kind: 'offline', text: `离线 · 仅存本机 ${matters} 件${age}`, shortText: `离线 · ${matters} 件` }
}

const worthAWord = 2 * 60_000

/** How long the oldest has waited, once that is worth a word (sync.md §5: counts and age, never a bare 在线). */
const oldestWords = (ms: number): string => (ms < worthAWord ? '' : ` · 最早 ${ageWords(ms)}`)
