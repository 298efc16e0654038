import type { StoredGrant } from '../../server/sync/store-verbs.ts'
import type { Envelope, PiiValues } from '../../shared/core/envelope.ts'
import type { Decision } from '../../shared/core/kernel.ts'
import { showPersonal } from '../../shared/core/pii.ts'
import { poison } from './hall-server.ts'
import { verify } from './keys.ts'
import type { LogRow } from './memory-db.ts'
import { holds } from './violation.ts'

/** Outcomes whose effect is in the image. */
export const stands = new Set(['applied', 'merged', 'conflict'])

/** I11: whoever is named as the actor signed it, whoever carried it. */
export function signedByActor(row: LogRow, env: Envelope, grant: StoredGrant | undefined): void {
  const isSigned = grant !== undefined && verify(grant.publicKey, row.envelope, row.sig)
  holds('I11', !stands.has(row.outcome) || isSigned, () => `${row.type} stands without its actor's signature`)
  const signer = isSigned ? grant.actorId : null
  holds(
    'I11',
    row.actorId === null || row.actorId === signer,
    () => `${row.type} of ${String(signer)} is logged as ${String(row.actorId)}'s`,
  )
  holds('I11', !stands.has(row.outcome) || row.actorId === env.actorId, () => `${row.type} stands without an actor`)
}

/** I26: an act of the release before is read as what it is, whatever becomes of it. */
export function stillAccepted(row: LogRow): void {
  const isStrange = row.code === 'quarantine' && whyOf(row) !== 'signature'
  holds('I26', !isStrange, () => `${row.type} of the release before is not understood: ${whyOf(row)}`)
}

/** I14: every value of the arguments is in the image after the act. */
export function keptValues(row: LogRow, env: Envelope, { row: after }: Decision): void {
  const image = JSON.stringify(after?.image)
  const { args } = showPersonal({ args: env.args, seen: {} }, (row.pii ?? {}) as PiiValues)
  for (const value of textsIn(args)) {
    holds(
      'I14',
      image.includes(JSON.stringify(value).slice(1, -1)),
      () => `${row.type} (${row.outcome}) loses its value ${value}`,
    )
  }
}

function textsIn(node: unknown): string[] {
  if (typeof node === 'string') return [node]
  return node !== null && typeof node === 'object' ? Object.values(node).flatMap(textsIn) : []
}

/** A held act and what is known of it. */
export interface Held {
  row: LogRow
  env: Envelope
  grant: StoredGrant | undefined
  isAfterHeld: boolean
  isNumberTaken: boolean
}

/** The reason beside the code. */
export const whyOf = (row: LogRow): string => (row.detail as { why?: string } | null)?.why ?? ''
/** Reasons the judge finds in the grant itself, before any rule is asked. */
const grantChecks = new Set(['device', 'revoked', 'ended', 'time'])

/** Held or refused before any rule was asked. */
export function isParked(row: LogRow): boolean {
  const byGrant = grantChecks.has(whyOf(row))
  if (row.code === 'right.missing') return byGrant
  return row.outcome === 'held' && row.code !== 'depends' && !(row.code === 'grant' && !byGrant)
}

/** What truly causes each kind of hold in these histories. */
export const causes: Record<string, (held: Held) => boolean> = {
  'grant/device': ({ env, row }) => row.carrierId === env.deviceId,
  'grant/revoked': ({ grant }) => grant?.revokedAt !== null,
  'grant/ended': ({ row, grant }) => row.receivedAt >= grant!.revokedAt!,
  'grant/time': ({ row, grant }) => row.receivedAt > grant!.toAt,
  'grant/grant': ({ env, grant }) => !grant!.roles.some(({ role }) => role === env.role),
  'quarantine/signature': ({ row, grant }) => !grant || !verify(grant.publicKey, row.envelope, row.sig),
  crash: ({ row }) => JSON.stringify([row.envelope, row.pii]).includes(poison),
  'quarantine/number': ({ isNumberTaken }) => isNumberTaken,
  depends: ({ isAfterHeld }) => isAfterHeld,
}
