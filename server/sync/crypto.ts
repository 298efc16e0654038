import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto'
import type { Grant } from '../../shared/core/envelope.ts'
import { PublicKey } from '../../shared/wire/auth.ts'

/** SHA-256 of a text's UTF-8 bytes, lower-case hex. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** A raw 64-byte signature in base64url, as WebCrypto makes it: no padding, one way to write it. */
const rawSignature = /^[\w-]{85}[AQgw]$/

/** Whether `sig` is the key's ECDSA P-256/SHA-256 signature over the text. Anything malformed is simply no. */
export function verifyP256(publicKey: unknown, text: string, sig: string): boolean {
  const jwk = PublicKey.safeParse(publicKey)
  if (!jwk.success || !rawSignature.test(sig)) return false
  const key = keyOf(jwk.data)
  if (!key) return false
  const signature = Buffer.from(sig, 'base64url')
  return verify('sha256', Buffer.from(text, 'utf8'), { key, dsaEncoding: 'ieee-p1363' }, signature)
}

/** Keys read lately: reading one costs as much as a verification, and a batch is signed by few. */
const readKeys = new Map<string, KeyObject | null>()
const mostKeys = 1_000

/** The key of a JWK; null for a point that is not on the curve. */
function keyOf(jwk: Grant['publicKey']): KeyObject | null {
  const name = `${jwk.x}.${jwk.y}`
  const known = readKeys.get(name)
  if (known !== undefined) return known
  if (readKeys.size >= mostKeys) readKeys.clear()
  const key = readKey(jwk)
  readKeys.set(name, key)
  return key
}

function readKey(jwk: Grant['publicKey']): KeyObject | null {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    return null
  }
}

/** Sign a text with a private P-256 key. */
export function signP256(privateJwk: JsonWebKey, text: string): string {
  const key = createPrivateKey({ key: privateJwk, format: 'jwk' })
  return sign('sha256', Buffer.from(text, 'utf8'), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')
}

/** A new P-256 key pair; the public one as `PublicKey` of the wire. */
export function newKeyPair(): { privateJwk: JsonWebKey; publicJwk: Grant['publicKey'] } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    privateJwk: privateKey.export({ format: 'jwk' }),
    publicJwk: PublicKey.parse(publicKey.export({ format: 'jwk' })),
  }
}
