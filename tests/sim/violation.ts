/** An invariant of sync.md §9 that did not hold, by name. */
export class Violation extends Error {
  override readonly name = 'Violation'
  readonly invariant: string

  constructor(invariant: string, what: string) {
    super(`[${invariant}] ${what}`)
    this.invariant = invariant
  }
}

/** How often each invariant was looked at, by name. */
export type Checks = Record<string, number>

// One history runs at a time in a process: what is counted here is its own.
let checks: Checks = {}

/** Fail the named invariant unless it holds; each call is counted. */
export function holds(invariant: string, isTrue: boolean, what: () => string): void {
  checks[invariant] = (checks[invariant] ?? 0) + 1
  if (!isTrue) throw new Violation(invariant, what())
}

/** What was checked since the last call. */
export function takeChecks(): Checks {
  const taken = checks
  checks = {}
  return taken
}
