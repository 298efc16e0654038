import type { Settings } from './settings.ts'

/**
 * Settings no rule reads yet, each with the row that will: posts and rosters, attendance, seals, appraisal. The settings
 * screen shows them as 尚未启用 and does not edit them; tests/house/settings.test.ts holds the list true.
 */
export const notYetInForce = {
  sealKeeper: 'NBU-15',
  bStandsInWhen: 'NBU-10',
  unitTeacherVisitsAWeek: 'SZIT-5',
  awardTitles: 'ZJJ-29',
  handover: 'NBU-9',
  unitMeetingHalfDaysAWeek: 'NBU-9',
  outOfHours: 'SZIT-4',
  unitBusinessDays: 'SZIT-5',
  rosterBy: 'ZJJ-22',
  swapConsentBy: 'ZJJ-14',
  leaveApprovedBy: 'SSC-23',
  isBNeededForLeave: 'SSC-23',
  signIn: 'ZJJ-23',
  attendanceCount: 'SSC-25',
  jointTimePercent: 'SSC-21b',
  pay: 'NBU-11',
  graceMinutes: 'REF-AUTO',
  emptyPostMinutes: 'REF-AUTO',
  assistantHours: 'SZIT-6',
} as const satisfies Partial<Record<keyof Settings, string>>

/** Whether a setting is only kept for a part of the system that is not there yet. */
export function isNotYet(key: keyof Settings): boolean {
  return key in notYetInForce
}
