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
import type { SignedText } from './judge-types.ts'

/** SHA-256 of a text's UTF-8 bytes, lower-case hex. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** A raw 64-byte signature in base64url, as WebCrypto makes it: no padding, one way to write it. */
const rawSignature = /^[\w-]{85}[AQgw]$/

/** Whether `sig` is the key's ECDSA P-256/SHA-256 signature over the text. Anything malformed is simply no. */
export function verifyP256(publicKey: unknown, text: string, sig: string): boolean {
  const check = checkOf({ publicKey, text, sig })
  return check !== null && verify('sha256', check.data, check.key, check.signature)
}

/**
 * Check many signatures on the thread pool, where they keep nobody waiting; returns a `verifyP256` that knows these
 * already. A curve operation is half of what judging a command takes (the storm rows of `npm run bench`).
 */
export async function verifyAhead(signed: readonly SignedText[]): Promise<typeof verifyP256> {
  const known = new Map<string, { of: SignedText; isTrue: boolean }>()
  await Promise.all(
    signed.map(async (of) => {
      known.set(of.text, { of, isTrue: await verifyLater(of) })
    }),
  )
  return (publicKey, text, sig) => {
    const found = known.get(text)
    return found?.of.sig === sig && found.of.publicKey === publicKey ? found.isTrue : verifyP256(publicKey, text, sig)
  }
}

async function verifyLater(of: SignedText): Promise<boolean> {
  const check = checkOf(of)
  if (!check) return false
  const { data, key, signature } = check
  return new Promise((resolve, reject) => {
    verify('sha256', data, key, signature, (error, isTrue) => (error ? reject(error) : resolve(isTrue)))
  })
}

function checkOf({ publicKey, text, sig }: SignedText) {
  const jwk = PublicKey.safeParse(publicKey)
  if (!jwk.success || !rawSignature.test(sig)) return null
  const key = keyOf(jwk.data)
  if (!key) return null
  const keyed = { key, dsaEncoding: 'ieee-p1363' as const }
  return { data: Buffer.from(text, 'utf8'), key: keyed, signature: Buffer.from(sig, 'base64url') }
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
