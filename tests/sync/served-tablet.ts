import { randomBytes, randomUUID } from 'node:crypto'
import { NetFault, type Engine } from '../../client/local/engine.ts'
import type { ActDraft, Actor } from '../../client/local/act-types.ts'
import { commitActs } from '../../client/local/commit.ts'
import { pullOnce } from '../../client/sync/pull.ts'
import { sha256Hex, signP256 } from '../../server/sync/crypto.ts'
import { commands } from '../../shared/commands.ts'
import { digestOf } from '../../shared/core/digest.ts'
import { MemoryDisk } from '../sim/memory-store.ts'
import { Rng } from '../sim/random.ts'
import { Proc, Scheduler } from '../sim/scheduler.ts'
import { ctxv, item, serverNow } from './forged-hall.ts'
import { ask, pushRaw, signerAt, tabletAt, type ServedHall, type ServedTablet } from './forged-server.ts'

/** The scope of the tests' window. */
export const scope = `window:${item.windowId}`

/** What happens to a request on its way: thrown before it reaches the server, or after the server has answered. */
export interface Line {
  /** Rows a page holds at most. */
  limit: number
  pulls: number
  pushes: number
  before(what: 'push' | 'pull'): void | Promise<void>
  after(what: 'push' | 'pull', frame: unknown, isSnapshot: boolean): void | Promise<void>
}

/** The network is gone. */
export const cut = (): never => {
  throw new NetFault('unreachable')
}

/**
 * A tablet with the real client engine over a memory disk, on a line to the real server and Postgres. Its clock is
 * `clock.now`; `restart` closes the page and opens it again over the same disk.
 */
export async function servedTablet(hall: ServedHall, lane: string, until = serverNow + 5 * 86_400_000) {
  const known = await tabletAt(hall, lane)
  const signer = await signerAt(hall, known, { to: until })
  const sim = new Scheduler(serverNow, new Rng(1))
  sim.directShare = 1 // this store is handed out as fast as it is asked: the waits are the server's
  const disk = new MemoryDisk(sim)
  seed(disk, known)
  const line: Line = { limit: 500, pulls: 0, pushes: 0, before: () => undefined, after: () => undefined }
  const clock = { now: serverNow }
  const reports: string[] = []
  const { id, deviceId, actorId, displayName: name, fromAt: from, toAt: to } = signer.grant
  const grant = {
    ...{ id, hallId: 'nbu', deviceId, actorId, name, roles: [asRoleA], from, to },
    publicKey: keyOf(signer),
  }
  const actor: Actor = {
    signer: { grant, sign: (text) => Promise.resolve(signP256(signer.privateJwk, text)) },
    ...{ role: 'roleA', windowId: item.windowId, shiftId: null },
  }
  const open = () => {
    const proc = new Proc(lane)
    const engine: Engine = {
      ...{ store: disk.openFor(proc), register: commands, app: 'test', isOnline: () => true },
      ...{ net: netOf(hall, known, line), report: (event) => reports.push(event) },
      clock: { wall: () => clock.now, mono: () => clock.now - serverNow, boot: 'boot-1' },
      entropy: {
        ...{ uuid: () => randomUUID(), salt: () => randomBytes(16).toString('base64url'), random: () => 0.5 },
        sha256: (text) => Promise.resolve(sha256Hex(text)),
      },
    }
    return { proc, engine }
  }
  const self = { known, disk, line, clock, reports, actor, ...open(), restart: () => Object.assign(self, open()) }
  return self
}
export type EngineTablet = Awaited<ReturnType<typeof servedTablet>>

const asRoleA = { role: 'roleA' as const, windowId: item.windowId }
type Signer = Awaited<ReturnType<typeof signerAt>>
const keyOf = ({ grant }: Signer) => grant.publicKey as Actor['signer']['grant']['publicKey']

function seed(disk: MemoryDisk, { deviceId, token, streamId, lane }: ServedTablet): void {
  disk.seed('meta', [
    {
      ...{ key: 'device', deviceId, token, kind: 'tablet', hallId: 'nbu', hallName: '示例大厅' },
      ...{ windowIds: [item.windowId], lanes: [lane], serverKey: {} },
    },
    { key: 'stream', streamId, lane, nextSeq: 1, chainHead: sha256Hex(streamId), n: 0 },
    { key: 'server', epoch: null, samples: [], halted: null },
  ])
  disk.seed(
    'scope',
    ['hall', scope].map((name) => ({ scope: name, cursor: 0, stamp: null })),
  )
}

function netOf(hall: ServedHall, known: ServedTablet, line: Line): Engine['net'] {
  type Send = () => Response | Promise<Response>
  const exchange = async (what: 'push' | 'pull', isSnapshot: boolean, send: Send) => {
    await line.before(what)
    const answer = await send()
    const frame: unknown = await answer.json()
    if (answer.status !== 200) {
      const problem = (frame as { type: string }).type.replace('/problems/', '')
      throw new NetFault(answer.status === 503 ? 'busy' : 'refused', { status: answer.status, problem })
    }
    await line.after(what, frame, isSnapshot)
    return frame
  }
  return {
    push(body) {
      line.pushes += 1
      return exchange('push', false, () => pushRaw(hall, known, JSON.stringify(body)))
    },
    pull(query) {
      line.pulls += 1
      const asked = new URLSearchParams({ ...query, limit: String(line.limit) })
      return exchange('pull', 'snapshot' in query, () => ask(hall, known, `/sync/v1/pull?${asked.toString()}`))
    },
  }
}

/** Pull until every scope has caught up and one more pull brings nothing. */
export async function catchUp(tablet: EngineTablet): Promise<void> {
  for (;;) {
    const page = await pullOnce(tablet.engine)
    const isBusy = tablet.disk.rows('scope').some(({ cursor, stamp }) => cursor === 0 || stamp !== null)
    if (page && page.isLast && page.rows + page.settled === 0 && !isBusy) return
  }
}

/** A tap: its acts, kept or the test fails. */
export async function tap({ engine, actor }: EngineTablet, ...drafts: ActDraft[]): Promise<void> {
  const done = await commitActs(engine, actor, drafts)
  if (!done.kept) throw new Error(`the tablet refused: ${done.code}`)
}

/** 备注, as the screen asks for it. */
export const noteDraft = (aggId: string, text: string): ActDraft => ({
  ...{ type: 'case.note', kind: 'case', aggId, itemId: ctxv.item, args: { text } },
})

/** Cases on the tablet: what the screen reads, by id. */
export function casesOn({ disk }: EngineTablet) {
  const views = disk.rows('view').filter(({ kind }) => kind === 'case')
  return views.map(({ id, ver, image }) => ({ id, ver, image })).toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** Cases of the window on the server, by id. */
export async function casesThere({ pg }: ServedHall) {
  const rows = await pg.appSql<{ id: string; ver: number; image: unknown }[]>`
    select c.id, c.ver, c.image from hall.cases c join hall.scope_index x on x.hall_id = c.hall_id and x.agg_id = c.id
    where c.hall_id = 'nbu' and x.scope = ${scope} and x.op = 'set'`
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** The window's digest three times: kept by the server, kept by the tablet, and counted from the tablet's rows. */
export async function digestsOf({ pg }: ServedHall, { disk }: EngineTablet) {
  const [kept] = await pg.appSql<{ n: string; x: string }[]>`
    select n, lpad(to_hex(x), 16, '0') as x from hall.scope_digest where hall_id = 'nbu' and scope = ${scope}`
  const counted = digestOf(disk.rows('view').filter(({ scopes }) => scopes.includes(scope)))
  return { there: { n: Number(kept?.n ?? 0), x: kept?.x }, here: disk.row('scope', scope)?.digest, counted }
}
