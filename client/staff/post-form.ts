import { staffSetting } from '../../shared/profiles/staff-settings.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import type { Person, PostAsked } from '../../shared/staff/index.ts'

type Window = Profile['windows'][number]

/** Roles one may be given at a window, in the hall's word. */
export function windowRoles(word: string): { id: PostAsked['role']; label: string }[] {
  return [
    { id: 'roleA', label: `A${word}` },
    { id: 'roleB', label: `B${word}` },
    { id: 'backOffice', label: '后台' },
    { id: 'approver', label: '审批（分管领导）' },
  ]
}

/** Whether the A-role of the hall is its window head (ZJJ). */
export function isHeadByRole(role: PostAsked['role'], profile: Profile): boolean {
  return role === 'roleA' && profile.settings.aRole.value === 'windowHead'
}

/** For how long posts at a window are given (NBU 三.1). */
export function tenureAt(window: Window, profile: Profile) {
  const { joint, sole } = staffSetting(profile, 'postTenure')
  return window.unitIds.length > 1 ? joint : sole
}

/** The unit a post belongs to: the person's own if it keeps the window, else the window's first. */
export function unitFor(person: Person | undefined, window: Window | undefined): string | null {
  const own = window?.unitIds.find((id) => id === person?.unitId)
  return own ?? window?.unitIds[0] ?? null
}
