import { readPath } from './apply.ts'
import type { Json } from './canonical.ts'
import type { AnyCommand } from './command.ts'

/** Where an actor's right stands: at a window, for units, or (with neither) in the whole hall. */
export interface Place {
  windowId: string | null
  unitIds: readonly string[]
}

/**
 * Why an aggregate is not this actor's: it belongs to another window, or to no unit of theirs; undefined when it is.
 * A window or unit with a part of it (`steps`) may do what is marked so (`atStep`), nothing else (SSC-20.3, NBU-8).
 */
export function strangerTo(
  image: Record<string, Json>,
  place: Place,
  { atStep, homes }: Pick<AnyCommand, 'atStep' | 'homes'>,
): 'window' | 'unit' | undefined {
  const { windowId, unitIds } = place
  const isOfHall = windowId === null && unitIds.length === 0
  if (isOfHall || isHome(homes ? homes(image) : readPath(image, 'windowId'), windowId)) return undefined
  if (isOwn(image, place) || (atStep && partsOf(image).some((part) => isOwn(part, place)))) return undefined
  return windowId === null ? 'unit' : 'window'
}

/** Whether the aggregate belongs to this window, or to none. */
function isHome(home: unknown, windowId: string | null): boolean {
  if (Array.isArray(home)) return home.includes(windowId)
  return typeof home !== 'string' || home === windowId
}

function isOwn(part: Json, { windowId, unitIds }: Place): boolean {
  const [at, unit] = [readPath(part, 'windowId'), readPath(part, 'unitId')]
  return (windowId !== null && at === windowId) || (typeof unit === 'string' && unitIds.includes(unit))
}

function partsOf(image: Record<string, Json>): Json[] {
  const steps = readPath(image, 'steps')
  return steps !== null && typeof steps === 'object' ? Object.values(steps as Record<string, Json>) : []
}
