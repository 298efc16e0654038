import type { Calendar } from '../../shared/calendar/calendar.ts'
import { addDays, localDay } from '../../shared/calendar/day.ts'
import { addWorkdays, isWorkday, receivedOn } from '../../shared/calendar/workdays.ts'
import type { Case } from '../../shared/cases/index.ts'
import { openingOf } from '../../shared/limits/index.ts'
import type { Profile } from '../../shared/profiles/profile.ts'

/** What a limit is reckoned with. */
export interface LimitTerms {
  profile: Profile
  calendars: readonly Calendar[]
  today: string
}

/** A promise as it stands today. Days are the hall's local days; `paused` are working days the student was awaited. */
export interface Limit {
  receivedOn: string
  promisedOn: string
  dueOn: string
  workingDays: number
  paused: readonly string[]
  isPausedNow: boolean
}

/**
 * Where a promise stands, null before 受理: the clock stops on each working day on which the case waited for the
 * student (`clockWhileWaiting`), and the due day moves on by as many (the tablet's estimate, sync.md 1.2).
 */
export function limitOf(image: Case, { profile, calendars, today }: LimitTerms): Limit | null {
  const { promise, acceptedAt } = image
  if (!promise || acceptedAt === null) return null
  const received = receivedOn(calendars, acceptedAt, openingOf(profile)).on
  const spells = waitingSpells(image, today)
  const paused = pausedDays(spells, { after: received, calendars })
  return {
    receivedOn: received,
    promisedOn: promise.on,
    dueOn: paused.length > 0 ? addWorkdays(calendars, promise.on, paused.length).on : promise.on,
    workingDays: promise.workingDays,
    paused,
    isPausedNow: image.state === 'waiting',
  }
}

interface Spell {
  from: string
  to: string
}

/** Stretches of days on which the case waited, since 受理: the state after an act is the next act's `from`. */
function waitingSpells(image: Case, today: string): Spell[] {
  const spells: Spell[] = []
  let since: string | null = null
  for (const [index, act] of image.acts.entries()) {
    const after = image.acts[index + 1]?.from ?? image.state
    const on = localDay(act.at)
    if (after === 'waiting') since ??= on
    else if (since !== null) {
      spells.push({ from: since, to: on })
      since = null
    }
  }
  return since === null ? spells : [...spells, { from: since, to: today }]
}

function pausedDays(
  spells: readonly Spell[],
  { after, calendars }: { after: string; calendars: readonly Calendar[] },
): string[] {
  const days = new Set<string>()
  for (const { from, to } of spells) {
    for (let day = from > after ? from : addDays(after, 1); day <= to; day = addDays(day, 1)) {
      if (isWorkday(calendars, day)) days.add(day)
    }
  }
  return [...days].sort()
}
