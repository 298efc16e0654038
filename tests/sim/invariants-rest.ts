import type { Envelope } from '../../shared/core/envelope.ts'
import { envelopeOf, isSame } from './fold.ts'
import { linkAfter, sha256 } from './keys.ts'
import type { LogRow, MemoryDb } from './memory-db.ts'
import { tail } from './trace.ts'
import { holds } from './violation.ts'
import type { Tablet, World } from './world.ts'

/** An act a person was told is kept. */
export interface Confirmed {
  tablet: Tablet
  cmdId: string
  seq: number
  actorId: string
  type: string
}

/** I1: every act that was confirmed is in the outbox, with whatever became of it. */
export function allKept(confirmed: readonly Confirmed[]): void {
  for (const { tablet, cmdId, seq, type } of confirmed) {
    const outcome = tablet.disk.row('outcome', cmdId)
    const kept = tablet.disk.row('outbox', [outcome?.streamId ?? tablet.streamId, seq])
    holds('I1', kept?.cmdId === cmdId, () => `${type} seq ${seq} was confirmed on ${tablet.name} and is gone`)
    holds('I1', outcome !== undefined, () => `${type} seq ${seq} on ${tablet.name} has no outcome row`)
  }
}

/** I4: everything that was confirmed is decided and settled; a revoked tablet gets no rows, so there it is only decided. */
export function allDecided(world: World): void {
  for (const tablet of world.tablets) {
    const isRevoked = tablet.device.revokedAt !== null
    const open = tablet.disk.rows('outcome').filter((act) => (isRevoked ? act.state === 'pending' : act.open === 1))
    holds(
      'I4',
      open.length === 0,
      () => `${tablet.name} still waits for ${open.map((act) => `${act.type} seq ${act.seq} ${act.state}`).join(', ')}`,
    )
  }
}

/** I24: what a tablet at rest says of each of its acts is what the log says; a revoked one is not told of a restore. */
export function allTrulyTold(world: World): void {
  for (const { name, disk } of world.tablets.filter((one) => one.device.revokedAt === null)) {
    for (const act of disk.rows('outcome')) {
      const logged = world.db.byCmdId(act.cmdId)
      holds(
        'I24',
        logged?.hash === act.hash && logged.outcome === act.outcome && logged.code === act.code,
        () =>
          `${act.type} ${tail(act.cmdId)} of ${name} is told as ${String(act.outcome)}, logged ${String(logged?.outcome)}`,
      )
    }
  }
}

/** I26: what a tablet did and kept with the release before is sent and settled by this one. */
export function updatesDrained(world: World): void {
  for (const { name, disk, device } of world.tablets.filter((tablet) => tablet.hasUpdated)) {
    const left = disk.rows('outcome').filter((act) => act.state === 'pending')
    holds('I26', left.length === 0, () => `${name} has updated and still waits with ${left.length} acts`)
    const isRead = device.revokedAt !== null || disk.rows('scope').every(({ digest }) => digest !== undefined)
    holds('I26', isRead, () => `${name} has updated and has not counted its rows`)
  }
}

/** I11: each confirmed act is in the log under the person who did it. */
export function allAttributed(world: World, confirmed: readonly Confirmed[]): void {
  for (const { cmdId, actorId, type, tablet } of confirmed) {
    const row = world.db.byCmdId(cmdId)
    if (tablet.device.revokedAt !== null && world.forgotten.has(cmdId)) continue // it gets no frame that says so
    holds('I4', row !== undefined, () => `${type} ${tail(cmdId)} never reached the log`)
    const name = row?.actorId ?? actorId
    holds('I11', name === actorId, () => `${type} of ${actorId} is logged as ${name}'s`)
  }
}

/**
 * I22: what the server had acknowledged and was put back before is there again, if its tablet still has it, and stands as
 * it stood. But an act that comes before the tablet with what it rests on (3.5) is decided on its merits (3.3): a fact is
 * held, a claim refused; and one done close to the end of its grant, which is judged by a wider interval the later it
 * comes, may be held (I19). Its tablet says so (I24).
 */
export function allRestored(world: World): void {
  const { db, forgotten, tablets } = world
  for (const { name, disk } of tablets.filter((one) => one.device.revokedAt === null)) {
    for (const { cmdId, type } of disk.rows('outbox').map(({ cmdId }) => disk.row('outcome', cmdId)!)) {
      const before = forgotten.get(cmdId)
      if (!before) continue
      const now = db.byCmdId(cmdId)
      holds('I22', now !== undefined, () => `${type} ${tail(cmdId)} of ${name} was acknowledged and is gone`)
      const isSound = !stands(before) || stands(now!) || isElse(db, now!)
      const words = () => `${String(now?.outcome)} ${String(now?.code)}`
      holds('I22', isSound, () => `${type} ${tail(cmdId)} of ${name} was acknowledged and is now ${words()}`)
    }
  }
}

const stands = ({ outcome }: Pick<LogRow, 'outcome'>): boolean => ['applied', 'merged', 'conflict'].includes(outcome)

/** Decided before its aggregate was there, a claim also before whatever else others had done; or at the edge of a grant. */
function isElse(db: MemoryDb, { aggId, pos, envelope, outcome, code }: LogRow): boolean {
  if (outcome === 'held' && code === 'grant') return true
  if (!isFact(envelope)) return outcome === 'rejected'
  const born = db.log.find((row) => row.aggId === aggId && stands(row))?.pos ?? Infinity
  return outcome === 'held' && code === 'depends' && born > pos
}

const isFact = (envelope: string): boolean => envelope.includes('"nature":"fact"')

/** I7: a tablet at rest shows the server's rows of its scopes byte for byte, and no others. */
export function allConverged(world: World): void {
  for (const tablet of world.tablets.filter((one) => one.device.revokedAt === null)) {
    const { disk } = tablet
    holds('I7', disk.rows('base').length === 0, () => `${tablet.name} keeps a base at rest`)
    const due = world.db.scopes.values().filter((entry) => entry.op === 'set' && tablet.follows.includes(entry.scope))
    const ids = new Set(due.map((entry) => `${entry.kind}:${entry.id}`))
    for (const key of ids) {
      const stored = world.db.images.get(key)!
      const view = disk.row('view', stored.id)
      holds('I6', view !== undefined, () => `${tablet.name} has no ${stored.kind} ${tail(stored.id)}`)
      holds(
        'I7',
        view!.ver === stored.ver,
        () => `${tablet.name} has ${stored.kind} ${tail(stored.id)} at ${view!.ver}, the server ${stored.ver}`,
      )
      holds(
        'I7',
        isSame(view!.image, stored.image),
        () => `${tablet.name} shows another ${stored.kind} ${tail(stored.id)}`,
      )
    }
    const strange = disk.rows('view').find((view) => !ids.has(`${view.kind}:${view.id}`))
    holds(
      'I6',
      strange === undefined,
      () => `${tablet.name} keeps ${String(strange?.kind)} ${tail(strange?.id ?? '')}, which it may not see`,
    )
  }
}

/** I13: a refusal stays on the pill, with its code, until its author has seen it. */
export function refusalsShown(world: World): void {
  for (const act of world.tablets.flatMap((tablet) => tablet.disk.rows('outcome'))) {
    if (act.outcome !== 'rejected') continue
    holds(
      'I13',
      act.code !== null && act.acknowledged === 0,
      () => `the refusal of ${act.type} ${tail(act.cmdId)} is not shown`,
    )
  }
}

/** I18: the chain of each tablet and the chain of the hall verify from the log alone. */
export function chainsHold(world: World): void {
  const { db } = world
  let head = sha256(db.hallId)
  for (const row of db.log) {
    head = linkAfter(head, row.pos, row)
    holds('I18', row.link === head, () => `the hall's chain breaks at ${row.pos}`)
    holds('I18', row.hash === sha256(row.envelope), () => `the hash at ${row.pos} is another envelope's`)
  }
  for (const key of db.streams.keys()) {
    const [streamId = '', branch = '0'] = key.split('/')
    const rows = db.rowsOf(streamId, Number(branch))
    if (isOwn(rows[0]?.envelope ?? '{}')) chainHolds(rows, branch === '0' ? [sha256(streamId)] : stemsOf(db, rows[0]!))
  }
}

/** One stream or branch: each act is linked to the one before, the first to one of those it may begin behind. */
function chainHolds(rows: readonly LogRow[], stems: readonly string[]): void {
  let links = stems
  for (const { envelope, seq, streamId, branch } of rows) {
    const env: Envelope = envelopeOf(envelope)
    const isLinked = links.includes(env.prev) && env.seq === seq
    holds('I18', isLinked, () => `the chain of ${tail(streamId)}/${branch} breaks at seq ${seq}`)
    links = [sha256(envelope)]
  }
}

/** What a branch may begin behind. */
function stemsOf({ log }: MemoryDb, { streamId, seq }: LogRow): string[] {
  if (seq === 1) return [sha256(streamId)]
  return log.filter((row) => row.streamId === streamId && row.seq === seq - 1).map((row) => row.hash)
}

/** Whether it is an act, not what the hall was published with before the history began. */
const isOwn = (envelope: string): boolean => envelope.includes('"prev"')

/**
 * A tablet's disk was put back to before it printed the number, and the server to before it was told: a revoked tablet's
 * last picture, which no frame replaces, is all that is left of the case. The number is printed again, and nobody can know.
 */
function isLostTwice({ forgotten, tablets, db }: World, aggId: string): boolean {
  const receipt = [...forgotten.values()].find((row) => row.aggId === aggId && row.type === 'case.receive')
  if (!receipt || db.byCmdId(receipt.cmdId)) return false
  return tablets.every(({ disk }) => disk.row('outcome', receipt.cmdId) === undefined)
}

/** I17: no two cases anywhere share a number, sent or not. */
export function numbersUnique(world: World): void {
  const holder = new Map<string, string>()
  for (const view of world.tablets.flatMap((tablet) => tablet.disk.rows('view'))) {
    if (view.kind !== 'case' || isLostTwice(world, view.id)) continue
    const number = String(view.image.number)
    holds('I17', (holder.get(number) ?? view.id) === view.id, () => `number ${number} is on two cases`)
    holder.set(number, view.id)
  }
}
