import { hasNoEffect } from '../../shared/core/outcome.ts'
import type { CommandResult, Frame } from '../../shared/wire/frame.ts'
import { keepSample } from '../sync/clock.ts'
import { haltedAfter } from '../sync/outdated.ts'
import { isWholePage, moveScopes } from './cursors.ts'
import { movesOf } from './digests.ts'
import type { Engine } from './engine.ts'
import { lifeOf, unseenIn, type Folding } from './folding.ts'
import { deviceMeta, serverMeta, streamMeta } from './meta.ts'
import { askingOf, isForked, isSamePlace, openActs } from './order.ts'
import { foldTouched, type Touched } from './refold.ts'
import type { BaseRow, ClockSample, OutcomeRow, ScopeRow, ServerMeta, StreamMeta, Tx, ViewRow } from './store.ts'
import { confirmedOf } from './view.ts'

/** What a frame answers: the scopes asked for, the snapshot's stamp when it is one, the exchange's clock sample. */
export interface Asked {
  /** The stream that asked: an answer to a life of the store that has ended is not this one's (P19). */
  streamId: string
  scopes: readonly string[]
  stamp: string | null
  sample: ClockSample | null
  /** Scopes whose cursor moves to the frame's, in the same transaction as its rows (I10). */
  cursorScopes: readonly string[]
  /** Where the page began; null for a push. */
  since: number | null
  /** The branch of the stream; none is 0. */
  branch?: number
  /** The server's epoch when it was asked; an answer that meets another by then is of a life that has ended. */
  epoch?: string | null
}

const tables = ['meta', 'outbox', 'outcome', 'base', 'view', 'scope'] as const

/**
 * Take in one frame in ONE transaction (R3): results, images, leaves, rebase of what they touch, cursors.
 * Answers may come late, twice or crossed: an image is adopted only if newer, a result only if it names the act
 * and its hash (P2). Returns how many acts this frame settled.
 */
export async function settleFrame(engine: Engine, whole: Frame, asked: Asked): Promise<number> {
  return engine.store.transact('write', tables, async (tx) => {
    // All that is always needed is asked for at once: the answers come one after another, without pauses between.
    const looks = [streamMeta(tx), serverMeta(tx), tx.all('scope'), openActs(tx), tx.all('base')] as const
    const idsIn = [...new Set([...whole.rows, ...whole.leaves].map(({ id }) => id))]
    const [found, views] = await Promise.all([Promise.all(looks), tx.getMany('view', idsIn)])
    const [stream, server, scopes, undecided, bases] = found
    const frame = await usable(tx, whole, { asked, stream, server })
    if (!frame) return 0
    const isNewest = await noteServer(tx, server, { frame, asked })
    const { decided, open } = await takeResults(tx, frame.results, { engine, undecided })
    const known = new Map(idsIn.map((id, index) => [id, views[index]]))
    const { cursorScopes, stamp, since } = asked
    const isWhole = isWholePage(frame, { scopes, cursorScopes, stamp, since, isNewest })
    const unseen = isWhole ? unseenIn(bases, open) : []
    const touched = await gather(tx, { frame, named: [...unseen, ...decided.map(nameOf)], open, bases, known })
    const folding: Folding = { register: engine.register, life: server.life ?? 0, scopes, isWhole }
    const passed = scopes.filter((row) => row.cursor > frame.pos).map((row) => row.scope)
    const rows = isNewest ? frame.rows : await withoutOvertaken(tx, frame.rows, touched)
    for (const row of rows) adopt(touched, row, { asked, scopes, passed, life: folding.life })
    for (const leave of frame.leaves) if (!passed.includes(leave.scope)) dropScope(touched, leave)
    const settled = await foldTouched(tx, folding, touched)
    const moves = movesOf(touched)
    return settled + (await moveScopes(tx, frame, { engine, folding, cursorScopes, stamp, since, isNewest, moves }))
  })
}

interface Standing {
  asked: Asked
  stream: StreamMeta | null
  server: ServerMeta
}

/**
 * What may be taken in of a frame: nothing of a life of the store or of the server that has ended; of a stream that is
 * not the one to ask about (any more) the results alone, since its images may hold acts of another whose results are not
 * in it (R5).
 */
async function usable(tx: Tx, frame: Frame, { asked, stream, server }: Standing): Promise<Frame | null> {
  if (!stream || ![stream.streamId, ...(stream.former ?? [])].includes(asked.streamId)) return null
  if (asked.epoch !== undefined && server.epoch !== null && server.epoch !== frame.epoch) return null
  await keepSpare(tx, stream, frame.spare)
  if (!isForked(stream)) return frame
  const place = { streamId: asked.streamId, branch: asked.branch ?? 0 }
  if (isSamePlace(await askingOf(tx, stream), place)) return frame
  const { cursor: _cursor, ...results } = frame
  return { ...results, rows: [], leaves: [] }
}

/** The device's next lane, told by the answer that opened a stream with the one before (sync.md 1.5). */
async function keepSpare(tx: Tx, { lane }: StreamMeta, spare: string | undefined): Promise<void> {
  const device = await deviceMeta(tx)
  if (!device || lane === null || spare === undefined || spare === lane || device.lanes[1] === spare) return
  await tx.put('meta', [{ ...device, lanes: [lane, spare] }])
}

/** Returns whether no frame of a later position was taken in before this one. */
async function noteServer(
  tx: Tx,
  server: ServerMeta,
  { frame, asked: { sample } }: { frame: Frame; asked: Asked },
): Promise<boolean> {
  const samples = sample ? keepSample(server.samples, sample) : server.samples
  const seen = server.epoch === frame.epoch ? (server.pos ?? 0) : 0
  const pos = Math.max(seen, frame.pos)
  const halted = haltedAfter(server.halted, frame.minSchema)
  await tx.put('meta', [{ ...server, epoch: frame.epoch, samples, pos, halted }])
  return frame.pos >= seen
}

/**
 * Results that name an own, undecided act by its hash, which is over the whole envelope, `cmdId` and seq too.
 * Any other result is reported and changes nothing.
 */
async function takeResults(
  tx: Tx,
  results: readonly CommandResult[],
  { engine, undecided }: { engine: Engine; undecided: readonly OutcomeRow[] },
): Promise<TakenResults> {
  const open = new Map(undecided.map((act) => [act.hash, act]))
  const decided: OutcomeRow[] = []
  for (const result of results) {
    const act = open.get(result.hash)
    if (act?.state === 'pending') decided.push({ ...act, state: 'decided', ...pick(result) })
    if (!act) engine.report('result-not-open', { seq: result.seq })
  }
  await tx.put('outcome', decided)
  for (const act of decided) open.set(act.hash, act)
  return { decided, open: [...open.values()] }
}

interface TakenResults {
  decided: readonly OutcomeRow[]
  /** Every act not settled yet, in order. */
  open: readonly OutcomeRow[]
}

function pick({ outcome, code, detail, ver }: CommandResult): Pick<OutcomeRow, 'outcome' | 'code' | 'detail' | 'ver'> {
  return { outcome, code, detail, ver }
}

const nameOf = ({ kind, aggId: id }: OutcomeRow) => ({ kind, id })

interface Gathering {
  frame: Frame
  /** Aggregates of acts that the frame decides, or that can be settled now. */
  named: readonly { kind: string; id: string }[]
  open: readonly OutcomeRow[]
  /** Every base: few aggregates have one. */
  bases: readonly BaseRow[]
  /** Views of the ids in the frame. */
  known: Map<string, ViewRow | undefined>
}

/** Everything held of each aggregate the frame touches, read in bulk. */
async function gather(tx: Tx, { frame, named, open, bases, known }: Gathering): Promise<Map<string, Touched>> {
  const kinds = new Map<string, string>()
  for (const { kind, id } of [...frame.rows, ...frame.leaves, ...named]) kinds.set(id, kind)
  const rest = [...kinds.keys()].filter((id) => !known.has(id))
  const views = await tx.getMany('view', rest)
  rest.forEach((id, index) => known.set(id, views[index]))
  const baseOf = new Map(bases.map((row) => [row.id, row]))
  const openOf = new Map<string, OutcomeRow[]>()
  for (const act of open) openOf.set(act.aggId, [...(openOf.get(act.aggId) ?? []), act])
  return new Map(
    [...kinds].map(([id, kind]) => {
      const [base, view] = [baseOf.get(id), known.get(id)]
      return [id, { kind, base, view, confirmed: confirmedOf(base, view), open: openOf.get(id) ?? [] }]
    }),
  )
}

/**
 * The rows of a late answer but those that an own act has since put out of every scope followed: nothing here remembers
 * their version any more, the act does. It would go from sight with the older image (I25).
 */
async function withoutOvertaken(tx: Tx, rows: Frame['rows'], touched: Map<string, Touched>): Promise<Frame['rows']> {
  const isOvertaken = async ({ id, ver }: Frame['rows'][number]) => {
    if (touched.get(id)?.confirmed) return false
    const settled = await tx.byIndex('outcome', 'aggId+open+seq', { prefix: [id, 0] })
    return settled.some((act) => !hasNoEffect(act.outcome) && act.ver > ver)
  }
  const overtaken = await Promise.all(rows.map(isOvertaken))
  return rows.filter((_, at) => !overtaken[at])
}

interface Adoption {
  asked: Asked
  scopes: readonly ScopeRow[]
  /** Scopes of which the tablet holds a later page: what this frame says of who stands in them is out of date (R4). */
  passed: readonly string[]
  /** The life of the server the frame is of. */
  life: number
}

function adopt(touched: Map<string, Touched>, row: Frame['rows'][number], adoption: Adoption): void {
  const { asked, scopes, passed, life } = adoption
  const entry = ofSameKind(touched, row)
  if (!entry) return
  const held = entry.confirmed
  const stamp = stampOf(row, { asked, scopes }) ?? held?.stamp ?? asked.stamp
  // A row of a life of the server that has ended counts as none, whatever its version (sync.md 3.5).
  const { ver, image } = held && lifeOf(held) === life && row.ver <= held.ver ? held : row
  const { id, kind } = row
  const standing = scopesOf(row, held, { asked, passed })
  entry.confirmed = { id, kind, ver, image, scopes: standing, stamp, ...(life ? { life } : {}) }
}

/** The scopes the row is said to stand in, and those held that the frame says nothing of. */
function scopesOf(
  row: Frame['rows'][number],
  held: BaseRow | undefined,
  { asked, passed }: Pick<Adoption, 'asked' | 'passed'>,
): string[] {
  const said = row.scopes.filter((scope) => !passed.includes(scope))
  const isAsked = (scope: string) => asked.scopes.includes(scope) && !passed.includes(scope)
  return [...said, ...(held?.scopes ?? []).filter((scope) => !isAsked(scope) && !said.includes(scope))]
}

/** What is held under the id; not if it is another kind of thing, whose place no row takes (T2). */
function ofSameKind(touched: Map<string, Touched>, { kind, id }: { kind: string; id: string }): Touched | undefined {
  const entry = touched.get(id)
  return (entry?.confirmed?.kind ?? kind) === kind ? entry : undefined
}

/**
 * A snapshot under way in one of the scopes: a row that a push brings meanwhile must outlive its end. A page of a
 * snapshot that another tab has since begun anew gives no stamp.
 */
function stampOf(row: Frame['rows'][number], { asked, scopes }: Pick<Adoption, 'asked' | 'scopes'>): string | null {
  const underWay = scopes.find((one) => one.stamp !== null && row.scopes.includes(one.scope))?.stamp ?? null
  return asked.stamp === null || asked.stamp === underWay ? underWay : null
}

function dropScope(touched: Map<string, Touched>, { kind, id, scope }: Frame['leaves'][number]): void {
  const entry = ofSameKind(touched, { kind, id })
  if (!entry?.confirmed) return
  entry.confirmed = { ...entry.confirmed, scopes: entry.confirmed.scopes.filter((other) => other !== scope) }
}
