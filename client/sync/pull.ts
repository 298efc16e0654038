import { schemaNumber } from '../../shared/core/envelope.ts'
import { Frame } from '../../shared/wire/frame.ts'
import { maxPage } from '../../shared/wire/push.ts'
import { NetFault, type Engine } from '../local/engine.ts'
import { settleFrame } from '../local/settle.ts'
import type { ScopeRow, Tx } from '../local/store.ts'
import { sampleOf } from './clock.ts'

/** What one page brought, and whether another waits behind it. */
export interface Pulled {
  rows: number
  settled: number
  pos: number
  isLast: boolean
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
  const settled = await settleFrame(engine, frame, { scopes, stamp, sample, cursorScopes: scopes })
  return { rows: frame.rows.length, settled, pos: frame.pos, isLast: frame.isLast ?? true }
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
  const stream = await tx.get('meta', 'stream')
  const server = await tx.get('meta', 'server')
  const scopes = await tx.all('scope')
  if (stream?.key !== 'stream' || scopes.length === 0) return null
  const fresh = scopes.find((row) => row.stamp !== null) ?? scopes.find((row) => row.cursor === 0)
  if (fresh?.cursor === 0) {
    await tx.put('scope', [{ ...fresh, stamp: stampIfNew }])
  }
  const group = fresh ? [{ ...fresh, stamp: fresh.cursor === 0 ? stampIfNew : fresh.stamp }] : scopes
  const open = (await tx.byIndex('outcome', 'open+seq', { prefix: [1], limit: 1 }))[0]
  return {
    group,
    since: Math.min(...group.map((row) => row.cursor)),
    streamId: stream.streamId,
    firstUnsettled: open?.seq ?? stream.nextSeq,
    epoch: server?.key === 'server' ? server.epoch : null,
  }
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
      scopes.map(({ scope }) => ({ scope, cursor: 0, stamp: null })),
    )
    const server = await tx.get('meta', 'server')
    if (server?.key === 'server') await tx.put('meta', [{ ...server, epoch: frame.epoch }])
  })
  engine.report('epoch-changed', { pos: frame.pos })
  return true
}
