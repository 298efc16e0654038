/** An invariant of sync.md §9 that did not hold, by name. */
export class Violation extends Error {
  override readonly name = 'Violation'
  readonly invariant: string

  constructor(invariant: string, what: string) {
    super(`[${invariant}] ${what}`)
    this.invariant = invariant
  }
}

/** Fail the named invariant unless it holds. */
export function holds(invariant: string, isTrue: boolean, what: () => string): void {
  if (!isTrue) throw new Violation(invariant, what())
}
