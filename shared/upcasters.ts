import type { Upcasters } from './core/upcast.ts'

/**
 * From every released version of a command to its newest (sync.md 4.7), gathered from the rooms: the judge and the
 * tablet's rebase run it before a rule is asked. No command has a second version yet.
 */
export const upcasters: Upcasters = new Map()
