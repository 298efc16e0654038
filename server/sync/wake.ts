import type { LiveHint } from '../../shared/wire/push.ts'
import { hallPulses, listen, notify, type HallPulse } from '../db/live-queries.ts'
import type { Client, Db } from '../db/pg.ts'

/** Who hears hints of a hall; `end` is called when the server stops, or the device is revoked. */
export interface Ear {
  readonly deviceId?: string
  hint(hint: LiveHint): void
  end(): void
}

/** Hints that a hall has moved (sync.md §5): never data, and losing all of them costs 5 s at most. */
export interface Wake {
  /** A batch of the hall stands at `pos`: told here at once, to other instances at most every 100 ms. */
  appended(hallId: string, pos: number): void
  /** Hear of a hall from now on; the first hint comes by itself. Returns how to stop. */
  follow(hallId: string, ear: Ear): () => void
  close(): Promise<void>
}

/** How an instance listens: over which line (its own to Postgres, never a pooler), and how often it looks by itself. */
export interface WakeOptions {
  readonly line?: Client
  readonly everyMs?: number
}

const channel = 'changkai_hall'
const rereadMs = 5_000
const quietMs = 100
/** A reading without an answer is left behind, or one hung statement would deafen the instance for good. */
const readMs = 10_000

interface Watch {
  readonly db: Db
  readonly line: Client
  readonly ears: Map<string, Set<Ear>>
  /** Who has not been greeted yet: the next reading tells them, and only them, what the others know. */
  readonly fresh: Set<Ear>
  readonly told: Map<string, LiveHint>
  readonly waiting: Map<string, { pos: number | null; timer: NodeJS.Timeout }>
  unlisten: (() => Promise<void>) | null
  isListening: boolean
  isReading: boolean
  isAsked: boolean
  isClosed: boolean
}

/**
 * Opens the wake-up of one instance. It holds nothing that a second instance would miss: the truth is `hall_clock`,
 * which it reads anew every 5 s, for all halls followed here in one query.
 */
export function openWake(db: Db, { line = db.$client, everyMs = rereadMs }: WakeOptions = {}): Wake {
  const watch: Watch = {
    ...{ db, line, ears: new Map(), fresh: new Set(), told: new Map(), waiting: new Map() },
    ...{ unlisten: null, isListening: false, isReading: false, isAsked: false, isClosed: false },
  }
  const timer = setInterval(() => void reread(watch), everyMs)
  timer.unref()
  return {
    appended: (hallId, pos) => {
      moved(watch, hallId, pos)
      spread(watch, hallId, pos)
    },
    follow: (hallId, ear) => follow(watch, hallId, ear),
    close: async () => {
      clearInterval(timer)
      await close(watch)
    },
  }
}

function follow(watch: Watch, hallId: string, ear: Ear): () => void {
  if (watch.isClosed) queueMicrotask(() => ear.end())
  const ears = watch.ears.get(hallId) ?? new Set()
  watch.ears.set(hallId, ears.add(ear))
  watch.fresh.add(ear)
  void reread(watch)
  return () => {
    watch.fresh.delete(ear)
    ears.delete(ear)
    if (ears.size > 0 || watch.ears.get(hallId) !== ears) return
    watch.ears.delete(hallId)
    watch.told.delete(hallId)
  }
}

/** One reading at a time: 200 tablets that come back at once are greeted by two. */
async function reread(watch: Watch): Promise<void> {
  watch.isAsked = true
  if (watch.isReading) return
  watch.isReading = true
  try {
    while (watch.isAsked && !watch.isClosed && watch.ears.size > 0) {
      watch.isAsked = false
      if (!watch.isListening) void startListening(watch)
      for (const [hallId, pulse] of await pulses(watch)) take(watch, hallId, pulse)
    }
  } finally {
    watch.isReading = false
  }
}

// What is not reached now is reached at the next turn: hints may be late, never wrong.
async function pulses(watch: Watch): Promise<Map<string, HallPulse>> {
  const nothing = new Map<string, HallPulse>()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<typeof nothing>((resolve) => {
    timer = setTimeout(() => resolve(nothing), readMs)
  })
  const read = await Promise.race([hallPulses(watch.db, [...watch.ears.keys()]).catch(() => nothing), late])
  clearTimeout(timer)
  return read
}

function take(watch: Watch, hallId: string, { clock, revoked }: HallPulse): void {
  const gone = new Set(revoked)
  for (const ear of watch.ears.get(hallId) ?? []) if (ear.deviceId && gone.has(ear.deviceId)) ear.end()
  tell(watch, hallId, clock)
}

async function startListening(watch: Watch): Promise<void> {
  watch.isListening = true
  try {
    const unlisten = await listen(watch.line, channel, {
      message: (payload) => heard(watch, payload),
      ready: () => void reread(watch), // what was said while the line was down is lost (R18)
    })
    if (watch.isClosed) await unlisten()
    else watch.unlisten = unlisten
  } catch {
    watch.isListening = false
  }
}

function heard(watch: Watch, payload: string): void {
  const at = payload.lastIndexOf(':')
  const pos = Number(payload.slice(at + 1))
  if (at > 0 && Number.isSafeInteger(pos)) moved(watch, payload.slice(0, at), pos)
}

/** A position without its epoch: that of the last reading stands, and the next reading corrects it after a restore. */
function moved(watch: Watch, hallId: string, pos: number): void {
  const last = watch.told.get(hallId)
  if (last && pos > last.pos) tell(watch, hallId, { epoch: last.epoch, pos })
  if (!last && watch.ears.has(hallId)) void reread(watch)
}

/** Everybody hears a new position; one that is known only those who have heard nothing yet. */
function tell(watch: Watch, hallId: string, clock: LiveHint): void {
  const last = watch.told.get(hallId)
  const isOld = last?.epoch === clock.epoch && clock.pos <= last.pos
  const now = isOld ? last : clock
  watch.told.set(hallId, now)
  for (const ear of watch.ears.get(hallId) ?? []) {
    if (isOld && !watch.fresh.has(ear)) continue
    watch.fresh.delete(ear)
    ear.hint(now)
  }
}

function spread(watch: Watch, hallId: string, pos: number): void {
  if (watch.isClosed) return
  const waiting = watch.waiting.get(hallId)
  if (waiting) {
    waiting.pos = Math.max(waiting.pos ?? 0, pos)
    return
  }
  const timer = setTimeout(() => {
    const last = watch.waiting.get(hallId)?.pos ?? null
    watch.waiting.delete(hallId)
    if (last !== null) spread(watch, hallId, last)
  }, quietMs)
  timer.unref()
  watch.waiting.set(hallId, { pos: null, timer })
  notify(watch.db, channel, `${hallId}:${String(pos)}`).catch(() => undefined) // other instances read it within 5 s
}

async function close(watch: Watch): Promise<void> {
  watch.isClosed = true
  for (const { timer } of watch.waiting.values()) clearTimeout(timer)
  const ears = [...watch.ears.values()].flatMap((one) => [...one])
  for (const ear of ears) ear.end()
  await watch.unlisten?.().catch(() => undefined) // the line may be gone already
}
