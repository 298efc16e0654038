import type { Envelope } from '../../shared/core/envelope.ts'
import { readPath } from '../../shared/core/apply.ts'
import { releaseType } from '../../shared/core/release.ts'
import { uuid } from '../../shared/core/text.ts'
import type { Received } from './read-command.ts'
import { aggKey, type AggRef, type LoadRequest } from './store-verbs.ts'

/** The aggregates of versioned data a command names (`base.ctxv`). */
export function refsOf({ base: { ctxv } }: Envelope): AggRef[] {
  return [
    ...(ctxv.profile === null ? [] : [{ kind: 'profile', id: ctxv.profile }]),
    ...(ctxv.item === null ? [] : [{ kind: 'item', id: ctxv.item }]),
    ...ctxv.calendars.map((id) => ({ kind: 'calendar', id })),
  ]
}

/** The number a command prints on paper, of a case or of a first contact, or null. */
export function numberOf({ kind, args }: Envelope): string | null {
  const number = kind === 'case' || kind === 'contact' ? readPath(args, 'number') : undefined
  return typeof number === 'string' ? number : null
}

/** The command a release is about, or null: of any other command, and of one that names none. */
export function releasedBy({ type, args }: Envelope): string | null {
  return type === releaseType ? (uuid.safeParse(args.cmdId).data ?? null) : null
}

interface Place {
  readonly hallId: string
  readonly streamId: string
  readonly branch?: number | undefined
  readonly fromSeq: number
  /** The kinds under which an id may stand already. */
  readonly kinds: readonly string[]
}

/** Everything one `load` must read to judge the commands, and nothing twice. */
export function needsOf(received: readonly Received[], at: Place): LoadRequest {
  const envs = received.flatMap(({ env }) => (env ? [env] : []))
  const aggs = envs.flatMap((env) => [...at.kinds.map((kind) => ({ kind, id: env.aggId })), ...refsOf(env)])
  return {
    hallId: at.hallId,
    streamId: at.streamId,
    branch: at.branch ?? 0,
    aggs: [...new Map(aggs.map((agg) => [aggKey(agg), agg])).values()],
    grantIds: unique(envs.map((env) => env.grantId)),
    cmdIds: unique(received.map((one) => one.cmdId)),
    numbers: unique(envs.map(numberOf)),
    seqs: { from: at.fromSeq, to: at.fromSeq + received.length - 1 },
    heldIds: unique(envs.map(releasedBy)),
    afters: [...new Set(envs.map((env) => env.base.after).filter((after) => after > 0 && after < at.fromSeq))],
  }
}

function unique(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))]
}
