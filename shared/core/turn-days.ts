import type { RoleAt } from './roles.ts'

/** Whether a right stands on a day: one with days of its own (a unit's turn at a joint window, NBU-17) only on those. */
export function standsOn({ on }: Pick<RoleAt, 'on'>, day: string): boolean {
  return on === undefined || on.includes(day)
}
