import type { AppendBatch, Page, PageRequest, StoredGrant } from '../../server/sync/store-verbs.ts'
import { aggKey } from '../../server/sync/store-verbs.ts'
import { nbuProfile } from '../../shared/profiles/nbu.ts'
import { commands } from '../../shared/commands.ts'
import type { Envelope, PiiValues } from '../../shared/core/envelope.ts'
import type { Actor, Decision, Row } from '../../shared/core/kernel.ts'
import { decideAct, envelopeOf, isSame } from './fold.ts'
import { causes, isParked, keptValues, signedByActor, stands, stillAccepted, whyOf } from './log-row.ts'
import type { LogRow } from './memory-db.ts'
import { streamKey } from './memory-streams.ts'
import { systemGrant } from './system-acts.ts'
import { buildBefore } from './tablet.ts'
import { holds } from './violation.ts'
import type { World } from './world.ts'

/** A revocation binds requests that come after it; one that is being judged may still pass. */
const underWay = 300_000

/** What the log should be, kept beside it: the invariants' own model of the server. */
export class ServerWatch {
  readonly #world: World
  readonly #lastSeq = new Map<string, number>()
  readonly #cmdIds = new Set<string>()
  readonly #rows = new Map<string, Row>()
  readonly #numbers = new Map<string, string>()
  /** Aggregates on which something was held: what rests on it may be held too. */
  readonly #held = new Set<string>()
  #pos: number

  constructor(world: World) {
    this.#world = world
    this.#pos = world.db.log.length
    world.server.afterPage.push((request, page) => {
      try {
        this.#fairCost(request, page)
      } catch (error) {
        world.sim.fail(error)
      }
    })
    world.db.afterRestore.push(() => this.#reread())
    world.db.afterWrite.push((rows, batch) => {
      try {
        for (const row of rows) this.#look(row)
        this.#sameImages(batch)
      } catch (error) {
        world.sim.fail(error)
      }
    })
  }

  /** An older state was put back: what it holds is all that ever was. */
  #reread(): void {
    const { log, images } = this.#world.db
    for (const held of [this.#lastSeq, this.#cmdIds, this.#rows, this.#numbers, this.#held]) held.clear()
    this.#pos = log.length
    for (const row of log) {
      this.#lastSeq.set(streamKey(row.streamId, row.branch), row.seq)
      this.#cmdIds.add(row.cmdId)
      if (row.outcome === 'held') this.#held.add(aggKey({ kind: row.kind, id: row.aggId }))
    }
    for (const [key, { kind, id, ver, image }] of images) {
      this.#rows.set(key, { ver, image } as Row)
      if (kind === 'case') this.#numbers.set((image as { number: string }).number, id)
    }
  }

  #look(row: LogRow): void {
    this.#once(row)
    const env = envelopeOf(row.envelope)
    const grant = env.role === 'system' ? systemGrant : this.#world.db.grants.get(env.grantId ?? '')
    signedByActor(row, env, grant)
    if (stands.has(row.outcome)) this.#hadRight(row, env, grant!)
    else this.#saidWhy(row, env, grant)
    if (env.app === buildBefore) stillAccepted(row)
    const decision = this.#decided(row, env, grant)
    if (decision && stands.has(row.outcome)) keptValues(row, env, decision)
    if (env.type === 'case.receive' && stands.has(row.outcome)) this.#ownNumber(env)
    if (row.outcome === 'held') this.#held.add(aggKey({ kind: row.kind, id: row.aggId }))
  }

  /** I23: a page reads the entries it gives, in each scope asked for, and nothing more. */
  #fairCost({ scopes }: PageRequest, page: Page): void {
    const reads = this.#world.db.cost.get(page) ?? 0
    const given = page.rows.length + page.leaves.length
    holds('I23', reads <= given * scopes.length, () => `a page of ${given} changes reads ${reads} entries`)
  }

  /** I5, I3, I2: the next position, the next of its stream, and never seen before. */
  #once({ pos, streamId, branch, seq, cmdId }: LogRow): void {
    holds('I5', pos === this.#pos + 1, () => `position ${pos} follows ${this.#pos}`)
    this.#pos = pos
    const place = streamKey(streamId, branch)
    const last = this.#lastSeq.get(place) ?? (branch > 0 ? seq - 1 : 0)
    holds('I2', seq > last, () => `seq ${seq} of stream ${streamId} is decided twice`)
    holds('I3', seq === last + 1, () => `seq ${seq} of stream ${streamId} is decided after ${last}`)
    this.#lastSeq.set(place, seq)
    holds('I2', !this.#cmdIds.has(cmdId), () => `command ${cmdId} is decided twice`)
    this.#cmdIds.add(cmdId)
  }

  /** I12: role and window stood in the grant, the grant stood at the act, the tablet was not revoked. */
  #hadRight(row: LogRow, env: Envelope, grant: StoredGrant): void {
    const isGranted =
      env.role === 'system' || grant.roles.some(({ role, windowId }) => role === env.role && windowId === env.windowId)
    holds('I12', isGranted, () => `${row.type} stands as ${env.role}, which ${grant.actorId} was never granted`)
    holds('I12', row.lo! <= grant.toAt, () => `${row.type} stands, done after its grant ended`)
    const mayNot = nbuProfile.settings.roleBMayNot.value
    holds('I12', env.role !== 'roleB' || !mayNot.includes(row.type), () => `${row.type} stands, done by the B-role`)
    const device = this.#world.tablets.find((tablet) => tablet.device.id === env.deviceId)?.device
    const isLate = (at: number | null | undefined) => typeof at === 'number' && row.receivedAt > at + underWay
    holds('I12', !isLate(device?.revokedAt), () => `${row.type} stands, sent by a revoked tablet`)
    holds(
      'I12',
      !(isLate(grant.revokedAt) && row.lo! > grant.revokedAt!),
      () => `${row.type} stands under a revoked grant`,
    )
  }

  /** I13, I19: no fact is refused, nothing is refused without a code, nothing is held without a true cause. */
  #saidWhy(row: LogRow, env: Envelope, grant: StoredGrant | undefined): void {
    holds('I13', row.code !== null, () => `${row.type} is ${row.outcome} and nobody says why`)
    const nature = commands.get(`${env.type}@${env.v}`)?.nature
    holds(
      'I13',
      row.outcome !== 'rejected' || nature === 'claim',
      () => `the fact ${row.type} is rejected: ${row.code}`,
    )
    if (row.outcome === 'held') this.#heldForCause(row, env, grant)
  }

  #heldForCause(row: LogRow, env: Envelope, grant: StoredGrant | undefined): void {
    const why = whyOf(row)
    const cause = causes[`${row.code ?? ''}/${why}`] ?? causes[row.code ?? '']
    const isNumberTaken = this.#numbers.has(String(env.args.number))
    const isAfterHeld = this.#held.has(aggKey({ kind: row.kind, id: row.aggId })) || this.#world.isIncomplete(row.aggId)
    const isTrue = cause?.({ row, env, grant, isAfterHeld, isNumberTaken }) ?? false
    const invariant = why === 'time' ? 'I19' : 'I13'
    holds(invariant, isTrue, () => `${row.type} seq ${row.seq} is held ${row.code ?? ''} ${why} without cause`)
  }

  /** I15: the same state, command and data give the same outcome here. */
  #decided(row: LogRow, env: Envelope, grant: StoredGrant | undefined): Decision | null {
    if (isParked(row) || !grant) return null
    const key = aggKey({ kind: row.kind, id: row.aggId })
    const actor = { name: grant.displayName, roles: grant.roles as Actor['roles'] }
    const decision = decideAct(this.#world.db, this.#rows.get(key) ?? null, {
      env: row.envelope,
      pii: (row.pii ?? {}) as PiiValues,
      actor,
    })
    holds('I15', decision !== null, () => `${row.type} throws here and was ${row.outcome} there`)
    const { outcome, code } = decision!.verdict
    const isEqual = outcome === row.outcome && (code ?? null) === row.code
    holds(
      'I15',
      isEqual,
      () => `${row.type} is ${outcome} ${code ?? ''} here and was ${row.outcome} ${row.code ?? ''} there`,
    )
    this.#rows.set(key, decision!.row)
    return decision
  }

  #sameImages({ images }: AppendBatch): void {
    for (const image of images) {
      const row = this.#rows.get(aggKey(image))
      holds(
        'I15',
        row?.ver === image.ver,
        () => `${image.kind} ${image.id} is written at ${image.ver}, not ${String(row?.ver)}`,
      )
      holds('I15', isSame(row?.image, image.image), () => `${image.kind} ${image.id} is not the fold of its acts`)
    }
  }

  #ownNumber({ args, aggId }: Envelope): void {
    const number = String(args.number)
    const holder = this.#numbers.get(number) ?? aggId
    holds('I17', holder === aggId, () => `number ${number} is on two cases`)
    this.#numbers.set(number, aggId)
  }
}
