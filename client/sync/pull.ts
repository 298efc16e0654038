import { schemaNumber } from '../../shared/core/envelope.ts'
import { Frame } from '../../shared/wire/frame.ts'
import { maxPage } from '../../shared/wire/push.ts'
import { countScope, dueScope } from '../local/digests.ts'
import { NetFault, type Engine } from '../local/engine.ts'
import { oldestOpen, serverMeta, streamMeta } from '../local/meta.ts'
import { settleFrame } from '../local/settle.ts'
import type { ScopeRow, Tx } from '../local/store.ts'
import { sampleOf } from './clock.ts'

/** What one page brought, and whether another waits behind it. */
export interface Pulled {
  rows: number
  settled: number
  pos: number
  isLast: boolean
  /** Scopes to begin again as snapshots, because the cursor was older than the server's memory of what left them. */
  restarted?: number
}

/**
 * Pull one page and take it in. Scopes that have caught up go together from the least cursor; a new scope goes alone,
 * as a snapshot, until it has (sync.md 4.3, 4.4). Returns null when nothing is followed. Throws `NetFault`.
 */
export async function pullOnce(engine: Engine): Promise<Pulled | null> {
  const stampIfNew = engine.entropy.uuid()
  const ask = await engine.store.transact('write', ['meta', 'outcome', 'scope'], (tx) => readAsk(tx, stampIfNew))
  if (!ask) return null
  const scopes = ask.group.map((row) => row.scope)
  const stamp = ask.group[0]?.stamp ?? null
  const t0 = Math.floor(engine.clock.wall())
  const answer = Frame.safeParse(await engine.net.pull(queryOf(ask, { scopes, t0 })))
  if (!answer.success) throw new NetFault('portal')
  const frame = answer.data
  const sample = sampleOf({ t0, ...frame.clock, t3: Math.floor(engine.clock.wall()) }, engine.clock)
  if (await restartOnNewEpoch(engine, ask, frame)) return { rows: 0, settled: 0, pos: frame.pos, isLast: false }
  if (frame.restart) return restartScopes(engine, ask, frame.pos)
  const { streamId, since } = ask
  const settled = await settleFrame(engine, frame, { streamId, scopes, stamp, sample, cursorScopes: scopes, since })
  const pulled = { rows: frame.rows.length, settled, pos: frame.pos, isLast: frame.isLast ?? true }
  await countIfIdle(engine, ask, { pulled, now: frame.clock.t2 })
  return pulled
}

/** Nothing came: time to count the rows of a scope anew, if that is due (sync.md 4.6). */
async function countIfIdle(engine: Engine, ask: Ask, { pulled, now }: { pulled: Pulled; now: number }): Promise<void> {
  if (!pulled.isLast || pulled.rows + pulled.settled > 0) return
  const due = dueScope(ask.group, now)
  if (due) await countScope(engine, due.scope, now)
}

interface Ask {
  group: ScopeRow[]
  since: number
  streamId: string
  firstUnsettled: number
  epoch: string | null
}

/** A snapshot's stamp is written before it is asked for, so that what a push brings meanwhile carries it too. */
async function readAsk(tx: Tx, stampIfNew: string): Promise<Ask | null> {
  const stream = await streamMeta(tx)
  const group = scopesToPull(await tx.all('scope'), stampIfNew)
  if (!stream || group.length === 0) return null
  if (group.some((row) => row.stamp === stampIfNew)) await tx.put('scope', group)
  return {
    group,
    since: Math.min(...group.map((row) => row.cursor)),
    streamId: stream.streamId,
    firstUnsettled: (await oldestOpen(tx))?.seq ?? stream.nextSeq,
    epoch: (await serverMeta(tx)).epoch,
  }
}

/** A snapshot under way, else a scope that needs one, else all that have caught up. */
function scopesToPull(scopes: readonly ScopeRow[], stampIfNew: string): ScopeRow[] {
  const underWay = scopes.find((row) => row.stamp !== null && row.cursor > 0)
  if (underWay) return [underWay]
  const fresh = scopes.find((row) => row.cursor === 0)
  return fresh ? [{ ...fresh, stamp: stampIfNew }] : [...scopes]
}

function queryOf(ask: Ask, { scopes, t0 }: { scopes: readonly string[]; t0: number }): Record<string, string> {
  return {
    scopes: scopes.join(','),
    since: String(ask.since),
    limit: String(maxPage),
    schema: String(schemaNumber),
    stream: ask.streamId,
    firstUnsettled: String(ask.firstUnsettled),
    t0: String(t0),
  }
}

/** Another epoch is another life of the server's store: every scope starts again as a snapshot, nothing unsent is touched. */
async function restartOnNewEpoch(engine: Engine, ask: Ask, frame: Frame): Promise<boolean> {
  if (ask.epoch === null || ask.epoch === frame.epoch) return false
  await engine.store.transact('write', ['meta', 'scope'], async (tx) => {
    const scopes = await tx.all('scope')
    await tx.put(
      'scope',
      scopes.map((row) => ({ ...row, cursor: 0, stamp: null })),
    )
    await tx.put('meta', [{ ...(await serverMeta(tx)), epoch: frame.epoch }])
  })
  engine.report('epoch-changed', { pos: frame.pos })
  return true
}

/** The cursor lies before the server's horizon: what left meanwhile is not told any more, only a snapshot shows it (R16). */
async function restartScopes(engine: Engine, ask: Ask, pos: number): Promise<Pulled> {
  const names = ask.group.filter((row) => row.cursor === ask.since).map((row) => row.scope)
  const restarted = await engine.store.transact('write', ['scope'], async (tx) => {
    const rows = (await tx.all('scope')).filter((row) => names.includes(row.scope) && row.cursor === ask.since)
    await tx.put(
      'scope',
      rows.map((row) => ({ ...row, cursor: 0, stamp: null })),
    )
    return rows.length
  })
  engine.report('horizon-passed', { scopes: restarted, since: ask.since })
  return { rows: 0, settled: 0, pos, isLast: false, restarted }
}
