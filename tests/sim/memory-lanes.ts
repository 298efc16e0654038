import { lostLane } from '../../server/sync/open-request.ts'

/** Who has a lane, and the stream that prints from it; null: a spare. */
export interface Lane {
  readonly deviceId: string
  readonly streamId: string | null
}

/** The lanes of a hall (sync.md 1.5): each code once for ever. */
export class MemoryLanes {
  #held = new Map<string, Lane>()

  /** A code of our own choice for a stream, as enrolment would give it. */
  take(code: string, lane: Lane): void {
    this.#held.set(code, lane)
  }

  /** A new spare for a device. */
  give(deviceId: string): string {
    let n = 1
    while (this.#held.has(`Z${n}`)) n += 1
    this.#held.set(`Z${n}`, { deviceId, streamId: null })
    return `Z${n}`
  }

  spareOf(deviceId: string, but: string | null = null): string | null {
    return (
      [...this.#held].find(([code, one]) => one.deviceId === deviceId && !one.streamId && code !== but)?.[0] ?? null
    )
  }

  /** Whether the device may print from it from now on; it then has another spare. */
  claim(code: string, { deviceId, streamId }: { deviceId: string; streamId: string }): boolean {
    const held = this.#held.get(code)
    if (!held || held.streamId !== null || ![deviceId, lostLane].includes(held.deviceId)) return false
    this.#held.set(code, { deviceId, streamId })
    if (this.spareOf(deviceId, code) === null) this.give(deviceId)
    return true
  }

  /** The next codes, which may have been given out since the backup. */
  setAside(count: number): void {
    for (let i = 0; i < count; i += 1) this.give(lostLane)
  }

  copy(): ReadonlyMap<string, Lane> {
    return new Map(this.#held)
  }

  restore(held: ReadonlyMap<string, Lane>): void {
    this.#held = new Map(held)
  }
}
