import { NetFault, type Engine } from '../local/engine.ts'
import { serverMeta } from '../local/meta.ts'
import type { ServerMeta } from '../local/store.ts'
import { pullOnce } from './pull.ts'
import { pushOnce } from './push.ts'
import { owesLook } from './recheck.ts'

/** Pushes in a row that decide nothing, before the turn ends. */
const idlePushes = 3

/** What one turn did: whether rows or outcomes moved, how far every scope has been pulled, whether acts still wait. */
export interface Exchanged {
  hasMoved: boolean
  seen: number
  isWaiting: boolean
}

/**
 * Push while acts wait, then pull. A refused push (a revoked tablet's) does not keep the pull from being tried, nor the
 * other way round. Whoever has lost the lead stops at the next request; an answer that comes late does no harm (I20).
 */
export async function exchange(engine: Engine, signal: AbortSignal): Promise<Exchanged> {
  await engine.wholeRegister?.()
  const first = await pushThenPull(engine, signal)
  // What a restored server lacks goes to it at once, not when somebody next looks at this page (I22).
  const again = first.isReborn ? await pushThenPull(engine, signal) : { moved: 0 }
  return { hasMoved: first.moved + again.moved > 0, ...(await standing(engine)) }
}

async function pushThenPull(engine: Engine, signal: AbortSignal): Promise<PulledAll> {
  let refused: NetFault | null = null
  let moved = 0
  try {
    moved += await pushAll(engine, signal)
  } catch (error) {
    if (!(error instanceof NetFault) || error.kind !== 'refused') throw error
    refused = error
  }
  const pulled = await pullAll(engine, signal)
  if (refused) throw refused
  return { ...pulled, moved: moved + pulled.moved }
}

/** How far every scope has been pulled, and whether acts wait, or streams that a restored server is to be asked about. */
export async function standing(engine: Engine): Promise<Pick<Exchanged, 'seen' | 'isWaiting'>> {
  return engine.store.transact('read', ['meta', 'outcome', 'scope'], async (tx) => {
    const cursors = (await tx.all('scope')).map((row) => row.cursor)
    const waiting = await tx.byIndex('outcome', 'open+seq', { prefix: [1], limit: 1 })
    const owes = owesLook(await serverMeta(tx))
    return {
      seen: cursors.length > 0 ? Math.min(...cursors) : 0,
      isWaiting: waiting.length > 0 || owes,
    }
  })
}

/** Send until nothing waits, the server stops the stream, or it decides nothing any more; how many acts were settled. */
async function pushAll(engine: Engine, signal: AbortSignal): Promise<number> {
  let total = 0
  for (let idle = 0; idle < idlePushes && !signal.aborted;) {
    const { sent, settled, stop } = await pushOnce(engine)
    total += settled
    if (sent === 0 || (stop && stop.code !== 'gap')) return total
    idle = settled > 0 ? 0 : idle + 1
  }
  return total
}

/** What pulling brought, and whether the server turned out to stand at an older state. */
interface PulledAll {
  moved: number
  isReborn: boolean
}

/** Pull until every scope followed has caught up; a new one is pulled alone, so that takes as many runs. */
async function pullAll(engine: Engine, signal: AbortSignal): Promise<PulledAll> {
  const scopes = await engine.store.transact('read', ['scope'], (tx) => tx.all('scope'))
  let runs = 1 + scopes.filter((row) => row.cursor === 0 || row.stamp !== null).length
  const sum: PulledAll = { moved: 0, isReborn: false }
  while (runs > 0 && !signal.aborted) {
    const page = await pullOnce(engine)
    if (!page) return sum
    sum.moved += page.rows + page.settled
    sum.isReborn ||= page.isReborn ?? false
    runs += page.restarted ?? 0
    if (page.isLast) runs -= 1
  }
  return sum
}

/** A newer server, or a newer app, may have ended any of them. */
const oldHalts: ServerMeta['halted'][] = ['server-too-old', 'upgrade-required', 'fork']

/** A halt for the server's age, this app's, or a fork without a lane is tried again by every new leader. */
export async function clearOldHalt(engine: Engine): Promise<void> {
  await engine.store.transact('write', ['meta'], async (tx) => {
    const server = await tx.get('meta', 'server')
    if (server?.key === 'server' && oldHalts.includes(server.halted))
      await tx.put('meta', [{ ...server, halted: null }])
  })
}
