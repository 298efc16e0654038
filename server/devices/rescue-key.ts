import { constants, createPrivateKey, generateKeyPair, privateDecrypt, randomUUID, type JsonWebKey } from 'node:crypto'
import { promisify } from 'node:util'
import { RescueKey } from '../../shared/wire/rescue.ts'
import type { Db } from '../db/pg.ts'
import { keepRescueKey, rescueKeyNow, type RescuePair } from '../db/rescue-queries.ts'

const makePair = promisify(generateKeyPair)

async function newPair(): Promise<RescuePair> {
  const { publicKey, privateKey } = await makePair('rsa', { modulusLength: 3072 })
  const { kty, n, e } = publicKey.export({ format: 'jwk' })
  const shown = RescueKey.parse({ id: `rescue-${randomUUID()}`, jwk: { kty, n, e } })
  return { ...shown, privateJwk: privateKey.export({ format: 'jwk' }) }
}

/** Halls a key is being made for: making one takes a processor for a good part of a second. */
const making = new Map<string, Promise<void>>()

/**
 * The hall's rescue key (sync.md 2.5), kept like the key it signs with; a new one each half year. Two servers that
 * begin at once both make one, and the first that is kept counts.
 */
export async function rescueKey(db: Db, hallId: string, now: number): Promise<RescueKey> {
  const known = await rescueKeyNow(db, hallId, now)
  if (known) return shownOf(known)
  const made = making.get(hallId) ?? keepNew(db, hallId, now)
  making.set(hallId, made)
  await made.finally(() => making.delete(hallId))
  const kept = await rescueKeyNow(db, hallId, now)
  if (!kept) throw new Error('the hall has no rescue key')
  return shownOf(kept)
}

async function keepNew(db: Db, hallId: string, now: number): Promise<void> {
  await keepRescueKey(db, hallId, { key: await newPair(), now })
}

const shownOf = ({ id, jwk }: RescuePair): RescueKey => ({ id, jwk })

/** The AES key of a file, or null when this key does not open it. */
export function openWrapped(privateJwk: JsonWebKey, wrapped: string): Buffer | null {
  try {
    const key = createPrivateKey({ key: privateJwk, format: 'jwk' })
    const padding = constants.RSA_PKCS1_OAEP_PADDING
    return privateDecrypt({ key, padding, oaepHash: 'sha256' }, Buffer.from(wrapped, 'base64url'))
  } catch {
    return null
  }
}
