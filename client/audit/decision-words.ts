import type { Conflict } from '../../shared/core/outcome.ts'
import type { RefusedAct } from '../cases/index.ts'
import type { Side } from './conflicts.ts'

/** 裁决: the one, the other, or both kept and the case open again. */
export type Choice = Side | 'reopen'

/** Reasons a supervisor gives most often; a tap fills one in, the person may go on writing. */
export const phrases: readonly string[] = [
  '已核对纸面材料，以此为准。',
  '已向学生本人核实。',
  '已与两位经办人核对。',
  '学生已当面签收，以此为准。',
  '两处都不能确定，请窗口重新核实。',
]

/** An earlier try of this decision that was not accepted, to begin from. */
export interface EarlierTry {
  refused: RefusedAct
  conflictId: string
  choice: string
  reason: string
}

/** Label of the third choice; two receipts have no third. */
export function bothWords({ field, isAfterEnd }: Pick<Conflict, 'field' | 'isAfterEnd'>): string | undefined {
  if (field === 'twin') return undefined
  if (isAfterEnd) return '采用第 2 处，重新打开办理'
  return field === 'outcome' ? '都保留，重新打开' : '都保留，请窗口再核实'
}

interface Chosen {
  conflict: Conflict
  choice: Choice
  /** Headlines of the two values. */
  titles: Record<Side, string>
}

const bareName = (name: string) => name.replace(/^示例·/, '')

/** What will follow and who is told, before it is done. */
export function followWords({ conflict, choice, titles }: Chosen): string {
  const names = [...new Set([bareName(conflict.kept.actorName), bareName(conflict.other.actorName)])].join('、')
  const told = `${names}打开这件办件就看得到裁决和理由。以后可以再改，改也会留记录。`
  if (conflict.field === 'twin') return `${twinWords(choice)}${told}`
  if (choice === 'reopen') return `${reopenWords(conflict)}${told}`
  const loser = choice === 'kept' ? 'other' : 'kept'
  const result =
    conflict.field === 'outcome' ? `办件按“${titles[choice]}”结束` : `${conflict.label}记为“${titles[choice]}”`
  return `${result}；${bareName(conflict[loser].actorName)}写的“${titles[loser]}”原样留在记录里。${told}`
}

function twinWords(choice: Choice): string {
  if (choice === 'kept') return '本件作废，号留着、指向先收的那件；经过和材料都在记录里。'
  return '两件都照常办理。'
}

function reopenWords({ field, label, isAfterEnd }: Conflict): string {
  if (isAfterEnd) return `${label}改为第 2 处，办件回到办理中，由窗口重新办结；`
  if (field === 'outcome') return '办件重新打开，回到办理中；两个结果都留在经过里，由窗口重新办理。'
  return `${label}暂不改动，仍是第 1 处；两处都留在记录里，由窗口核实后更正。`
}

/** How it was decided, afterwards. */
export function decidedWords(conflict: Pick<Conflict, 'field'>, choice: string, titles: Record<Side, string>): string {
  if (choice === 'kept' || choice === 'other')
    return `选了${choice === 'kept' ? '第 1 处' : '第 2 处'}“${titles[choice]}”`
  return bothWords(conflict) ?? '两件都办'
}
