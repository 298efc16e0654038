import type { Item } from '../profiles/item-sheet.ts'
import { itemsInForce, succeeds, versionInForce } from '../profiles/in-force.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Proposal } from './window-change.ts'

/** A change of the profile that later versions already planned must carry too. */
export type ProfileEdit = (profile: Profile) => Profile

/** The windows and units of a profile after what was asked for; a window's code leads its case numbers and stays. */
export function withAsk({ ask, newUnits }: Pick<Proposal, 'ask' | 'newUnits'>): ProfileEdit {
  return (profile) => {
    const units = [...profile.units, ...newUnits.filter(({ id }) => !profile.units.some((unit) => unit.id === id))]
    if (ask.what === 'add') return { ...profile, units, windows: [...profile.windows, ask.window] }
    if (ask.what === 'withdraw')
      return { ...profile, units, windows: profile.windows.filter(({ id }) => id !== ask.windowId) }
    const windows = profile.windows.map((window) =>
      window.id === ask.windowId ? { ...ask.window, id: window.id, code: window.code } : window,
    )
    return { ...profile, units, windows }
  }
}

/**
 * The versions to publish so that an edit holds from a day on (NBU-3): one on that day, and each one planned for later
 * anew with the edit in it, since a version of before does not know of it. In the order they take effect.
 */
export function nextVersions(versions: readonly Profile[], edit: ProfileEdit, effectiveOn: string): Profile[] {
  const base = versionInForce(versions, effectiveOn)
  if (!base) return []
  let number = Math.max(...versions.map(({ version }) => version))
  const numbered = (profile: Profile, on: string): Profile => {
    number += 1
    return { ...edit(profile), id: `${profile.hallId}@${String(number)}`, version: number, effectiveOn: on }
  }
  return [
    numbered(base, effectiveOn),
    ...plannedAfter(versions, effectiveOn).map((one) => numbered(one, one.effectiveOn)),
  ]
}

/** Versions that will each be in force some day after a day, in order. */
function plannedAfter(versions: readonly Profile[], on: string): Profile[] {
  const days = [...new Set(versions.map(({ effectiveOn }) => effectiveOn))].filter((day) => day > on).sort()
  return days.flatMap((day) => {
    const there = versions.filter(({ effectiveOn }) => effectiveOn === day)
    const last = there.reduce((best, one) => (succeeds(one, best) ? one : best))
    return [last]
  })
}

/**
 * New versions of items with something changed: the ones in force on a day from that day on, and those planned for
 * later anew on their own day.
 */
export function nextItems(
  items: readonly Item[],
  effectiveOn: string,
  change: (item: Item) => Partial<Item> | null,
): Item[] {
  const later = items.filter((item) => item.effectiveOn > effectiveOn && item.retiredOn === null)
  const numbers = new Map<string, number>()
  for (const { code, version } of items) numbers.set(code, Math.max(numbers.get(code) ?? 0, version))
  const renewed = (item: Item, on: string): Item[] => {
    const changed = change(item)
    if (!changed) return []
    const { hallId, code } = item
    const version = (numbers.get(code) ?? 0) + 1
    numbers.set(code, version)
    return [
      { ...item, ...changed, id: `${hallId}:${code}@${String(version)}`, version, effectiveOn: on, retiredOn: null },
    ]
  }
  return [
    ...itemsInForce(items, effectiveOn).flatMap((item) => renewed(item, effectiveOn)),
    ...later.toSorted((a, b) => (succeeds(a, b) ? 1 : -1)).flatMap((item) => renewed(item, item.effectiveOn)),
  ]
}

/** Items of a window on a day: what must move before the window goes. */
export function itemsAt(items: readonly Item[], windowId: string, on: string): Item[] {
  return itemsInForce(items, on).filter((item) => item.windowId === windowId)
}

/** Items of a day whose window the day's profile does not have: shown to the supervisor until they have one. */
export function strayItems(items: readonly Item[], profile: Profile, on: string): Item[] {
  const known = new Set(profile.windows.map(({ id }) => id))
  return itemsInForce(items, on).filter(({ windowId }) => !known.has(windowId))
}

/** Whether a profile holds what was approved: a version published meanwhile by somebody else may lack it. */
export function holdsAsk({ ask }: Pick<Proposal, 'ask'>, profile: Profile): boolean {
  const there = profile.windows.find(({ id }) => id === (ask.what === 'add' ? ask.window.id : ask.windowId))
  if (ask.what === 'withdraw') return there === undefined
  return (
    there !== undefined &&
    there.name === ask.window.name &&
    there.place === ask.window.place &&
    there.unitIds.join() === ask.window.unitIds.join()
  )
}
