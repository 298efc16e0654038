import type { By, Case } from './case.ts'

/** 催办 (to whoever handles it) or 督办 (to the supervisors), as it stands on the case (SUP-1). */
export interface Reminder {
  key: string
  way: 'urge' | 'supervise'
  /** The due day it was about, pauses reckoned in; null where nothing is promised. */
  dueOn: string | null
  /** Whom it asks; null = the supervisors. */
  to: { actorId: string; actorName: string } | null
  by: By
}

/** Whether the system has said so of this due day. */
export function isReminded({ reminders = [] }: Pick<Case, 'reminders'>, way: string, dueOn: string | null): boolean {
  return reminders.some((one) => one.by.role === 'system' && one.way === way && one.dueOn === dueOn)
}

/** The newest 催办 of a case nobody has acted on since; undefined once its handler has done anything. */
export function openReminder({ reminders = [], acts, endedAt }: Pick<Case, 'reminders' | 'acts' | 'endedAt'>) {
  if (endedAt !== null) return undefined
  const last = reminders.at(-1)
  const asked = last && acts.findIndex(({ cmdId }) => cmdId === last.by.act)
  if (!last || asked === undefined) return undefined
  const isAnswered = acts.slice(asked + 1).some(({ type }) => !silent.has(type))
  return isAnswered ? undefined : last
}

/** The key under which every case stands whose reminder nobody has acted on, so that lists find it by index. */
export const urgedKey = '催办'

/** Acts that answer no reminder. */
const silent: ReadonlySet<string> = new Set(['case.remind', 'case.twin', 'case.resolve'])
