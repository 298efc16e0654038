import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { Fault } from '../http/fault.ts'

/** Letters and digits that cannot be mistaken for each other when read aloud or from paper. */
const plainLetters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

const pick = (letters: string, count: number): string =>
  Array.from({ length: count }, () => letters.charAt(randomInt(letters.length))).join('')

/** An enrolment code: 8 letters, 40 bits. */
export const newCode = (): string => pick(plainLetters, 8)

/** A password for the printed demo sign-ins: 16 letters, 79 bits, in groups for reading. */
export const newPassword = (): string =>
  Array.from({ length: 4 }, () => pick('23456789abcdefghjkmnpqrstuvwxyz', 4)).join('-')

/** An opaque token of 256 bits; only its hash is ever stored (T7). */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** SHA-256 of a token or code, hex: what the tables hold. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret, 'utf8').digest('hex')

/** Whether what was given is the secret; takes as long for a wrong one of its length. */
export const isSameSecret = (right: string, given: string): boolean => {
  const [a, b] = [Buffer.from(right), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

// Argon2id is the package's default algorithm.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** The hash of a password (argon2id, 19 MiB, t=2, p=1). */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), cost)

/** An account whose sign-in was never printed has this instead of a hash; no password fits it. */
export const noPassword = '!'

/** Before the hash of a one-time password, which must be changed at the first sign-in. */
export const onceMark = 'once:'

/** How long a one-time password opens the way to one of one's own (ADR 0025): days, ms. */
export const onceDays = 7
const onceMs = onceDays * 86_400_000

/** What is stored of a one-time password: its mark, the moment it was made (UTC ms), its hash. */
export const onceHash = async (password: string, now: number): Promise<string> =>
  `${onceMark}${String(now)}:${await hashPassword(password)}`

/** The last moment of a one-time password made then; one of which nobody knows when it was made is over. */
export const onceUntil = (madeAt: number | null): number => (madeAt === null ? 0 : madeAt + onceMs)

/** Whether a stored one-time password has lapsed. */
export const isOnceOver = (stored: string, now: number): boolean => {
  const [, madeAt] = /^once:(\d+):/.exec(stored) ?? []
  return now > onceUntil(madeAt === undefined ? null : Number(madeAt))
}

const bare = (stored: string): string => stored.replace(/^once:(?:\d+:)?/, '')

let dummy: Promise<string> | null = null
let running = 0
const mostAtOnce = 24

/** Whether the password is the account's. An unknown account costs the same time (no oracle); a flood is told to wait. */
export const isPassword = async (stored: string | null, password: string): Promise<boolean> => {
  if (running >= mostAtOnce) throw new Fault('busy', { headers: { 'Retry-After': '2' } })
  running += 1
  try {
    dummy ??= hashPassword(newPassword())
    const known = stored !== null && stored !== noPassword
    const hashed = known ? bare(stored) : await dummy
    const isRight = await verify(hashed, password.normalize('NFC'))
    return known && isRight
  } finally {
    running -= 1
  }
}
