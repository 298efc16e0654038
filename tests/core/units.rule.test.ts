import { expect, test } from 'vitest'
import { mayFollow } from '../../server/sync/scope.ts'
import { commands } from '../../shared/commands.ts'
import { missingRight } from '../../shared/core/kernel.ts'
import type { RoleAt } from '../../shared/core/roles.ts'

const browser = { kind: 'browser' as const, windowIds: [], revokedAt: null }
const tablet = { kind: 'tablet' as const, windowIds: ['w1'], revokedAt: null }
const approver: RoleAt = { role: 'approver', windowId: null, unitId: 'library' }

test('[NBU-8] a unit is followed by the own browser of its back office and leaders, by nobody else', () => {
  const may = (device: typeof browser | typeof tablet, role: RoleAt, scope = 'unit:library') =>
    mayFollow(device, { roles: [role] }, scope)
  expect(may(browser, approver)).toBe(true)
  expect(may(browser, { ...approver, role: 'backOffice' })).toBe(true)
  expect(may(browser, approver, 'unit:finance')).toBe(false)
  expect(may(browser, { role: 'approver', windowId: null })).toBe(false)
  expect(may(browser, { ...approver, role: 'supervisor' })).toBe(false)
  expect(may(browser, approver, 'supervisor')).toBe(false)
  expect(may(browser, approver, 'window:w1')).toBe(false)
  expect(may(tablet, { ...approver, windowId: 'w1' })).toBe(false)
  expect(mayFollow({ ...browser, revokedAt: 1 }, { roles: [approver] }, 'unit:library')).toBe(false)
})

const note = commands.get('case.note@1')
if (!note) throw new Error('no command case.note')

test('[NBU-8] a right for a unit reaches only what has a part of that unit, and of that only what is open to parts', () => {
  const right: RoleAt = { role: 'backOffice', windowId: null, unitId: 'library' }
  const asking = { role: 'backOffice' as const, windowId: null, roles: [right] }
  const row = (unitId: string) => ({ ver: 1, image: { windowId: 'w1', steps: { s1: { unitId, windowId: null } } } })
  const open = { ...note, atStep: true }
  expect(missingRight(open, row('library'), asking)).toBeUndefined()
  expect(missingRight(open, row('finance'), asking)).toEqual({ why: 'unit' })
  expect(missingRight({ ...note, atStep: false }, row('library'), asking)).toEqual({ why: 'unit' })
  expect(missingRight(open, { ver: 1, image: { windowId: 'w1' } }, asking)).toEqual({ why: 'unit' })
  const ofHall = { ...asking, roles: [{ role: 'backOffice' as const, windowId: null }] }
  expect(missingRight(note, row('finance'), ofHall)).toBeUndefined()
})

test('[SSC-20.3] another window with a part may do what is open to parts; the matter stays its own window’s', () => {
  const asking = { role: 'roleA' as const, windowId: 'w2', roles: [{ role: 'roleA' as const, windowId: 'w2' }] }
  const row = { ver: 1, image: { windowId: 'w1', steps: { s1: { unitId: 'u', windowId: 'w2' } } } }
  expect(missingRight({ ...note, atStep: true }, row, asking)).toBeUndefined()
  expect(missingRight({ ...note, atStep: false }, row, asking)).toEqual({ why: 'window' })
  const elsewhere = { ...asking, windowId: 'w3', roles: [{ role: 'roleA' as const, windowId: 'w3' }] }
  expect(missingRight({ ...note, atStep: true }, row, elsewhere)).toEqual({ why: 'window' })
})
