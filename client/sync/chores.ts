import { RescueKey } from '../../shared/wire/rescue.ts'
import type { Engine } from '../local/engine.ts'
import { isRescueKeyDue, keepRescueKey } from '../local/rescue.ts'
import { serverTime } from '../local/grants.ts'
import { serverMeta } from '../local/meta.ts'
import { clearRoom, roomLevel } from '../local/space.ts'
import { readRoom } from '../local/storage.ts'
import { fetchJson } from './online.ts'

/** The least time between two rounds of chores. */
const restMs = 60_000

/** What the leading tab does beside sending and fetching, between its turns; never two rounds at once. */
export interface Chores {
  /** A turn ended; `isAnswered`: by the server, whose clock is therefore known. */
  turned(isAnswered: boolean): void
}

/** The chores of this browser. None may end a turn: what fails is reported and tried again a minute later. */
export function makeChores(engine: Engine): Chores {
  let isBusy = false
  let notBefore = 0
  return {
    turned(isAnswered) {
      const now = engine.clock.mono()
      if (isBusy || !isAnswered || now < notBefore) return
      isBusy = true
      notBefore = now + restMs
      void round(engine).finally(() => {
        isBusy = false
      })
    },
  }
}

async function round(engine: Engine): Promise<void> {
  for (const [name, chore] of Object.entries({ fetchRescueKey, makeRoom })) {
    await chore(engine).catch((error: unknown) => {
      engine.report('chore-failed', { chore: name, why: error instanceof Error ? error.name : 'unknown' })
    })
  }
}

/** A tablet enrolled before there were rescue files, or long ago, asks for the key while it can. */
async function fetchRescueKey({ store, clock }: Engine): Promise<void> {
  if (!(await isRescueKeyDue(store, clock.wall()))) return
  await keepRescueKey(store, await fetchJson(RescueKey, '/api/v1/rescue-key'), clock.wall())
}

/** With room enough, what is old is looked for once in so long. */
const calmMs = 3_600_000
let clearedAt = -calmMs

/** Settled acts older than 14 days go, and from 70 % of the quota closed cases (sync.md 2.4). */
async function makeRoom({ store, clock, report }: Engine): Promise<void> {
  const { percent } = await readRoom()
  const level = roomLevel(percent)
  if (level === 'ok' && clock.mono() - clearedAt < calmMs) return
  clearedAt = clock.mono()
  const { samples } = await store.transact('read', ['meta'], serverMeta)
  const { acts, cases } = await clearRoom(store, { now: serverTime(clock, samples), level })
  if (acts + cases > 0) report('room-made', { acts, cases, percent: percent ?? -1 })
}
