import { readPath } from '../../shared/core/apply.ts'
import type { OutcomeRow, ViewRow } from '../local/store.ts'
import { hasOpenConflict } from '../local/view.ts'

/** The only words for where an act is (sync.md 3.2). */
export type SyncWord = '仅存本机' | '已同步' | '已同步（已合并）' | '待裁决' | '待主管处理' | '未被接受'

/** The word of one act of this tablet. A decided act is still 仅存本机 until its effect is here (I24). */
export function wordOf(act: Pick<OutcomeRow, 'open' | 'outcome'>): SyncWord {
  if (act.open === 1) return '仅存本机'
  if (act.outcome === 'rejected') return '未被接受'
  if (act.outcome === 'held') return '待主管处理'
  if (act.outcome === 'conflict') return '待裁决'
  return act.outcome === 'merged' ? '已同步（已合并）' : '已同步'
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
