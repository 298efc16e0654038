import { z } from 'zod'
import { day } from './text.ts'

/** What a person may act as (sync.md's only roles); *student assistant* is a kind of person, not a role. */
export const roles = ['roleA', 'roleB', 'backOffice', 'approver', 'supervisor', 'admin', 'system'] as const
export const Role = z.enum(roles)
export type Role = z.infer<typeof Role>

/**
 * One right of a grant: a role, at one window or (null) in the whole hall; `mayNot` are commands the hall keeps from
 * it (OFF-5). It stands in the signed grant, so no tablet can escape it by naming an older profile. `unitId`: for that
 * unit's part of a matter only (协办、检查复核、审批: NBU-8). `on`: only on
 * these days, the turn of the unit at a jointly kept window (NBU-17, SZIT-2).
 */
export const RoleAt = z.strictObject({
  role: Role,
  windowId: z.string().max(64).nullable(),
  mayNot: z.array(z.string().max(64)).max(40).optional(),
  unitId: z.string().max(64).optional(),
  on: z.array(day).max(40).optional(),
})
export type RoleAt = z.infer<typeof RoleAt>

/** Whether a role looks at the whole hall (督查). */
export function isSupervising(role: string | undefined): boolean {
  return role === 'supervisor' || role === 'admin'
}

/** Whether a role answers for a unit behind the windows (后台, 审批). */
export function isOfUnit(role: string | undefined): boolean {
  return role === 'backOffice' || role === 'approver'
}

/** The word on screen and paper; `roleWord` is the profile's 角 or 岗. */
export function roleLabel(role: Role, roleWord: string): string {
  const labels: Record<Role, string> = {
    roleA: `A${roleWord}`,
    roleB: `B${roleWord}`,
    backOffice: '后台',
    approver: '审批',
    supervisor: '督查',
    admin: '管理员',
    system: '系统',
  }
  return labels[role]
}
