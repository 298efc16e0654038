import { createHmac } from 'node:crypto'
import { findServerKey, keepServerKey, type ServerKey } from '../db/hall-queries.ts'
import type { Db } from '../db/pg.ts'
import { newKeyPair } from './crypto.ts'

/** The key of a hall, made on first use; whoever loses a race to make it gets the winner's. */
export async function serverKey(db: Db, hallId: string): Promise<ServerKey> {
  const known = await findServerKey(db, hallId)
  if (known) return known
  await keepServerKey(db, hallId, { id: 'key1', ...newKeyPair() })
  const made = await findServerKey(db, hallId)
  if (!made) throw new Error('the hall has no key that is in use')
  return made
}

/** What only this hall's server can make of a text, for one use: 32 bytes, so that a code or link need not be stored. */
export function proofOf({ privateJwk }: ServerKey, use: string, text: string): Buffer {
  if (!privateJwk.d) throw new Error('the hall has no private key')
  return createHmac('sha256', `${use} ${privateJwk.d}`).update(text).digest()
}
