import { readPath } from '../../shared/core/apply.ts'
import type { Outcome } from '../../shared/core/outcome.ts'
import type { OutcomeRow, ViewRow } from '../local/store.ts'
import { hasOpenConflict } from '../local/view.ts'
import type { SyncWord } from '../ui/types.ts'

export type { SyncWord }

/** The word of each end of an act, on every screen (sync.md 3.2). */
export const outcomeWords: Readonly<Record<Outcome, SyncWord>> = {
  applied: '已同步',
  merged: '已同步（已合并）',
  conflict: '待裁决',
  rejected: '未被接受',
  held: '待主管处理',
}

/** The word of one act of this tablet. A decided act is still 仅存本机 until its effect is here (I24). */
export function wordOf(act: Pick<OutcomeRow, 'open' | 'outcome'>): SyncWord {
  return act.open === 1 ? '仅存本机' : outcomeWords[act.outcome ?? 'applied']
}

/** What a list knows of the acts that went wrong, by aggregate. */
export type Troubles = ReadonlyMap<string, readonly OutcomeRow[]>

/** The mark of a row: first what a person must see, then where it is. */
export function rowMark(row: Pick<ViewRow, 'id' | 'after' | 'image'>, troubles: Troubles): SyncWord {
  const acts = troubles.get(row.id) ?? []
  if (acts.some((act) => act.outcome === 'rejected')) return '未被接受'
  if (acts.some((act) => act.outcome === 'held')) return '待主管处理'
  if (hasOpenConflict(row.image)) return '待裁决'
  if (row.after > 0) return '仅存本机'
  return lastOutcome(row.image) === 'merged' ? '已同步（已合并）' : '已同步'
}

function lastOutcome(image: unknown): unknown {
  const acts = readPath(image, 'acts')
  return Array.isArray(acts) ? readPath(acts.at(-1), 'outcome') : undefined
}
