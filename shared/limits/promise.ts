import type { Calendar } from '../calendar/calendar.ts'
import { addWorkdays, receivedOn, workdaysBetween, type OpeningHours } from '../calendar/workdays.ts'
import type { Item, PromiseLevel } from '../profiles/item-sheet.ts'
import type { Profile } from '../profiles/profile.ts'
import { countedBy } from './counted.ts'
import { beyondWithoutReason, overCap } from './refusals.ts'

/** The longest promise allowed, how strictly, and who says so: the regulation (`cite`) or the item's own sheet. */
export interface Cap {
  readonly maxWorkingDays: number
  readonly binding: 'fixed' | 'generally' | 'warned'
  readonly cite: string | null
  readonly source: 'profile' | 'sheet'
}

/** What a promise rests on: the sheet and the profile the case was received under. */
export interface Rules {
  readonly item: Item
  readonly profile: Profile
}

/** The hours that decide whether a paper still counts for today: public hours less weekly closures. */
export const openingOf = (profile: Profile): OpeningHours => ({
  hours: profile.settings.hours.value,
  closed: profile.settings.weeklyClosures.value,
})

/**
 * The cap of 限时办结 for a promise of a level. The sheet's own 承诺时限 binds at its level, unless the profile wins
 * over sheets (ZJJ 三十四); everything else falls under the profile's limits (ZJJ-27).
 */
export function capFor(level: PromiseLevel, { item, profile }: Rules): Cap {
  const { limits, profileWinsOverSheet } = profile.settings
  const ownDays = item.promise.workingDays
  if (!profileWinsOverSheet.value && ownDays !== null && item.promise.level === level)
    return { maxWorkingDays: ownDays, binding: 'fixed', cite: null, source: 'sheet' }
  const { workingDays, binding } = limits.value[level]
  return { maxWorkingDays: workingDays, binding, cite: limits.cite, source: 'profile' }
}

/** The days to propose when accepting: the sheet's, within the cap of its level. */
export function proposedDays({ item, profile }: Rules): number {
  const cap = capFor(item.promise.level, { item, profile })
  const own = item.promise.workingDays ?? cap.maxWorkingDays
  return cap.binding === 'fixed' ? Math.min(own, cap.maxWorkingDays) : own
}

/** A promise as asked for at the window. */
export interface PromiseAsked extends Rules {
  readonly level: PromiseLevel
  readonly workingDays: number
  /** Why it must go beyond a `generally` cap; null when it does not. */
  readonly beyondReason: string | null
}

/** Whether a promise may be given; `isBeyond` marks one that may, though longer than usual (to be flagged). */
export type PromiseCheck =
  | { readonly ok: true; readonly cap: Cap; readonly isBeyond: boolean }
  | {
      readonly ok: false
      readonly cap: Cap
      readonly code: string
      readonly cite: string
      readonly facts: { workingDays: number; max: number; level: PromiseLevel }
    }

/**
 * ZJJ-27: over a fixed cap no promise can be given; over a `generally` cap only with a reason on record; over a
 * `warned` one it can, marked. Refusals: `limits.overCap`, `limits.beyondWithoutReason`.
 */
export function checkPromise({ item, profile, level, workingDays, beyondReason }: PromiseAsked): PromiseCheck {
  const cap = capFor(level, { item, profile })
  const isBeyond = workingDays > cap.maxWorkingDays
  const hasReason = beyondReason !== null && beyondReason.trim() !== ''
  if (!isBeyond || cap.binding === 'warned' || (cap.binding === 'generally' && hasReason))
    return { ok: true, cap, isBeyond }
  const { code, cite } = cap.binding === 'fixed' ? overCap : beyondWithoutReason
  return { ok: false, cap, code, cite: cap.cite ?? cite, facts: { workingDays, max: cap.maxWorkingDays, level } }
}

/** What a promised date is reckoned from. */
export interface PromiseTerms {
  /** The moment of acceptance, UTC ms. */
  readonly receivedAt: number
  readonly workingDays: number
  readonly profile: Profile
  readonly calendars: readonly Calendar[]
}

/** 承诺日期 with the day counted as the day of receipt, and whether all days counted are in official calendars. */
export interface PromisedDay {
  readonly receivedOn: string
  readonly dueOn: string
  readonly isOfficial: boolean
}

/** Reckon 承诺日期: the day of receipt is not counted, the last of the working days after it is the date. */
export function reckonPromise({ receivedAt, workingDays, profile, calendars }: PromiseTerms): PromisedDay {
  const received = receivedOn(calendars, receivedAt, openingOf(profile))
  const due = addWorkdays(countedBy(profile, calendars), received.on, workingDays)
  return { receivedOn: received.on, dueOn: due.on, isOfficial: received.official && due.official }
}

/** 承诺日期, `YYYY-MM-DD`. */
export function promiseOn(terms: PromiseTerms): string {
  return reckonPromise(terms).dueOn
}

/** Working days left after today: 0 = due today, negative = that many working days past. */
export function daysLeft(dueOn: string, today: string, calendars: readonly Calendar[]): number {
  return workdaysBetween(calendars, today, dueOn)
}

/** 正常 · 临期 · 超期. */
export type Light = 'normal' | 'near' | 'past'

/** What a light is derived from; `workingDays` is the length of the promise. */
export interface LightTerms {
  readonly dueOn: string
  readonly workingDays: number
  readonly today: string
  readonly profile: Profile
  readonly calendars: readonly Calendar[]
}

/** SUP-1: past from the day after the promised date; near by the profile's yellow rule, longer for long limits. */
export function light({ dueOn, workingDays, today, profile, calendars }: LightTerms): Light {
  if (today > dueOn) return 'past'
  const { days, longDays, longOver } = profile.settings.yellowDays.value
  const near = workingDays > longOver ? longDays : days
  // As many working days left as the yellow rule says, or fewer: not counted to the due day, which may be far off.
  return dueOn < addWorkdays(countedBy(profile, calendars), today, near + 1).on ? 'near' : 'normal'
}
