import { createHash } from 'node:crypto'
import type { Grant } from '../../shared/core/envelope.ts'

/** SHA-256 of a text, in hex. */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex')

/** The next link of a hall's chain, as `append_batch` makes it. */
export function linkAfter(head: string, pos: number, texts: { envelope: string; verdict: string }): string {
  const place = Buffer.alloc(8)
  place.writeBigInt64BE(BigInt(pos))
  const parts = [bytes(head), place, bytes(sha256(texts.envelope)), bytes(sha256(texts.verdict))]
  return createHash('sha256').update(Buffer.concat(parts)).digest('hex')
}

// Signing is a keyed hash: as hard to get wrong as a signature, and a hundred times as fast.
const secretOf = new Map<string, string>()

/** The public half of a person's key; the secret half stays here. */
export function publicKeyOf(secret: string): Grant['publicKey'] {
  const x = sha256(`public:${secret}`).slice(0, 43)
  secretOf.set(x, secret)
  return { kty: 'EC', crv: 'P-256', x, y: x }
}

export const signWith = (secret: string, text: string): string => sha256(`${secret}|${text}`)

/** Whether the text was signed by the owner of the key. */
export function verify(publicKey: unknown, text: string, sig: string): boolean {
  const secret = secretOf.get((publicKey as Grant['publicKey']).x)
  return secret !== undefined && signWith(secret, text) === sig
}
