import { z } from 'zod'
import { day, filledText, plainId, text } from '../core/text.ts'
import { BusyTime, clashesOf, weekTimeWords, busyWords, WeekTime } from './free-time.ts'
import { Training } from './person.ts'
import type { Refused } from './refusals.ts'
import * as say from './refusals.ts'
import { staffSetting } from '../profiles/staff-settings.ts'
import type { Profile } from '../profiles/profile.ts'

const Role = z.enum(['roleA', 'roleB', 'backOffice', 'approver', 'supervisor', 'admin'])

/** Consent to a post (SSC 九: one back-office member only with the centre's): who gave it, when, on what paper. */
export const PostConsent = z.strictObject({ by: filledText(60), on: day, note: text(200) })
export type PostConsent = z.infer<typeof PostConsent>

/** What is asked of a post besides person, window, role and days. */
export const PostMore = z.strictObject({
  unitId: plainId.nullable().optional(),
  isHead: z.boolean().optional(),
  tenure: z.enum(['term', 'appointment', 'byUnit', 'open']).optional(),
  consent: PostConsent.nullable().optional(),
  /** Weekly hours of a student (ZJJ-6). */
  hours: z.array(WeekTime).max(21).optional(),
  badgeNo: text(20).optional(),
})
export type PostMore = z.infer<typeof PostMore>

/** A post of the same window or unit as it stood when this one was decided. */
export const SeatSeen = z.strictObject({
  personId: plainId,
  windowId: plainId.nullable(),
  unitId: plainId.nullable(),
  personKind: z.enum(['staff', 'student', 'supervisor']),
  role: Role,
  isHead: z.boolean(),
  from: day,
  to: day.nullable(),
})
export type SeatSeen = z.infer<typeof SeatSeen>

/** The person's record as it stood. */
export const RecordSeen = z.strictObject({
  rank: z.enum(['none', 'middleRank']),
  conditions: z.array(z.boolean()).max(12),
  conditionNote: text(200),
  trainings: z.array(Training).max(40),
  busy: z.array(BusyTime).max(60),
})
export type RecordSeen = z.infer<typeof RecordSeen>

/** What a post was decided on: the seats near it and the person's record, null where there is none. */
export const PostSeen = z.strictObject({ seats: z.array(SeatSeen).max(80), record: RecordSeen.nullable() })
export type PostSeen = z.infer<typeof PostSeen>

/** A post as it is asked for. */
export interface PostAsked extends PostMore {
  personId: string
  personKind: 'staff' | 'student' | 'supervisor'
  windowId: string | null
  role: z.infer<typeof Role>
  from: string
  to: string | null
}

interface Asking {
  ask: PostAsked
  seen: PostSeen
  profile: Profile
  window: Profile['windows'][number]
  /** Posts of the window that are held on a day this one is. */
  near: SeatSeen[]
}

const meets = (a: { from: string; to: string | null }, b: { from: string; to: string | null }): boolean =>
  a.from <= (b.to ?? '9999') && b.from <= (a.to ?? '9999')

/**
 * Everything that keeps somebody from a post by the hall's profile (SSC 九–十三, ZJJ 五–七, SZIT 四, NBU 三.1), in the order
 * people look at it. The same on the page that asks, in the command, and where the server looks again.
 */
export function seatFaults(ask: PostAsked, seen: PostSeen, profile: Profile): Refused[] {
  const window = profile.windows.find(({ id }) => id === ask.windowId)
  const near = seen.seats.filter((seat) => seat.windowId === ask.windowId && meets(seat, ask))
  // A unit without a window has a back office and leaders all the same.
  if (!window) return backOffice({ ask, profile, near })
  const all = { ask, seen, profile, window, near }
  return [twice, kind, seats, backOffice, head, training, conditions, tenure, hours].flatMap((rule) => rule(all))
}

function twice({ ask, near }: Asking): Refused[] {
  const isSame = near.some(({ personId, role }) => personId === ask.personId && role === ask.role)
  return isSame ? [say.refused(say.samePost)] : []
}

/** A-role is the unit's staff, the window head (ZJJ) or a student assistant (SZIT), as the hall has it. */
function kind({ ask, profile }: Asking): Refused[] {
  if (ask.role !== 'roleA') return []
  const { value, cite } = profile.settings.aRole
  const isHeadOnly = value === 'windowHead' && ask.isHead !== true
  const isStaffOnly = value === 'unitStaff' && ask.personKind !== 'staff'
  return isHeadOnly || isStaffOnly ? [say.refused(say.wrongKind, { is: value }, cite)] : []
}

const count = (near: readonly SeatSeen[], test: (seat: SeatSeen) => boolean): number => near.filter(test).length

/** One staff member (SSC), one head and two students (ZJJ), so many B-roles for each A (SSC 十, NBU 三.3(3)). */
function seats({ ask, profile, near }: Asking): Refused[] {
  const { staffA, students } = staffSetting(profile, 'seats')
  const faults: Refused[] = []
  const isA = ask.role === 'roleA'
  if (isA && staffA !== null && count(near, ({ role }) => role === 'roleA') >= staffA)
    faults.push(say.refused(say.windowFull, { most: staffA }))
  const isStudentHere = ask.personKind === 'student' && (isA || ask.role === 'roleB')
  const students0 = new Set(near.filter(isStudentSeat).map(({ personId }) => personId))
  if (isStudentHere && students !== null && !students0.has(ask.personId) && students0.size >= students)
    faults.push(say.refused(say.studentsFull, { most: students }))
  return [...faults, ...bSeats({ ask, profile, near })]
}

const isStudentSeat = ({ personKind, role }: SeatSeen): boolean =>
  personKind === 'student' && (role === 'roleA' || role === 'roleB')

function bSeats({ ask, profile, near }: Pick<Asking, 'ask' | 'profile' | 'near'>): Refused[] {
  const { max } = profile.settings.bRolesPerA.value
  if (ask.role !== 'roleB' || max === null) return []
  const as = Math.max(
    1,
    count(near, ({ role }) => role === 'roleA'),
  )
  const isFull = count(near, ({ role }) => role === 'roleB') >= max * as
  return isFull ? [say.refused(say.tooManyB, { most: max, word: profile.settings.roleWord.value })] : []
}

/** At most one member of a unit's back office, and only once the hall has agreed (SSC 九). */
function backOffice({ ask, profile, near }: Pick<Asking, 'ask' | 'profile' | 'near'>): Refused[] {
  const { backOffice: most, isBackOfficeByConsent } = staffSetting(profile, 'seats')
  if (ask.role !== 'backOffice') return []
  const { value: hasBackOffice, cite } = profile.settings.hasBackOffice
  if (!hasBackOffice) return [say.refused(say.noBackOffice, {}, cite)]
  const others = count(near, ({ role, unitId }) => role === 'backOffice' && unitId === (ask.unitId ?? null))
  if (most !== null && others >= most) return [say.refused(say.backOfficeFull, { most })]
  return isBackOfficeByConsent && !ask.consent ? [say.refused(say.consentMissing)] : []
}

/** One head a window, or one 中层干部 a unit as leader in charge and head (SSC 九, ZJJ 六). */
function head({ ask, seen, profile }: Asking): Refused[] {
  if (ask.isHead !== true) return []
  const { per, rank } = staffSetting(profile, 'windowHead')
  const isMine = (seat: SeatSeen): boolean =>
    per === 'window' ? seat.windowId === ask.windowId : seat.unitId === (ask.unitId ?? null)
  const isTaken = seen.seats.some(
    (seat) => seat.isHead && seat.personId !== ask.personId && isMine(seat) && meets(seat, ask),
  )
  const faults = isTaken ? [say.refused(say.headTaken, { per })] : []
  const lacksRank = rank === 'middleRank' && seen.record?.rank !== 'middleRank'
  return lacksRank ? [...faults, say.refused(say.headRank)] : faults
}

const servesAt = ({ role }: PostAsked): boolean => role === 'roleA' || role === 'roleB'

/** Whether a training counts for a window: by whom the hall says, for it or for all, before the first day. */
export function countsFor(training: Training, window: Profile['windows'][number], profile: Profile): boolean {
  const by = staffSetting(profile, 'trainedBy')
  const isOfUnit = training.unitId !== null && window.unitIds.includes(training.unitId)
  const isBy = by === 'any' || (by === 'unit' ? isOfUnit : training.unitId === null)
  return isBy && (training.windowId === null || training.windowId === window.id)
}

/** No post for the untrained (SSC 十三, SZIT 四.1). */
function training({ ask, seen, profile, window }: Asking): Refused[] {
  const { value, cite } = profile.settings.isTrainingRequired
  if (!value || !servesAt(ask)) return []
  const done = (seen.record?.trainings ?? []).filter((one) => countsFor(one, window, profile) && one.on <= ask.from)
  const facts = { by: profile.settings.trainingBy.value, window: window.name }
  return done.length === 0 ? [say.refused(say.untrained, facts, cite)] : []
}

/** The conditions of SSC 十一; one that holds only in principle may be met otherwise, with the reason on record. */
function conditions({ ask, seen, profile }: Asking): Refused[] {
  const asked = staffSetting(profile, 'staffConditions')
  if (ask.personKind !== 'staff' || !(servesAt(ask) || ask.role === 'backOffice')) return []
  const { conditions: met = [], conditionNote = '' } = seen.record ?? {}
  const lacking = asked.filter(({ isInPrinciple }, at) => met[at] !== true && !(isInPrinciple && conditionNote !== ''))
  return lacking.length > 0 ? [say.refused(say.conditionsUnmet, { texts: lacking.map(({ text: one }) => one) })] : []
}

/** By the term in turn at a joint window, for the whole appointment at a sole one, each with start and end (NBU 三.1). */
function tenure({ ask, profile, window }: Asking): Refused[] {
  const { joint, sole, isEndRequired } = staffSetting(profile, 'postTenure')
  if (!servesAt(ask) || ask.personKind !== 'staff') return []
  const due = window.unitIds.length > 1 ? joint : sole
  if (isEndRequired && ask.to === null) return [say.refused(say.endMissing, { tenure: due })]
  return ask.to !== null && ask.to < ask.from ? [say.refused(say.endsBefore)] : []
}

/** Students serve in their free time (ZJJ 六): hours that meet a class are shown before anything is filed. */
function hours({ ask, seen, profile }: Asking): Refused[] {
  if (ask.personKind !== 'student' || !staffSetting(profile, 'isFreeTimeOnly')) return []
  const clashes = clashesOf(ask.hours ?? [], seen.record?.busy ?? [])
  const told = clashes.map(({ asked, busy }) => `${weekTimeWords(asked)}（${busyWords(busy)}）`)
  return told.length > 0 ? [say.refused(say.inClass, { clashes: told })] : []
}
