import { schemaNumber } from '../../shared/core/envelope.ts'
import type { Frame } from '../../shared/wire/frame.ts'
import { maxPage } from '../../shared/wire/push.ts'
import { countScope, dueScope } from '../local/digests.ts'
import type { Engine } from '../local/engine.ts'
import { serverMeta, streamMeta } from '../local/meta.ts'
import { beginEpoch, isBehind, type Known } from '../local/new-epoch.ts'
import { askingOf } from '../local/order.ts'
import { settleFrame } from '../local/settle.ts'
import type { ScopeRow, Tx } from '../local/store.ts'
import { ask, askAhead, type Question } from './ahead.ts'
import { unlessOutdated } from './outdated.ts'
import { owesLook, recheckPlaces } from './recheck.ts'

/** What one page brought, and whether another waits behind it. */
export interface Pulled {
  rows: number
  settled: number
  pos: number
  isLast: boolean
  /** Scopes to begin again as snapshots, because the cursor was older than the server's memory of what left them. */
  restarted?: number
  /** The server stands at an older state: what it lacks of this tablet's acts waits to be sent. */
  isReborn?: boolean
}

/**
 * Pull one page and take it in. Scopes that have caught up go together from the least cursor; a new scope goes alone,
 * as a snapshot, until it has (sync.md 4.3, 4.4). Returns null when nothing is followed, or the app
 * is too old to be served. Throws `NetFault`.
 */
export async function pullOnce(engine: Engine): Promise<Pulled | null> {
  const asks = await nextAsk(engine)
  if (!asks) return null
  const scopes = asks.group.map((row) => row.scope)
  const stamp = asks.group[0]?.stamp ?? null
  const question = questionOf(asks, scopes)
  const answered = await unlessOutdated(engine, ask(engine, question))
  if (!answered) return null
  const { frame, sample } = answered
  if (isBehind(frame, asks)) return restartAll(engine, asks, frame)
  if (frame.restart) return restartScopes(engine, asks, frame.pos)
  if (frame.isLast === false) askAhead(engine, { ...questionAfter(question, frame), since: String(frame.cursor) })
  const { streamId, branch, since, epoch } = asks
  const asked = { streamId, branch, epoch, scopes, stamp, sample, cursorScopes: scopes, since }
  const settled = await settleFrame(engine, frame, asked)
  const pulled = { rows: frame.rows.length, settled, pos: frame.pos, isLast: frame.isLast ?? true }
  await countIfIdle(engine, asks, { pulled, now: frame.clock.t2 })
  return pulled
}

async function nextAsk(engine: Engine): Promise<Ask | null> {
  const found = await engine.store.transact('read', askTables, readAsk)
  if (found?.owesLook) await recheckPlaces(engine)
  const ready = found?.owesLook ? await engine.store.transact('read', askTables, readAsk) : found
  return ready && isNew(ready) ? engine.store.transact('write', askTables, beginSnapshot(engine)) : ready
}

/** Nothing came: time to count the rows of a scope anew, if that is due (sync.md 4.6). */
async function countIfIdle(engine: Engine, ask: Ask, { pulled, now }: { pulled: Pulled; now: number }): Promise<void> {
  if (!pulled.isLast || pulled.rows + pulled.settled > 0) return
  const due = dueScope(ask.group, now)
  if (due) await countScope(engine, due.scope, now)
}

interface Ask extends Known {
  group: ScopeRow[]
  since: number
  firstUnsettled: number
  owesLook: boolean
}

const askTables = ['meta', 'outbox', 'outcome', 'scope'] as const

async function readAsk(tx: Tx): Promise<Ask | null> {
  const looks = [streamMeta(tx), tx.all('scope'), serverMeta(tx)] as const
  const [stream, scopes, server] = await Promise.all(looks)
  const group = scopesToPull(scopes)
  if (!stream || group.length === 0 || server.halted === 'upgrade-required') return null
  const { streamId, branch, next, acked } = await askingOf(tx, stream)
  const since = Math.min(...group.map((row) => row.cursor))
  const known = { streamId, branch, acked, since, epoch: server.epoch }
  return { ...known, group, firstUnsettled: next, owesLook: owesLook(server) }
}

/** A scope pulled from nothing, whose snapshot has no stamp of this turn yet. */
const isNew = ({ group }: Ask): boolean => group.some((row) => row.cursor === 0)

/** A snapshot's stamp is written before it is asked for, so that what a push brings meanwhile carries it too. */
function beginSnapshot(engine: Engine): (tx: Tx) => Promise<Ask | null> {
  return async (tx) => {
    const found = await readAsk(tx)
    if (!found || !isNew(found)) return found
    const stamp = engine.entropy.uuid()
    const group = found.group.map((row) => ({ ...row, stamp }))
    await tx.put('scope', group)
    return { ...found, group }
  }
}

/** A snapshot under way, else a scope that needs one, else all that have caught up. */
function scopesToPull(scopes: readonly ScopeRow[]): ScopeRow[] {
  const underWay = scopes.find((row) => row.stamp !== null && row.cursor > 0)
  if (underWay) return [underWay]
  const fresh = scopes.find((row) => row.cursor === 0)
  return fresh ? [fresh] : [...scopes]
}

function questionOf(asks: Ask, scopes: readonly string[]): Question {
  return {
    scopes: scopes.join(','),
    since: String(asks.since),
    limit: String(maxPage),
    schema: String(schemaNumber),
    stream: asks.streamId,
    ...(asks.branch > 0 ? { branch: String(asks.branch) } : {}),
    firstUnsettled: String(asks.firstUnsettled),
    ...(asks.group[0]?.stamp ? { snapshot: '1', ...beganAt(asks) } : {}),
  }
}

/** The later pages of a snapshot say where the hall stood at its first. */
function beganAt({ since, group }: Ask): { began?: string } {
  const began = group[0]?.began
  return since > 0 && began !== undefined ? { began: String(began) } : {}
}

const questionAfter = (question: Question, { pos }: Frame): Question =>
  question.snapshot && question.since === '0' ? { ...question, began: String(pos) } : question

/** The server stands at an older state than it had: every scope starts again as a snapshot, nothing unsent is touched. */
async function restartAll(engine: Engine, ask: Ask, frame: Frame): Promise<Pulled> {
  await beginEpoch(engine, frame, ask)
  const scopes = await engine.store.transact('read', ['scope'], (tx) => tx.all('scope'))
  return { rows: 0, settled: 0, pos: frame.pos, isLast: false, restarted: scopes.length, isReborn: true }
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
