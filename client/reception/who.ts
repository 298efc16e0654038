import type { Role } from '../../shared/core/roles.ts'

/** Whether a role looks at the whole hall (督查). */
export function isSupervising(role: Role | undefined): boolean {
  return role === 'supervisor' || role === 'admin'
}

/** Whether a role answers for a unit behind the windows (后台, 审批). */
export function isOfUnit(role: Role | undefined): boolean {
  return role === 'backOffice' || role === 'approver'
}
