import { staffSetting } from '../../shared/profiles/staff-settings.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import type { Person, PostAsked } from '../../shared/staff/index.ts'

type Window = Profile['windows'][number]

/** Roles one may be given at a window, in the hall's word; 后台 only where the hall has one (SSC 九, NBU 四.2). */
export function windowRoles(word: string, profile: Profile | null): { id: PostAsked['role']; label: string }[] {
  return [
    { id: 'roleA', label: `A${word}` },
    { id: 'roleB', label: `B${word}` },
    ...(profile?.settings.hasBackOffice.value === false ? [] : [{ id: 'backOffice' as const, label: '后台' }]),
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

/** Posts of a unit rather than of a window: its back office and its leaders (NBU-8). */
export function isUnitRole(role: PostAsked['role']): boolean {
  return role === 'backOffice' || role === 'approver'
}

/** The window a unit's post stands at: the unit's first; none for a unit without one. */
export function windowOf(unitId: string, profile: Profile): string | null {
  return profile.windows.find(({ unitIds }) => unitIds.includes(unitId))?.id ?? null
}

/** The unit a post belongs to: the person's own if it keeps the window, else the window's first. */
export function unitFor(person: Person | undefined, window: Window | undefined): string | null {
  const own = window?.unitIds.find((id) => id === person?.unitId)
  return own ?? window?.unitIds[0] ?? null
}
