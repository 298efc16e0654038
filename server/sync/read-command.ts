import { canonicalJson } from '../../shared/core/canonical.ts'
import { actTime, Envelope, maxEnvelopeBytes, schemaNumber, type SignedCommand } from '../../shared/core/envelope.ts'
import { uuid } from '../../shared/core/text.ts'
import { newest, type Upcasters } from '../../shared/core/upcast.ts'

/** Why an envelope cannot be trusted as a command; `newer` is a command of a later release (sync.md 4.7). */
export type EnvelopeFault = 'size' | 'json' | 'depth' | 'newer' | 'canonical' | 'key' | 'fields' | 'time' | 'version'

/** A command as it came: its place in the batch, its hash, and its envelope if that can be read. */
export interface Received {
  readonly seq: number
  readonly hash: string
  readonly signed: SignedCommand
  /** As the newest version of the command would have said it (sync.md 4.7). */
  readonly env: Envelope | null
  /** As it was sent. */
  readonly sent: Envelope | null
  readonly fault: EnvelopeFault | null
  /** The command's own name, also of an envelope that is at fault elsewhere: the tablet knows its act by it. */
  readonly cmdId: string | null
  /** How it was decided before a restore of the server, as the tablet has it (sync.md 3.5). */
  readonly prior?: { readonly outcome: string; readonly ver: number } | null
}

/** Read one command of a push. Never throws: what is wrong is the fault, and the act is kept as it came. */
export function readCommand(signed: SignedCommand, seq: number, hash: string): Received {
  const raw = parse(signed.env)
  const cmdId = uuid.safeParse(fieldOf(raw, 'cmdId')).data ?? null
  const fault = outerFault(signed.env, raw)
  const common = { seq, hash, signed, cmdId, sent: null }
  if (fault) return { ...common, env: null, fault }
  const env = Envelope.safeParse(raw)
  if (!env.success) return { ...common, env: null, fault: 'fields' }
  const isFar = Math.max(Math.abs(env.data.wall), Math.abs(actTime(env.data))) > farthest
  return isFar ? { ...common, env: null, fault: 'time' } : { ...common, env: env.data, sent: env.data, fault: null }
}

/** The command in its newest version; one whose arguments its own version could not have written is at fault. */
export function raised(received: Received, upcasters: Upcasters): Received {
  if (!received.env) return received
  try {
    return { ...received, env: newest(upcasters, received.env) }
  } catch {
    return { ...received, env: null, fault: 'version' }
  }
}

/** Ten years short of the last moment a date can name, so that no rule and no screen that counts on from it fails. */
const farthest = 8_640_000_000_000_000 - 10 * 366 * 86_400_000

/** As deep as any JSON from outside may be (X3). */
const maxDepth = 32

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function fieldOf(raw: unknown, name: string): unknown {
  return raw !== null && typeof raw === 'object' && Object.hasOwn(raw, name) ? Reflect.get(raw, name) : undefined
}

function outerFault(text: string, raw: unknown): EnvelopeFault | null {
  if (new TextEncoder().encode(text).length > maxEnvelopeBytes) return 'size'
  if (raw === undefined) return 'json'
  if (isDeeper(raw, maxDepth)) return 'depth'
  const schema = fieldOf(raw, 'schema')
  if (Number.isSafeInteger(schema) && Number(schema) > schemaNumber) return 'newer'
  if (!isCanonical(text, raw)) return 'canonical'
  return hasReservedKey(raw) ? 'key' : null
}

// First of all that walks the value: what is deep enough would break whoever walks it by calling itself.
function isDeeper(node: unknown, left: number): boolean {
  if (node === null || typeof node !== 'object') return false
  return left === 0 || Object.values(node).some((value) => isDeeper(value, left - 1))
}

// Twice the same key, 1e400, −0 and white space all differ from their own canonical text.
function isCanonical(text: string, raw: unknown): boolean {
  try {
    return canonicalJson(raw) === text
  } catch {
    return false
  }
}

const reserved = new Set(['__proto__', 'constructor', 'prototype', 'toString'])

/** Whether any key, at any depth, is a name that reaches a prototype (X5). */
function hasReservedKey(node: unknown): boolean {
  if (node === null || typeof node !== 'object') return false
  return Object.entries(node).some(([key, value]) => reserved.has(key) || hasReservedKey(value))
}
