import { applyChanges, readPath } from './apply.ts'
import type { Act, Row } from './kernel.ts'
import { add, rejected, type Verdict } from './outcome.ts'

/** The command by which a supervisor decides about one that was held (sync.md 3.3). */
export const releaseType = 'held.release'

/** The codes a supervisor can release; what failed its checks (`quarantine`) proves nobody's act. */
export const releasable: ReadonlySet<string> = new Set(['crash', 'grant', 'depends'])

/** What a release says of itself in its result, beside what the released act came to. */
export interface Released {
  released: string
  reason: string
}

/** The verdict of a release: what the act comes to now, or why it still cannot stand. */
export function releaseVerdict(of: Verdict, note: Released): Verdict {
  if (of.outcome === 'rejected') return of
  if (of.outcome === 'held') return rejected({ code: 'held.still', facts: { code: of.code ?? '', ...of.detail } })
  return { ...of, detail: { ...of.detail, ...note } }
}

/** The released act's row, with a line for who released it where the image keeps its acts. */
export function withReleaseLine(row: Row, line: Act): Row {
  if (!row || !Array.isArray(row.image.acts)) return row
  return { ...row, image: applyChanges(row.image, [add('acts', line)]) ?? row.image }
}

/** Whether an image shows that a command, once held, was released: its own line, and a supervisor's after it. */
export function isReleasedIn(image: unknown, cmdId: string): boolean {
  const acts = readPath(image, 'acts')
  if (!Array.isArray(acts)) return false
  const at = acts.findIndex((line) => readPath(line, 'cmdId') === cmdId)
  return at >= 0 && readPath(acts[at + 1], 'type') === releaseType
}
