import { randomUUID } from 'node:crypto'
import { localDay, momentOf, addDays } from '../../shared/calendar/day.ts'
import { canonicalJson } from '../../shared/core/canonical.ts'
import type { Grant } from '../../shared/core/envelope.ts'
import type { PublicKey, SignedGrant } from '../../shared/wire/auth.ts'
import type { z } from 'zod'
import type { Deps, PersonAuth } from '../http/env.ts'
import { Fault } from '../http/fault.ts'
import { signP256 } from '../sync/crypto.ts'
import { serverKey } from '../sync/index.ts'
import { findProfile } from '../db/enrol-queries.ts'
import { hashOf, newToken } from './secrets.ts'
import { addGrant } from '../db/sign-in-queries.ts'

const dayMs = 86_400_000

// A tablet just enrolled knows the server's time only to minutes: its first act must not seem older than its right.
const slackMs = 10 * 60_000

const endOf = (person: PersonAuth, from: number, days: number): number => {
  const ends = person.until === null ? [] : [momentOf(addDays(person.until, 1), '00:00')]
  return Math.min(from + days * dayMs, ...ends)
}

/**
 * The right of a person to act on the session's device without network (sync.md 3.4): signed by the hall's key, at
 * most the profile's days long and never past the end of a post. The session gets a new token with it.
 */
export const issueGrant = async (
  deps: Deps,
  person: PersonAuth,
  publicKey: z.infer<typeof PublicKey>,
): Promise<{ grant: SignedGrant; token: string }> => {
  const { hallId, deviceId, id: actorId, name, roles } = person
  if (deviceId === null || roles.length === 0) {
    throw new Fault('forbidden', { detail: '您今天在本设备的窗口没有岗位，请联系督查定岗。' })
  }
  const now = deps.now()
  const [key, profile] = await Promise.all([serverKey(deps.db, hallId), findProfile(deps.db, hallId, localDay(now))])
  if (!profile) throw new Fault('busy')
  const from = now - slackMs
  const to = endOf(person, from, profile.grantDays)
  const id = randomUUID()
  const rights = roles.map((right) => (right.role === 'roleB' ? { ...right, mayNot: [...profile.roleBMayNot] } : right))
  const issued: Grant = { id, hallId, deviceId, actorId, name, roles: rights, from, to, publicKey }
  const text = canonicalJson(issued)
  const sig = signP256(key.privateJwk, text)
  const token = newToken()
  const session = { formerHash: person.tokenHash, tokenHash: hashOf(token) }
  const isKept = await addGrant(
    deps.db,
    { hallId, id, deviceId, actorId, name, roles: rights, from, to, publicKey, text, sig },
    session,
  )
  if (!isKept) throw new Fault('unauthenticated')
  return { grant: { text, sig }, token }
}
