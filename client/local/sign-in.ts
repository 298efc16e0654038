import type { Grant } from '../../shared/core/envelope.ts'
import { isOfUnit, isSupervising, type RoleAt } from '../../shared/core/roles.ts'
import { SessionAnswer, SignedGrant } from '../../shared/wire/auth.ts'
import { estimatedNow } from '../sync/clock.ts'
import { fetchJson } from '../sync/online.ts'
import { tabletRegister, wholeRegister } from '../sync/tablet-register.ts'
import { tabletStore } from './db.ts'
import { deviceKeys, keepDevice } from './enrol.ts'
import { NetFault, type Clock, type Signer } from './engine.ts'
import { followOnly } from './follow.ts'
import { grantStateAt, openGrant } from './grants.ts'
import { makeSessionKey, makeUserKey, signText, unwrapUserKey } from './keys.ts'
import { dropAfterLast, forgiveTries, takeTry, waitAfter } from './pin.ts'
import { endSession } from './session-rows.ts'
import type { ActorRow, DeviceMeta } from './store.ts'

/** How trying a PIN ended. `wrong`: `left` tries before only the password helps, `waitMs` before the next. */
export type PinAnswer =
  | { opened: true; signer: Signer }
  | { opened: false; why: 'wrong'; left: number; waitMs: number }
  | { opened: false; why: 'wait'; waitMs: number }
  | { opened: false; why: 'dropped' | 'ended' | 'post' | 'unknown' }

/** Sign with a key in memory under a grant; never kept. */
export function makeSigner(grant: Grant, key: CryptoKey): Signer {
  return { grant, sign: (text) => signText(key, text) }
}

/** Open a person's key with their PIN, offline too (sync.md 3.4). Each try counts before it is made (F44). */
export async function tryPin(
  device: DeviceMeta,
  { actorId, pin }: { actorId: string; pin: string },
  clock: Clock,
): Promise<PinAnswer> {
  const store = tabletStore()
  const { row, samples } = await store.transact('read', ['actor', 'meta'], async (tx) => {
    const server = await tx.get('meta', 'server')
    return { row: await tx.get('actor', actorId), samples: server?.key === 'server' ? server.samples : [] }
  })
  const grant = row && (await openGrant(device, actorId, row.grant))
  if (!row || !grant) return { opened: false, why: 'unknown' }
  if (grantStateAt(grant, estimatedNow(samples, clock)) === 'ended') return { opened: false, why: 'ended' }
  const leave = await takeTry(store, actorId, clock)
  if (!leave.may)
    return 'dropped' in leave ? { opened: false, why: 'dropped' } : { opened: false, why: 'wait', waitMs: leave.waitMs }
  const key = await openKey(row, pin)
  if (key) {
    await forgiveTries(store, actorId)
    return { opened: true, signer: makeSigner(grant, key) }
  }
  if (await dropAfterLast(store, actorId)) return { opened: false, why: 'dropped' }
  return { opened: false, why: 'wrong', left: leave.left, waitMs: waitAfter(10 - leave.left) }
}

async function openKey(row: ActorRow, pin: string): Promise<CryptoKey | null> {
  if (!row.wrapped) return null
  const { secret } = await deviceKeys()
  return unwrapUserKey(pin, secret, { salt: row.salt, iv: row.iv, wrapped: row.wrapped })
}

/** Account and password, online. A browser that is no tablet gets its device with the answer. */
export async function askSession(login: string, password: string, newPassword?: string): Promise<SessionAnswer> {
  const body = { login, password, ...(newPassword === undefined ? {} : { newPassword }) }
  return fetchJson(SessionAnswer, '/api/v1/session', { method: 'POST', body })
}

/** Who the server holds signed in here: null for nobody, undefined when it cannot be asked now. */
export async function askWho(): Promise<SessionAnswer | null | undefined> {
  try {
    return await fetchJson(SessionAnswer, '/api/v1/session')
  } catch (error) {
    return error instanceof NetFault && error.kind === 'refused' ? null : undefined
  }
}

async function askGrant(
  device: DeviceMeta,
  actorId: string,
  publicKey: Grant['publicKey'],
): Promise<{ signed: SignedGrant; grant: Grant }> {
  const signed = await fetchJson(SignedGrant, '/api/v1/session/pin', { method: 'POST', body: { publicKey } })
  const grant = await openGrant(device, actorId, signed)
  // Signed by another key than the hall's: not our server.
  if (!grant) throw new NetFault('portal')
  return { signed, grant }
}

type Person = Pick<SessionAnswer, 'actorId' | 'name' | 'kind'>

/** A new key for a person under the PIN just chosen, with the server's grant for it; kept, and ready to sign. */
export async function keepUnderPin(device: DeviceMeta, { actorId, name, kind }: Person, pin: string): Promise<Signer> {
  const { secret } = await deviceKeys()
  const key = await makeUserKey(pin, secret)
  const { signed, grant } = await askGrant(device, actorId, key.publicKey)
  const row: ActorRow = { actorId, name, kind, grant: signed, ...key.wrapped, wrongPins: 0, waitUntil: 0 }
  await tabletStore().transact('write', ['actor'], (tx) => tx.put('actor', [row]))
  return makeSigner(grant, key.privateKey)
}

/** A new grant for the key a person already has here, when the server still holds them signed in. */
export async function renewGrant(device: DeviceMeta, { grant: { actorId, publicKey } }: Signer): Promise<Grant> {
  const { signed, grant } = await askGrant(device, actorId, publicKey)
  await tabletStore().transact('write', ['actor'], async (tx) => {
    const row = await tx.get('actor', actorId)
    if (row) await tx.put('actor', [{ ...row, grant: signed, name: grant.name }])
  })
  return grant
}

/** A browser's key for this sitting, in memory only, with its grant. */
export async function signerForSitting(device: DeviceMeta, actorId: string): Promise<Signer> {
  const key = await makeSessionKey()
  const { grant } = await askGrant(device, actorId, key.publicKey)
  return makeSigner(grant, key.privateKey)
}

/** The device of a browser: the one given with this sign-in, or the one it has; it follows what the person may (sync.md 4.2). */
export async function keepBrowser(answer: SessionAnswer, held: DeviceMeta | null): Promise<DeviceMeta> {
  const scopes = scopesOf(answer.roles)
  if (answer.device) {
    return keepDevice(answer.device, 'browser', scopes).catch(async (error: unknown) => {
      await endSession() // signed in at the server, yet not here
      throw error
    })
  }
  if (!held) throw new NetFault('portal')
  await wholeRegister()
  await followOnly({ store: tabletStore(), register: tabletRegister }, scopes)
  return held
}

function scopesOf(posts: readonly RoleAt[]): string[] {
  const isSupervisor = posts.some(({ role }) => isSupervising(role))
  const ofUnits = posts.filter(({ role }) => isOfUnit(role))
  const units = ofUnits.flatMap(({ unitId }) => (unitId === undefined ? [] : [`unit:${unitId}`]))
  return ['hall', ...(isSupervisor ? ['supervisor'] : []), ...new Set(units)]
}
