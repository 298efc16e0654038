import type { Grant } from '../../shared/core/envelope.ts'
import { fromBase64Url, joinBytes, toBase64Url, toHex, utf8 } from './bytes.ts'

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const
const signing = { name: 'ECDSA', hash: 'SHA-256' } as const
/** Reliability.md §4: as slow as a tablet bears, since six digits are few. */
const pinRounds = 600_000
const wrapInfo = 'changkai: user key under PIN, 1'

/** A public key as it travels. */
export type PublicJwk = Grant['publicKey']

/** What the device is known by: its signing key and its secret, neither of which can be read out of the browser. */
export interface DeviceKeys {
  signing: CryptoKey
  secret: CryptoKey
  publicKey: PublicJwk
}

/** A person's key as it rests on the tablet: under PIN and device secret. Base64url. */
export interface WrappedKey {
  salt: string
  iv: string
  wrapped: string
}

/** A person's key for signing, held in memory only, and its public half. */
export interface UserKey {
  privateKey: CryptoKey
  publicKey: PublicJwk
}

/** SHA-256 of UTF-8 text, lower-case hex. */
export async function sha256Hex(text: string): Promise<string> {
  return toHex(await crypto.subtle.digest('SHA-256', utf8(text)))
}

/** Random bytes as base64url. */
export function randomText(bytes: number): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(bytes)))
}

/** New device keys, non-extractable. */
export async function makeDeviceKeys(): Promise<DeviceKeys> {
  const pair = await crypto.subtle.generateKey(curve, false, ['sign', 'verify'])
  const secret = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return { signing: pair.privateKey, secret, publicKey: await publicJwk(pair.publicKey) }
}

async function publicJwk(key: CryptoKey): Promise<PublicJwk> {
  const { x, y } = await crypto.subtle.exportKey('jwk', key)
  if (!x || !y) throw new Error('not a P-256 key')
  return { kty: 'EC', crv: 'P-256', x, y }
}

/** Sign UTF-8 text: raw r‖s, base64url. */
export async function signText(key: CryptoKey, text: string): Promise<string> {
  return toBase64Url(await crypto.subtle.sign(signing, key, utf8(text)))
}

/** Whether `sig` (raw r‖s, base64url) is of this text by this key. False for anything that cannot be read. */
export async function verifyText(publicKey: JsonWebKey, text: string, sig: string): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('jwk', publicKey, curve, false, ['verify'])
    return await crypto.subtle.verify(signing, key, fromBase64Url(sig), utf8(text))
  } catch {
    return false
  }
}

/** A key for this sitting alone (a browser without PIN); it cannot be read out. */
export async function makeSessionKey(): Promise<UserKey> {
  const pair = await crypto.subtle.generateKey(curve, false, ['sign', 'verify'])
  return { privateKey: pair.privateKey, publicKey: await publicJwk(pair.publicKey) }
}

/** A new key for a person, exported once to be wrapped under the PIN; what stays in memory cannot be read out. */
export async function makeUserKey(pin: string, secret: CryptoKey): Promise<UserKey & { wrapped: WrappedKey }> {
  const pair = await crypto.subtle.generateKey(curve, true, ['sign', 'verify'])
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const kek = await keyUnderPin(pin, { salt, secret })
  const raw = await crypto.subtle.wrapKey('pkcs8', pair.privateKey, kek, { name: 'AES-GCM', iv })
  const wrapped = { salt: toBase64Url(salt), iv: toBase64Url(iv), wrapped: toBase64Url(raw) }
  const privateKey = await unwrapUserKey(pin, secret, wrapped)
  if (!privateKey) throw new Error('the key just wrapped does not open')
  return { privateKey, publicKey: await publicJwk(pair.publicKey), wrapped }
}

/** The person's key, non-extractable, or null when the PIN is wrong. */
export async function unwrapUserKey(pin: string, secret: CryptoKey, held: WrappedKey): Promise<CryptoKey | null> {
  const kek = await keyUnderPin(pin, { salt: fromBase64Url(held.salt), secret })
  const aes = { name: 'AES-GCM', iv: fromBase64Url(held.iv) }
  try {
    return await crypto.subtle.unwrapKey('pkcs8', fromBase64Url(held.wrapped), kek, aes, curve, false, ['sign'])
  } catch {
    return null
  }
}

interface PinSalt {
  salt: Uint8Array<ArrayBuffer>
  secret: CryptoKey
}

/** KEK = HKDF(PBKDF2(PIN, salt) ‖ HMAC(device secret, salt)): the PIN alone opens nothing on another machine. */
async function keyUnderPin(pin: string, { salt, secret }: PinSalt): Promise<CryptoKey> {
  const pinKey = await crypto.subtle.importKey('raw', utf8(pin), 'PBKDF2', false, ['deriveBits'])
  const rounds = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: pinRounds }
  const fromPin = await crypto.subtle.deriveBits(rounds, pinKey, 256)
  const fromDevice = await crypto.subtle.sign('HMAC', secret, salt)
  const both = await crypto.subtle.importKey('raw', joinBytes(fromPin, fromDevice), 'HKDF', false, ['deriveKey'])
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt, info: utf8(wrapInfo) }
  return crypto.subtle.deriveKey(hkdf, both, { name: 'AES-GCM', length: 256 }, false, ['wrapKey', 'unwrapKey'])
}
