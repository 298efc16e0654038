import type { Calendar } from '../calendar/calendar.ts'
import { addDays, localDay } from '../calendar/day.ts'
import { addWorkdays, isWorkday, receivedOn } from '../calendar/workdays.ts'
import type { Profile } from '../profiles/profile.ts'
import { countedBy } from './counted.ts'
import { openingOf } from './promise.ts'

/** 中止: a stretch of time that does not count, from the moment it began to the moment it ended; null = still. */
export interface Pause {
  readonly from: number
  readonly to: number | null
}

/** What a limit is derived from: an image of a case has all of it. */
export interface Promised {
  readonly state: string
  readonly acceptedAt: number | null
  readonly endedAt?: number | null
  readonly promise: { readonly on: string; readonly workingDays: number } | null
  /** `from` is the state before the act. */
  readonly acts: readonly { readonly type: string; readonly at: number; readonly from: unknown }[]
  readonly pauses?: readonly Pause[]
}

/** What a limit is reckoned with. */
export interface LimitTerms {
  readonly profile: Profile
  readonly calendars: readonly Calendar[]
  readonly today: string
}

/** 待补正 or 中止. */
export type StoppedFor = 'student' | 'pause'

/** A promise as it stands today. Days are the hall's local days; `paused` are the working days that do not count. */
export interface Limit {
  readonly receivedOn: string
  readonly promisedOn: string
  readonly dueOn: string
  readonly workingDays: number
  readonly paused: readonly string[]
  /** Why the clock stands still now: the student is awaited, or the case is 中止; null while it runs. */
  readonly stoppedFor: StoppedFor | null
}

/**
 * Where a promise stands, null before 受理 (ZJJ-27): the clock stops on each working day on which the case waited for
 * the student (`clockWhileWaiting`) or was 中止, and the due day moves on by as many.
 */
export function limitOf(image: Promised, { profile, calendars, today }: LimitTerms): Limit | null {
  const { promise, acceptedAt } = image
  if (!promise || acceptedAt === null) return null
  const received = receivedOn(calendars, acceptedAt, openingOf(profile)).on
  const counted = countedBy(profile, calendars)
  const paused = pausedDays(image, { after: received, today, calendars: counted })
  return {
    receivedOn: received,
    promisedOn: promise.on,
    dueOn: dueWithPauses(promise.on, paused.length, counted),
    workingDays: promise.workingDays,
    paused,
    stoppedFor: stoppedFor(image),
  }
}

function stoppedFor({ state, endedAt, pauses = [] }: Promised): StoppedFor | null {
  if (typeof endedAt !== 'number' && pauses.some(({ to }) => to === null)) return 'pause'
  return state === 'waiting' ? 'student' : null
}

/** The promised date moved on by so many working days on which the clock stood still. */
export function dueWithPauses(promisedOn: string, pausedWorkdays: number, calendars: readonly Calendar[]): string {
  return pausedWorkdays > 0 ? addWorkdays(calendars, promisedOn, pausedWorkdays).on : promisedOn
}

/**
 * The due day as near as an image alone can tell it, for its place in a list: pauses that are over, Monday to Friday.
 * What is shown and judged is `limitOf`.
 */
export function nearestDue(image: Promised): string | null {
  if (!image.promise || image.acceptedAt === null) return null
  const after = localDay(image.acceptedAt)
  return dueWithPauses(image.promise.on, pausedDays(image, { after, today: after, calendars: [] }).length, [])
}

interface Spell {
  from: string
  to: string
}

interface Counting {
  /** The day of receipt, which is not counted anyway. */
  after: string
  today: string
  calendars: readonly Calendar[]
}

/** The working days after the receipt on which the clock stood still for any reason, each once, in order. */
function pausedDays(image: Promised, { after, today, calendars }: Counting): string[] {
  const days = new Set<string>()
  for (const { from, to } of [...waitingSpells(image, today), ...pauseSpells(image, today)]) {
    for (let day = from > after ? from : addDays(after, 1); day <= to; day = addDays(day, 1)) {
      if (isWorkday(calendars, day)) days.add(day)
    }
  }
  return [...days].sort()
}

function pauseSpells({ pauses = [], endedAt }: Promised, today: string): Spell[] {
  return pauses.map(({ from, to }) => {
    const end = to ?? endedAt
    return { from: localDay(from), to: typeof end === 'number' ? localDay(end) : today }
  })
}

/**
 * Stretches of days on which the case waited: the state after an act is the next act's `from`. A notice that was taken
 * back 撤销 never stopped the clock.
 */
function waitingSpells(image: Promised, today: string): Spell[] {
  const spells: Spell[] = []
  let since: string | null = null
  for (const [index, act] of image.acts.entries()) {
    const after = image.acts[index + 1]?.from ?? image.state
    const on = localDay(act.at)
    if (after === 'waiting') since ??= on
    else if (since !== null) {
      if (act.type !== 'case.undo') spells.push({ from: since, to: on })
      since = null
    }
  }
  return since === null ? spells : [...spells, { from: since, to: today }]
}
