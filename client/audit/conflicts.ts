import { openConflicts, type Case } from '../../shared/cases/index.ts'
import { formatDay } from '../../shared/calendar/day.ts'
import { readPath } from '../../shared/core/apply.ts'
import { conflictKey } from '../../shared/core/merge.ts'
import type { Conflict } from '../../shared/core/outcome.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { tabletStore } from '../local/db.ts'
import { useLive, type Live } from '../local/live.ts'
import { isReadable } from '../local/view.ts'
import type { RowOf } from '../local/rows.ts'

/** One 待裁决 with the case it stands in. */
export interface OpenConflict {
  id: string
  row: RowOf<Case>
  conflict: Conflict
}

/** Which of the two: what the case holds, or what came to it later. */
export type Side = 'kept' | 'other'

/** Everything that waits for a decision, the oldest first: images with open conflicts are in scope `supervisor`. */
async function readOpenConflicts(): Promise<OpenConflict[]> {
  const rows = await tabletStore().transact('read', ['view'], (tx) =>
    tx.byIndex('view', '*scopes', { prefix: ['supervisor'] }),
  )
  const cases = rows.filter((row) => row.kind === 'case' && isReadable(row)) as unknown as RowOf<Case>[]
  return cases
    .flatMap((row) => openConflicts(row.image).map((conflict) => ({ id: conflict.id, row, conflict })))
    .sort((a, b) => a.conflict.other.at - b.conflict.other.at || (a.id < b.id ? -1 : 1))
}

/** The list of 待裁决, live. */
export function useOpenConflicts(): Live<OpenConflict[]> {
  return useLive(readOpenConflicts, [])
}

/** 办理结果不一致, 电话不一致; of one matter received twice just that. */
export function conflictTitle({ label, field }: Pick<Conflict, 'label' | 'field'>): string {
  return field === 'twin' ? label : `${label}不一致`
}

/** What a value says, in words: a headline and what belongs under it. */
export interface ValueWords {
  title: string
  sub?: string | undefined
  /** The value in a few characters, for a button. */
  short: string
}

const endWords: Readonly<Record<string, string>> = {
  open: '受理',
  concluded: '办结',
  refused: '不予办理',
  returned: '退件',
  withdrawn: '撤回',
  voided: '作废',
}

/** One side of a conflict in words; a personal value is read from the image's `pii`, an erased one says so. */
export function valueWords({ row, conflict }: OpenConflict, side: Side, profile: Profile | null): ValueWords {
  const value = conflict.isPersonal
    ? readPath(row.image, `pii.${conflictKey(conflict.id)}.${side}`)
    : conflict[side].value
  if (conflict.field === 'outcome') return outcomeWords({ row, conflict }, side, profile)
  if (conflict.field === 'twin') return twinWords(value, side)
  if (conflict.field === 'promise') return promiseWords(value)
  if (conflict.field.startsWith('materials.')) return materialWords(value)
  const text = typeof value === 'string' ? value : ''
  const title = text === '' ? '（空，或已按规定删除）' : text
  return { title, short: text.length > 0 && text.length <= 12 ? `“${text}”` : sideWord(side) }
}

/** Of two receipts the first stays in any case; the question is what becomes of this one. */
function twinWords(value: unknown, side: Side): ValueWords {
  const number = String(readPath(value, 'number'))
  return side === 'kept'
    ? { title: `同一件事，并入先收的 ${number}`, short: '“并入”' }
    : { title: `不是同一件，${number} 照常办`, short: '“两件都办”' }
}

function promiseWords(value: unknown): ValueWords {
  const on = formatDay(String(readPath(value, 'on')))
  const days = `${String(readPath(value, 'workingDays'))} 个工作日`
  return { title: `承诺 ${on}`, sub: `${days}；${String(readPath(value, 'reason'))}`, short: `“${on}”` }
}

const marks: Readonly<Record<string, string>> = {
  ...{ unchecked: '未核对', present: '已收', missing: '缺', unfit: '不符合规定', returned: '已退还', doubt: '待核' },
}

function materialWords(value: unknown): ValueWords {
  const title = marks[String(value)] ?? '待核'
  return { title, short: `“${title}”` }
}

type Place = Pick<OpenConflict, 'row' | 'conflict'>

function outcomeWords({ row, conflict }: Place, side: Side, profile: Profile | null): ValueWords {
  const value = conflict[side].value as { state?: string; result?: string } | null
  const state = value?.state ?? ''
  const word =
    state === 'declined' ? (profile?.settings.refusalAtDoorWord.value ?? '不予办理') : (endWords[state] ?? '其他结果')
  const result = value?.result ?? ''
  return {
    title: result === '' ? word : `${word}：${result}`,
    sub: underOutcome(row.image, conflict, side),
    short: `“${word}”`,
  }
}

/** What the one who ended it wrote besides: note of the conclusion, reason of the refusal. */
function underOutcome(image: Case, conflict: Conflict, side: Side): string | undefined {
  const { cmdId, value } = conflict[side]
  const conclusion = image.conclusions.find((item) => item.by.act === cmdId)
  const refusal = image.refusal?.by.act === cmdId ? image.refusal : undefined
  const notes = [
    conclusion?.resultNote,
    refusal?.reason,
    readPath(value, 'said.resultNote'),
    readPath(value, 'said.reason'),
  ]
  return notes.find((note) => typeof note === 'string' && note !== '' && note !== readPath(value, 'result')) as
    string | undefined
}

/** 第 1 处 is what the case holds, 第 2 处 what came later. */
function sideWord(side: Side): string {
  return side === 'kept' ? '第 1 处' : '第 2 处'
}
