import type { LiveHint } from '../../shared/wire/push.ts'
import { hallClocks, listen, notify } from '../db/hall-queries.ts'
import type { Db } from '../db/pg.ts'

/** Who hears hints of a hall; `end` is called when the server stops. */
export interface Ear {
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

const channel = 'changkai_hall'
const rereadMs = 5_000
const quietMs = 100

interface Watch {
  readonly db: Db
  readonly ears: Map<string, Set<Ear>>
  readonly told: Map<string, LiveHint>
  readonly waiting: Map<string, { pos: number | null; timer: NodeJS.Timeout }>
  unlisten: (() => Promise<void>) | null
  isListening: boolean
  isClosed: boolean
}

/**
 * Opens the wake-up of one instance. It holds nothing that a second instance would miss: the truth is `hall_clock`,
 * which it reads anew every `everyMs`.
 */
export function openWake(db: Db, everyMs = rereadMs): Wake {
  const watch: Watch = {
    ...{ db, ears: new Map(), told: new Map(), waiting: new Map() },
    ...{ unlisten: null, isListening: false, isClosed: false },
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
  const ears = watch.ears.get(hallId) ?? new Set()
  watch.ears.set(hallId, ears.add(ear))
  watch.told.delete(hallId) // so that the newcomer hears the position whatever the others know
  void reread(watch)
  return () => {
    ears.delete(ear)
    if (ears.size === 0) watch.ears.delete(hallId)
  }
}

// What is not reached now is reached at the next turn: hints may be late, never wrong.
async function reread(watch: Watch): Promise<void> {
  if (watch.isClosed || watch.ears.size === 0) return
  if (!watch.isListening) void startListening(watch)
  const clocks = await hallClocks(watch.db, [...watch.ears.keys()]).catch(() => new Map<string, LiveHint>())
  for (const [hallId, clock] of clocks) tell(watch, hallId, clock)
}

async function startListening(watch: Watch): Promise<void> {
  watch.isListening = true
  try {
    const unlisten = await listen(watch.db, channel, {
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

function tell(watch: Watch, hallId: string, clock: LiveHint): void {
  const last = watch.told.get(hallId)
  const isOld = last?.epoch === clock.epoch && clock.pos <= last.pos
  if (isOld) return
  watch.told.set(hallId, clock)
  for (const ear of watch.ears.get(hallId) ?? []) ear.hint(clock)
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
