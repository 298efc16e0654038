import type { Role } from '../../shared/core/roles.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { isDesk, nobodysBy } from '../../shared/reception/limits.ts'
import type { Viewer } from './contact-count.ts'

/** Who goes on with what is nobody's here, and whether this window is the desk. */
export function nobodysOf(profile: Profile, windowId: string | null): NonNullable<Viewer['nobodys']> {
  return { by: nobodysBy(profile), isDesk: isDesk(profile, windowId) }
}

/** Whether a role looks at the whole hall (督查). */
export function isSupervising(role: Role | undefined): boolean {
  return role === 'supervisor' || role === 'admin'
}

/** Whether a role answers for a unit behind the windows (后台, 审批). */
export function isOfUnit(role: Role | undefined): boolean {
  return role === 'backOffice' || role === 'approver'
}
