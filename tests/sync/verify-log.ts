import { createHash, createPublicKey, verify, type JsonWebKey } from 'node:crypto'

/** A row of `command_log` as any export has it; bytes in hex, moments in UTC ms. */
export interface LogLine {
  readonly pos: number
  readonly cmdId: string
  readonly streamId: string
  readonly branch: number
  readonly seq: number
  readonly kind: string
  readonly aggId: string
  readonly type: string
  readonly actorId: string | null
  readonly role: string | null
  readonly windowId: string | null
  readonly carrierId: string | null
  readonly online: boolean
  readonly wall: number | null
  readonly lo: number | null
  readonly hi: number | null
  readonly receivedAt: number
  readonly outcome: string
  readonly code: string | null
  readonly detail: unknown
  readonly ver: number
  readonly envelope: string
  readonly hash: string
  readonly sig: string
  readonly verdict: string
  readonly pii: Readonly<Record<string, { salt: string; value: string }>> | null
  readonly link: string
}

/** What the log is held against: the hall's position and head, and the keys that sign, by grant. */
export interface Proof {
  readonly hallId: string
  readonly pos: number
  readonly head: string
  readonly keys: ReadonlyMap<string, JsonWebKey>
  readonly serverKey: JsonWebKey
}

type Fields = Readonly<Record<string, unknown>>

const sha = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest()
const hex = (text: string): string => sha(text).toString('hex')
const same = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))

/**
 * Check both chains of a hall's log (sync.md §7, I18), written for the test alone and resting on nothing of the server:
 * every fault found, as `pos: what`. Without a key of the hall nobody can make a log that passes; an erased personal
 * value passes, since only its hash is chained.
 */
export function verifyLog(rows: readonly LogLine[], proof: Proof): string[] {
  const faults: string[] = []
  const streams = new Map<string, LogLine>()
  let head = sha(proof.hallId)
  rows.forEach((row, at) => {
    const say = (what: string) => faults.push(`${String(row.pos)}: ${what}`)
    if (row.pos !== at + 1) say('position')
    const place = Buffer.alloc(8)
    place.writeBigInt64BE(BigInt(at + 1))
    head = sha(Buffer.concat([head, place, sha(row.envelope), sha(row.verdict)]))
    if (row.link !== head.toString('hex')) say('link')
    if (row.hash !== hex(row.envelope)) say('hash')
    for (const what of rowFaults(row, proof)) say(what)
    for (const what of streamFaults(row, streams)) say(what)
    streams.set(`${row.streamId}/${String(row.branch)}`, row)
  })
  if (rows.length !== proof.pos || head.toString('hex') !== proof.head) faults.push('end: head')
  return faults
}

/** The stream's own chain: no seq missing, each act naming the one before, unless the verdict says it did not. */
function streamFaults(row: LogLine, streams: ReadonlyMap<string, LogLine>): string[] {
  const last = streams.get(`${row.streamId}/${String(row.branch)}`)
  if (row.seq !== (last?.seq ?? 0) + 1) return ['seq']
  const { env, isBroken } = read(row)
  if (!env || isBroken) return []
  return env.prev === (last?.hash ?? hex(row.streamId)) ? [] : ['chain']
}

function rowFaults(row: LogLine, proof: Proof): string[] {
  const { env, verdict, isBroken } = read(row)
  if (!verdict) return ['verdict']
  const { outcome, code, detail, ver, carrier, receivedAt, lo, hi } = verdict
  const judged = { outcome, code, detail, ver, carrierId: carrier, receivedAt, lo, hi }
  return [
    ...differing(row, judged),
    ...(isBroken ? brokenFaults(row, env) : [...signatureFaults(row, env, proof), ...differing(row, said(env ?? {}))]),
    ...(row.pii && env && !isBroken ? piiFaults(row.pii, env) : []),
  ]
}

const saidFields = [
  'cmdId',
  'streamId',
  'seq',
  'kind',
  'aggId',
  'type',
  'online',
  'wall',
  'actorId',
  'role',
  'windowId',
]
const said = (env: Fields): Fields => Object.fromEntries(saidFields.map((field) => [field, env[field]]))

/** What failed its checks proves nobody: it may carry an id of the server's and names no actor unless it was signed. */
function brokenFaults(row: LogLine, env: Fields | null): string[] {
  const own = serverId(`${row.streamId}:${String(row.seq)}:${row.hash}`)
  const id = row.cmdId === own || row.cmdId === env?.cmdId ? [] : ['cmdId']
  const fields = env && row.type !== '' ? ['kind', 'aggId', 'type', 'online', 'wall'] : []
  return [...id, ...differing(row, Object.fromEntries(fields.map((field) => [field, env?.[field]])))]
}

function signatureFaults({ envelope, sig }: LogLine, env: Fields | null, { keys, serverKey }: Proof): string[] {
  const key = env?.role === 'system' ? serverKey : keys.get(String(env?.grantId))
  if (!key) return ['key']
  const publicKey = createPublicKey({ key, format: 'jwk' })
  const isTrue = verify(
    'sha256',
    Buffer.from(envelope),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(sig, 'base64url'),
  )
  return isTrue ? [] : ['signature']
}

function piiFaults(pii: NonNullable<LogLine['pii']>, env: Fields): string[] {
  const hashes = new Map(refsIn(env).map((ref) => [ref.pii, ref.h]))
  const isTrue = Object.entries(pii).every(([key, { salt, value }]) => hashes.get(key) === hex(salt + value))
  return isTrue ? [] : ['pii']
}

function refsIn(node: unknown): { pii: string; h: string }[] {
  if (node === null || typeof node !== 'object') return []
  const { pii, h } = node as Fields
  return typeof pii === 'string' && typeof h === 'string' ? [{ pii, h }] : Object.values(node).flatMap(refsIn)
}

function differing(row: LogLine, expected: Fields): string[] {
  return Object.entries(expected).flatMap(([field, value]) =>
    same((row as unknown as Fields)[field] ?? null, value ?? null) ? [] : [field],
  )
}

function read({ envelope, verdict }: LogLine): { env: Fields | null; verdict: Fields | null; isBroken: boolean } {
  const said = parsed(verdict)
  return { env: parsed(envelope), verdict: said, isBroken: said?.code === 'quarantine' }
}

function parsed(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object' ? (value as Fields) : null
  } catch {
    return null
  }
}

/** The id the server gives what has none of its own, or one that is taken: a version 8 UUID of its place and bytes. */
function serverId(text: string): string {
  const h = hex(text)
  const variant = '89ab'.charAt(Number.parseInt(h.slice(16, 17), 16) % 4)
  return [h.slice(0, 8), h.slice(8, 12), `8${h.slice(13, 16)}`, variant + h.slice(17, 20), h.slice(20, 32)].join('-')
}

function sorted(node: unknown): unknown {
  if (node === null || typeof node !== 'object') return node
  if (Array.isArray(node)) return node.map(sorted)
  return Object.fromEntries(
    Object.entries(node)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  )
}
