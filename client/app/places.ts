import { isOfUnit, isSupervising, type Role } from '../../shared/core/roles.ts'
import type { RailItem } from '../ui/types.ts'

/** Whether a role works at a window. */
export function isAtWindow(role: Role | undefined): boolean {
  return role === 'roleA' || role === 'roleB'
}

/** Where a person begins. */
export function homeOf(role: Role | undefined): string {
  if (isSupervising(role)) return '/supervise'
  if (isOfUnit(role)) return '/approvals'
  return isAtWindow(role) ? '/window' : '/cases'
}

/** The rail of a person: only places that work for them; `count` is what waits there; 预约 where the hall takes any. */
export function placesOf(
  role: Role | undefined,
  counts: { handover?: number | undefined; reception?: number | undefined; hasAppointment?: boolean },
): RailItem[] {
  const places: RailItem[] = []
  if (isAtWindow(role)) places.push({ id: 'window', label: '窗口', icon: 'window', href: '/window' })
  if (!isSupervising(role))
    places.push({ id: 'reception', label: '首问', icon: 'people', href: '/reception', count: counts.reception })
  if (isOfUnit(role)) places.push({ id: 'approvals', label: '审批', icon: 'stamp', href: '/approvals' })
  places.push({ id: 'cases', label: '办件', icon: 'list', href: '/cases' })
  if (counts.hasAppointment && !isOfUnit(role))
    places.push({ id: 'slots', label: '预约', icon: 'calendar', href: '/slots' })
  places.push({ id: 'items', label: '事项', icon: 'book', href: '/items' })
  if (isSupervising(role)) {
    places.push({ id: 'supervise', label: '督查', icon: 'scale', href: '/supervise', count: counts.reception })
    places.push({ id: 'settings', label: '设置', icon: 'gear', href: '/settings' })
  }
  if (isAtWindow(role))
    places.push({ id: 'handover', label: '交接班', icon: 'swap', href: '/handover', count: counts.handover })
  return [
    ...places,
    { id: 'more', label: '更多', icon: 'dots', href: '#more', end: true, wideOnly: true },
    { id: 'lock', label: '锁屏', icon: 'lock', href: '#lock', end: true, wideOnly: true },
  ]
}
