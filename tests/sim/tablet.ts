import type { Engine, Signer } from '../../client/local/engine.ts'
import type { Role } from '../../shared/core/roles.ts'
import type { Window } from './hall-data.ts'
import type { DiskImage, MemoryDisk } from './memory-store.ts'
import type { Line } from './network.ts'
import type { Proc, Scheduler } from './scheduler.ts'

/** A person with the key and grant they have on one tablet. */
export interface Person {
  name: string
  role: Role
  windowId: string | null
  secret: string
  signer: Signer
}

/** One open page of a tablet. */
export interface Tab {
  name: string
  tablet: Tablet
  proc: Proc
  engine: Engine
  signedIn: Person
  /** One push and one pull in flight at most, as the leader's loop has it. */
  isSyncing: boolean
  /** Whether it has led before. */
  hasLed: boolean
}

/** Which build of the app a tablet runs: the one before this one, or this one. */
export type Release = 'before' | 'this'

/** An enrolled tablet, or the browser of the supervisor's PC. */
export interface Tablet extends Line {
  disk: MemoryDisk
  window: Window | null
  follows: string[]
  people: Person[]
  tabs: Tab[]
  /** How many tabs it has had: each has a name of its own. */
  opened: number
  /** The first life of its store. */
  streamId: string
  clock: TabletClock
  isAnswered: boolean
  release: Release
  /** Whether it has come from the release before to this one. */
  hasUpdated: boolean
  /** A row was lost beneath it. */
  hasRotted: boolean
  /** What its disk held at an earlier moment, to which it may go back (R6). */
  old: DiskImage | null
  /** How often it went back. */
  forks: number
}

/** How pages of the release before name their build. */
export const buildBefore = 'sim-before'

/** The new build is there: pages opened from now on run it. */
export function update(tablet: Tablet): void {
  tablet.hasUpdated ||= tablet.release === 'before'
  tablet.release = 'this'
}

/** A tablet's clocks: the wall may jump and drift, the monotonic one only runs. */
export class TabletClock {
  offset = 0
  drift = 0
  boot = 'boot-1'
  #bootedAt: number
  readonly #sim: Scheduler

  constructor(sim: Scheduler) {
    this.#sim = sim
    this.#bootedAt = sim.now
  }

  wall(): number {
    return Math.floor(this.#sim.now + this.offset + (this.#sim.now - this.#bootedAt) * this.drift)
  }

  mono(): number {
    return Math.floor((this.#sim.now - this.#bootedAt) * (1 + this.drift))
  }

  reboot(): void {
    this.boot = `boot-${Number(this.boot.slice(5)) + 1}`
    this.#bootedAt = this.#sim.now
  }
}
