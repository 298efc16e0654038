import type { Case } from '../../shared/cases/index.ts'
import { newestOn, type RowOf } from '../local/rows.ts'
import type { Student } from './outcome-acts.ts'
import { studentOf } from './case-words.ts'

/** A student this tablet has seen, and when they last came. */
export interface SeenStudent extends Student {
  caseId: string
  at: number
  lastItem: string
}

const depth = 200

/** The newest cases of this tablet's lists: a bounded read, however full the store is. */
async function recentCases(): Promise<RowOf<Case>[]> {
  const some = await Promise.all(['open', 'waiting', 'ended'].map((shelf) => newestOn<Case>('case', shelf, depth)))
  return some.flat().sort((a, b) => b.image.receivedAt - a.image.receivedAt)
}

/** Students of cases, the newest first, each once. */
export function studentsIn(rows: readonly RowOf<Case>[]): SeenStudent[] {
  const seen = new Map<string, SeenStudent>()
  for (const { id, image } of rows) {
    const student = studentOf(image)
    if (student.studentNo === '' || seen.has(student.studentNo)) continue
    seen.set(student.studentNo, { ...student, caseId: id, at: image.receivedAt, lastItem: image.itemName })
  }
  return [...seen.values()]
}

/** What the window screen knows of the days before: recent students, and how often each sheet was used. */
export interface WindowPast {
  students: SeenStudent[]
  countByCode: Map<string, number>
}

/** Read it anew; cheap enough for a live query. */
export async function readPast(): Promise<WindowPast> {
  const rows = await recentCases()
  const countByCode = new Map<string, number>()
  for (const { image } of rows) countByCode.set(image.itemCode, (countByCode.get(image.itemCode) ?? 0) + 1)
  return { students: studentsIn(rows), countByCode }
}
