import type { CommandResult, Frame } from '../../shared/wire/frame.ts'
import type { Engine } from './engine.ts'
import { foldingOf, lifeOf } from './folding.ts'
import { serverMeta } from './meta.ts'
import { inOrder, isSamePlace, openActs, ordOf, placeOf, type StreamPlace } from './order.ts'
import { foldTouched, type Touched } from './refold.ts'
import type { OutcomeRow, Tx } from './store.ts'
import { confirmedOf } from './view.ts'

/** What was known when a frame was asked for. */
export interface Known extends StreamPlace {
  epoch: string | null
  /** The last seq of the place that the server had decided. */
  acked: number
  /** Where the page begins; null for a push. */
  since: number | null
}

/** Whether a frame comes from a server that has lost what it had said before (sync.md 3.5, F22, F48). */
export function isBehind(frame: Frame, { epoch, acked, since }: Known): boolean {
  return (epoch !== null && epoch !== frame.epoch) || frame.lastSeq < acked || frame.pos < (since ?? 0)
}

const tables = ['meta', 'outbox', 'outcome', 'base', 'view', 'scope'] as const

/**
 * The server stands at an older state: every scope begins again as a snapshot, whose images count whatever their `ver`;
 * what the server lacks of the asked stream waits to be sent again, and every stream is looked up (R13). Nothing shown
 * goes: such acts are in the image already. False: another tab has seen to it, or the answer is an old one.
 */
export async function beginEpoch(engine: Engine, frame: Frame, known: Known): Promise<boolean> {
  const lost = await engine.store.transact('write', tables, async (tx) => {
    const server = await serverMeta(tx)
    if (server.epoch !== known.epoch) return null
    const acts = await tx.all('outcome')
    const life = (server.life ?? 0) + 1
    const next = { ...server, epoch: frame.epoch, pos: frame.pos, life, recheck: placesIn(acts) }
    await tx.put('meta', [next])
    await tx.put(
      'scope',
      (await tx.all('scope')).map((row) => ({ ...row, cursor: 0, stamp: null })),
    )
    const isBehind = (act: OutcomeRow) => act.seq > frame.lastSeq && isSamePlace(placeOf(act), known)
    const lost = acts.filter((act) => act.state !== 'pending' && isBehind(act))
    return tellAnew(tx, engine, { acts: lost, told: new Map(), life: life - 1 })
  })
  if (lost === null) return false
  engine.report('epoch-changed', { pos: frame.pos, again: lost })
  return true
}

/** The first act of a place that this tablet still has, from which on a restored server is asked what it has decided. */
export async function firstKept(tx: Tx, place: StreamPlace): Promise<number | null> {
  const seqs = (await tx.all('outcome')).filter((act) => isSamePlace(placeOf(act), place)).map(({ seq }) => seq)
  return seqs.length > 0 ? seqs.reduce((least, seq) => Math.min(least, seq)) : null
}

/**
 * A stream of this tablet that the restored server was asked about: what it lacks waits again. What it has may have been
 * decided otherwise, by a copy that was long under way and came before the acts it rests on, or without our hearing of it:
 * then its word counts (I24), and no image with such an act is taken for one without (I25). Null: not to be asked.
 */
export async function recheckPlace(engine: Engine, place: StreamPlace, frame: Frame | null): Promise<void> {
  await engine.store.transact('write', tables, async (tx) => {
    const server = await serverMeta(tx)
    if (frame && frame.epoch !== server.epoch) return
    const recheck = (server.recheck ?? []).filter((one) => !isSamePlace(one, place))
    if (recheck.length === server.recheck?.length) return // another tab has seen to it
    await tx.put('meta', [{ ...server, recheck }])
    if (!frame) return
    const told = new Map(frame.results.map((result) => [result.hash, result]))
    const acts = (await tx.all('outcome')).filter((act) => isSamePlace(placeOf(act), place))
    const other = acts.filter((act) => !isAsTold(act, told.get(act.hash)))
    await tellAnew(tx, engine, { acts: other, told, life: (server.life ?? 1) - 1 })
  })
}

function isAsTold(act: OutcomeRow, result: CommandResult | undefined): boolean {
  if (act.state === 'pending' || !result) return act.state === 'pending' && !result
  return act.outcome === result.outcome && act.code === result.code && act.ver === result.ver
}

/** Every stream and branch with acts of this tablet, the oldest first. */
function placesIn(acts: readonly OutcomeRow[]): StreamPlace[] {
  const places = new Map<string, StreamPlace>()
  for (const act of inOrder(acts)) {
    const place = placeOf(act)
    places.set(`${place.streamId}/${String(place.branch)}`, place)
  }
  return [...places.values()]
}

interface News {
  acts: readonly OutcomeRow[]
  /** What the server's new life says of them, by hash; of the others it knows nothing. */
  told: ReadonlyMap<string, CommandResult>
  /** The life of the server in which they were decided. */
  life: number
}

/** Acts are undecided again, or decided anew, with what had been decided kept beside them; how many. */
async function tellAnew(tx: Tx, engine: Engine, { acts, told, life }: News): Promise<number> {
  const kept = await tx.getMany(
    'outbox',
    acts.map(({ streamId, seq }) => [streamId, seq]),
  )
  const lost = acts.filter((_, index) => kept[index])
  const ids = [...new Set(lost.map((act) => act.aggId))]
  const [bases, views] = [await tx.getMany('base', ids), await tx.getMany('view', ids)]
  const rowOf = (id: string) => bases[ids.indexOf(id)] ?? views[ids.indexOf(id)]
  const isHere = (id: string) => rowOf(id) !== undefined
  // A settled act is in the row held, of whatever life that is: the server may have been restored twice meanwhile.
  const toldIn = (act: OutcomeRow) => (act.state === 'settled' && isHere(act.aggId) ? lifeOf(rowOf(act.aggId)) : life)
  await tx.put(
    'outcome',
    lost.map((act) => {
      const again = undecidedAgain(act, { life: toldIn(act), isGone: !isHere(act.aggId) })
      const result = told.get(act.hash)
      return result ? { ...again, state: 'decided' as const, ...wordOf(result) } : again
    }),
  )
  const touched = new Map<string, Touched>()
  for (const [index, id] of ids.entries()) {
    const [base, view] = [bases[index], views[index]]
    const kind = lost.find((act) => act.aggId === id)?.kind ?? ''
    touched.set(id, { kind, base, view, confirmed: confirmedOf(base, view), open: await openActs(tx, id) })
  }
  await foldTouched(tx, await foldingOf(tx, engine), touched)
  return lost.length
}

function undecidedAgain(act: OutcomeRow, { life, isGone }: { life: number; isGone: boolean }): OutcomeRow {
  const { outcome, ver } = act
  const prior = outcome ? { outcome, ver, life, isGone } : undefined
  return {
    ...{ ...act, state: 'pending', open: 1, outcome: null, code: null, detail: null, ver: 0, ord: ordOf(act) },
    ...(act.prior || prior ? { prior: prior ?? act.prior } : {}),
  }
}

const wordOf = ({ outcome, code, detail, ver }: CommandResult) => ({ outcome, code, detail, ver })
