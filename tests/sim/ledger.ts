import type { Marks } from './marks.ts'
import type { Checks } from './violation.ts'

/** The invariants of sync.md §9, in order. */
export const invariantNames: readonly string[] = Array.from({ length: 26 }, (_, i) => `I${i + 1}`)

/** Invariants that are no matter of histories, and the test that proves them. */
export const elsewhere: Readonly<Record<string, string>> = {
  I16: 'tests/cases/merge-table.rule.test.ts, tests/cases/merge-rest.rule.test.ts (every line of the table, both orders)',
}

/** One line an invariant: how often it was checked, or where else it is. */
export function checksText(checks: Checks): string {
  const lines = invariantNames.map((name) => {
    const times = checks[name] ?? 0
    return `${name.padEnd(4)} ${times > 0 ? `checked ${times} times` : (elsewhere[name] ?? 'NOT CHECKED')}`
  })
  return lines.join('\n')
}

/** What the histories went through, most frequent last. */
export function marksText(marks: Marks): string {
  const rows = Object.entries(marks).toSorted(([, a], [, b]) => a - b)
  return rows.map(([name, times]) => `${String(times).padStart(9)}  ${name}`).join('\n')
}

/** Invariants that were neither checked nor are proved elsewhere. */
export function unchecked(checks: Checks): string[] {
  return invariantNames.filter((name) => !checks[name] && !elsewhere[name])
}
