import { Fault, tooMany } from '../http/fault.ts'
import { openGate, type Gate } from '../db/gate.ts'
import { StoreUnavailable } from './store-verbs.ts'

/** How many pushes of a hall are judged at once, how many a device may make in a minute, how long one waits for its turn. */
export interface PushLimits {
  readonly atOnce: number
  readonly aMinute: number
  readonly waitMs: number
}

/** sync.md §10 and reliability.md T14. Each server instance counts for itself: with two of them a hall has twice as much. */
export const usualLimits: PushLimits = { atOnce: 5, aMinute: 60, waitMs: 5_000 }

/** Runs a device's push when it is its hall's turn; a device that asks too often, or waits too long, is told when to come again. */
export type PushTurn = <T>(device: { id: string; hallId: string }, run: () => Promise<T>) => Promise<T>

const minuteMs = 60_000
/** An answer comes within the limits of the store; this only ends a wait that nothing else would. */
const longestMs = 60_000

/**
 * Push limits by the device's key, never by its address: a whole campus may stand behind one (T14). The clock is the
 * process's own, so a step of the wall clock neither frees nor blocks anybody (F27).
 */
export function pushTurns(limits: PushLimits = usualLimits, clock: () => number = () => performance.now()): PushTurn {
  const buckets = new Map<string, { left: number; at: number }>()
  const halls = new Map<string, Gate>()
  const devices = new Map<string, Gate>()

  function take(id: string): void {
    const now = clock()
    const held = buckets.get(id) ?? { left: limits.aMinute, at: now }
    const left = Math.min(limits.aMinute, held.left + ((now - held.at) * limits.aMinute) / minuteMs)
    if (left < 1) throw tooMany(((1 - left) * minuteMs) / limits.aMinute / 1000)
    buckets.set(id, { left: left - 1, at: now })
    if (buckets.size > 10_000) for (const [key, { at }] of buckets) if (now - at > minuteMs) forget(key)
  }

  function forget(id: string): void {
    buckets.delete(id)
    devices.delete(id)
  }

  /** One push of a device at a time: with several it would hold every place of its hall (T14). Its wait is nobody else's. */
  function ownGate(id: string): Gate {
    const gate = devices.get(id) ?? openGate({ slots: 1, waitMs: limits.waitMs * 10, answerMs: longestMs })
    devices.set(id, gate)
    return gate
  }

  function gateOf(hallId: string): Gate {
    const gate = halls.get(hallId) ?? openGate({ slots: limits.atOnce, waitMs: limits.waitMs, answerMs: longestMs })
    halls.set(hallId, gate)
    return gate
  }

  return async ({ id, hallId }, run) => {
    take(id)
    try {
      return await ownGate(id)(() => gateOf(hallId)(run))
    } catch (error) {
      if (error instanceof StoreUnavailable) throw new Fault('busy', { headers: { 'Retry-After': '1' } })
      throw error
    }
  }
}
