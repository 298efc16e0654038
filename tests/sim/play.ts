import type { Confirmed } from './invariants-rest.ts'
import type { Rng } from './random.ts'
import type { Tab, Tablet, World } from './world.ts'

/** What a step works on: the world, its chance, and the list of acts that were confirmed. */
export interface Play {
  world: World
  rng: Rng
  confirmed: Confirmed[]
  /** How far the history has come, 0 … 1. */
  progress: number
}

/** One step of a history. */
export type Step = (play: Play) => void | Promise<void>

/** A tab that is open somewhere, or null. */
export function anyTab({ world, rng }: Play): Tab | null {
  return world.tabs.length > 0 ? rng.pick(world.tabs) : null
}

/** A tablet or the PC. */
export function anyTablet({ world, rng }: Play): Tablet {
  return rng.pick(world.tablets)
}
