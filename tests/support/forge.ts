import { randomBytes, randomUUID, type JsonWebKey } from 'node:crypto'
import { newKeyPair, sha256Hex, signP256 } from '../../server/sync/crypto.ts'
import type { StoredGrant } from '../../server/sync/store-verbs.ts'
import { commands } from '../../shared/commands.ts'
import { readPath } from '../../shared/core/apply.ts'
import { canonicalJson, type Json } from '../../shared/core/canonical.ts'
import {
  schemaNumber,
  type ContextVersions,
  type Envelope,
  type PiiValues,
  type SignedCommand,
} from '../../shared/core/envelope.ts'
import { hidePersonal, personalPlaces } from '../../shared/core/pii.ts'
import type { Role } from '../../shared/core/roles.ts'
import type { PushBody } from '../../shared/wire/push.ts'

/** A person on one tablet: the grant as the server stores it, and the key only the tablet has. */
export interface ForgedSigner {
  readonly grant: StoredGrant
  readonly role: Role
  readonly windowId: string | null
  readonly privateJwk: JsonWebKey
}

/** A tablet (or browser) with its stream, which makes commands as a real one would. */
export interface ForgedTablet {
  readonly deviceId: string
  readonly streamId: string
  readonly hallId: string
  readonly lane: string
  readonly windowId: string
  seq: number
  prev: string
  n: number
}

/** A new tablet at a window; nothing is written anywhere. */
export function forgeTablet(place: { hallId: string; windowId: string; lane: string }): ForgedTablet {
  const streamId = randomUUID()
  return { ...place, deviceId: randomUUID(), streamId, seq: 0, prev: sha256Hex(streamId), n: 0 }
}

/** What a grant says beside the person's role at the tablet's window. */
export interface SignerPlan {
  readonly id: string
  readonly role: Role
  readonly from: number
  readonly to: number
  /** Null: in the whole hall. */
  readonly windowId?: string | null
}

/** A person with a grant for this tablet; the server's signature over the grant plays no part in judging. */
export function forgeSigner(tablet: ForgedTablet, { id, role, from, to, windowId }: SignerPlan): ForgedSigner {
  const { privateJwk, publicJwk } = newKeyPair()
  const at = windowId === undefined ? tablet.windowId : windowId
  const grant: StoredGrant = {
    ...{ id: `grant-${randomUUID()}`, deviceId: tablet.deviceId, actorId: id, displayName: `示例·${id}` },
    ...{
      roles: [{ role, windowId: at, ...(role === 'roleB' ? { mayNot: ['case.refuse'] } : {}) }],
      fromAt: from,
      toAt: to,
      publicKey: publicJwk,
    },
    ...{ issuedText: '{}', issuedSig: '', revokedAt: null },
  }
  return { grant, role, windowId: at, privateJwk }
}

/** One act: what, on what, when, and over which image. */
export interface ActPlan {
  readonly type: string
  readonly aggId: string
  readonly args: Record<string, Json>
  readonly at: number
  readonly ctxv: ContextVersions
  /** The image the actor saw; none for creations. */
  readonly saw?: unknown
  /** Fields of the envelope to forge otherwise, before it is signed. */
  readonly forge?: Record<string, unknown>
}

/** A signed command that is not (yet) part of the tablet's stream: `seq` and `prev` are those of the next. */
export function forgeCommand(tablet: ForgedTablet, signer: ForgedSigner, plan: ActPlan): SignedCommand {
  const def = commands.get(`${plan.type}@1`)
  if (!def) throw new Error(`no command ${plan.type}`)
  const seen = Object.fromEntries(def.touches(plan.args).map((path) => [path, readPath(plan.saw ?? {}, path) ?? null]))
  const { body, pii } = hide({ args: plan.args, seen }, def.personal)
  const env: Envelope = {
    ...{ cmdId: randomUUID(), deviceId: tablet.deviceId, streamId: tablet.streamId, seq: tablet.seq + 1 },
    ...{
      type: plan.type,
      v: 1,
      nature: def.nature,
      hallId: tablet.hallId,
      kind: def.on,
      aggId: plan.aggId,
      args: body.args,
    },
    base: { ver: 0, after: 0, seen: body.seen, ctxv: plan.ctxv },
    ...{ actorId: signer.grant.actorId, role: signer.role, windowId: signer.windowId, grantId: signer.grant.id },
    ...{ shiftId: null, wall: plan.at, mono: 0, boot: 'boot-1', off: 0, offErr: 50 },
    ...{ app: 'forge', schema: schemaNumber, online: false, prev: tablet.prev },
  }
  const text = canonicalJson({ ...env, ...plan.forge })
  return { env: text, sig: signP256(signer.privateJwk, text), ...(Object.keys(pii).length > 0 ? { pii } : {}) }
}

function hide(body: { args: Record<string, Json>; seen: Record<string, Json> }, personal: readonly string[]) {
  const pii: PiiValues = {}
  const hashes = new Map<string, string>()
  for (const { key, value } of personalPlaces(body, personal)) {
    const salt = randomBytes(16).toString('base64url')
    pii[key] = { salt, value }
    hashes.set(key, sha256Hex(salt + value))
  }
  return { body: hidePersonal(body, hashes), pii }
}

/** Put a command (as forged, or altered since) at the end of the tablet's stream. */
export function enqueue(tablet: ForgedTablet, command: SignedCommand): SignedCommand {
  tablet.seq += 1
  tablet.prev = sha256Hex(command.env)
  return command
}

/** Forge the next command of the tablet's stream. */
export function act(tablet: ForgedTablet, signer: ForgedSigner, plan: ActPlan): SignedCommand {
  return enqueue(tablet, forgeCommand(tablet, signer, plan))
}

/** The tablet's next case number. */
export function nextNumber(tablet: ForgedTablet): string {
  tablet.n += 1
  return `XS-261120-${tablet.lane}-${String(tablet.n)}`
}

/** A push of commands that begin at a seq. */
export function pushOf(tablet: ForgedTablet, fromSeq: number, commandsToSend: readonly SignedCommand[]): PushBody {
  const frame = { streamId: tablet.streamId, fromSeq, schema: schemaNumber, clock: { t0: 0 }, firstUnsettled: 1 }
  return { ...frame, commands: [...commandsToSend] }
}

/** What an envelope's text says; tests read the ids they need from it. */
export function readEnv(command: SignedCommand): Envelope {
  return JSON.parse(command.env) as Envelope
}
