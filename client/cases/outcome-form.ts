import type { Case } from '../../shared/cases/index.ts'
import type { Item } from '../../shared/profiles/item-sheet.ts'

/** How a material was found at the window. */
export type Mark = 'present' | 'missing' | 'unfit'

/** What is on the screen while a case's outcome is being chosen; it is the draft, so plain values only. */
export type OutcomeForm = {
  /** Looked at by material id; what is not named was not there. */
  marks: Record<string, Mark>
  /** Whether anybody has looked at the materials yet. */
  isChecked: boolean
  /** Other matters to tell, one a line. */
  matters: string
  /** The way chosen over the one the materials lead to. */
  way: 'usual' | 'promise' | 'notice' | 'refuse'
  result: string
  resultNote: string
  /** Working days promised; null: what the sheet proposes. */
  days: number | null
  promiseReason: string
  beyondReason: string
  groundId: string
  refusalReason: string
  note: string
  /** 元 as typed, of an item that may be charged; drafts of before lack it. */
  fee?: string
}

/** Nothing looked at yet. */
export function emptyOutcome(): OutcomeForm {
  return {
    ...{ marks: {}, isChecked: false, matters: '', way: 'usual', result: '', resultNote: '', days: null },
    ...{ promiseReason: '', beyondReason: '', groundId: '', refusalReason: '', note: '' },
  }
}

/** The form of a case that is already here: its materials as they were last marked. */
export function outcomeOfCase(image: Pick<Case, 'materials'>): OutcomeForm {
  const marks = Object.fromEntries(
    Object.entries(image.materials).flatMap(([id, { state }]) => (isMark(state) ? [[id, state]] : [])),
  )
  return { ...emptyOutcome(), marks }
}

function isMark(state: string): state is Mark {
  return state === 'present' || state === 'missing' || state === 'unfit'
}

/** Mark one material; the others that nobody has named are then known to be missing. */
export function withMark(form: OutcomeForm, id: string, mark: Mark): OutcomeForm {
  return { ...form, isChecked: true, marks: { ...form.marks, [id]: mark } }
}

/** 全部齐全, or none of it brought. */
export function withAll(form: OutcomeForm, item: Item, mark: Mark): OutcomeForm {
  return { ...form, isChecked: true, marks: Object.fromEntries(item.materials.map(({ id }) => [id, mark])) }
}

/** The other matters as lines for the notice. */
export function mattersOf({ matters }: Pick<OutcomeForm, 'matters'>): string[] {
  return matters
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
