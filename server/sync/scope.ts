import { isOfUnit, isSupervising } from '../../shared/core/roles.ts'
import type { DeviceReach } from '../db/hall-queries.ts'
import type { DeviceAuth } from '../http/env.ts'

type Device = Pick<DeviceAuth, 'kind' | 'windowIds' | 'revokedAt'>

/** Only a supervisor's own browser: a tablet at a window is shared, whoever is signed in (sync.md 4.2). */
function isSupervisors({ kind }: Device, { roles }: Pick<DeviceReach, 'roles'>): boolean {
  return kind === 'browser' && roles.some(({ role }) => isSupervising(role))
}

/** Matters with a part of the unit: only the own browser of its back office and leaders (sync.md 4.2). */
function isUnits({ kind }: Device, { roles }: Pick<DeviceReach, 'roles'>, unit: string): boolean {
  return kind === 'browser' && roles.some(({ role, unitId }) => isOfUnit(role) && unitId === unit)
}

/** Whether a device may follow a scope; a revoked one may follow nothing (P12). */
export function mayFollow(device: Device, reach: Pick<DeviceReach, 'roles'>, scope: string): boolean {
  if (device.revokedAt !== null) return false
  if (scope === 'hall') return true
  if (scope.startsWith('unit:')) return isUnits(device, reach, scope.slice('unit:'.length))
  if (scope.startsWith('window:') && device.windowIds.includes(scope.slice('window:'.length))) return true
  return isSupervisors(device, reach) && (scope === 'supervisor' || scope.startsWith('window:'))
}

/** The scopes an answer to a push is read in: those the device stands in, and those of what it has just touched. */
export function pushScopes(device: Device, reach: Pick<DeviceReach, 'roles'>, touched: readonly string[]): string[] {
  const own = ['hall', 'supervisor', ...device.windowIds.map((id) => `window:${id}`)]
  return [...new Set([...own, ...touched])].filter((scope) => mayFollow(device, reach, scope))
}
