import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'

/** One message of Postgres's protocol after the startup: its letter and all its bytes. */
export interface Message {
  readonly type: string
  readonly bytes: Buffer
}

/** Cuts a byte stream into messages. */
export function messageReader(): (bytes: Buffer) => Message[] {
  let held = Buffer.alloc(0)
  return (bytes) => {
    held = Buffer.concat([held, bytes])
    const messages: Message[] = []
    while (held.length >= 5 && held.length >= 1 + held.readInt32BE(1)) {
      const end = 1 + held.readInt32BE(1)
      messages.push({ type: String.fromCharCode(held[0] ?? 0), bytes: held.subarray(0, end) })
      held = held.subarray(end)
    }
    return messages
  }
}

/** A message of this letter. */
export function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(type)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

const cString = (text: string) => Buffer.from(`${text}\0`)

/** A fatal error as Postgres words one. */
export const fatal = (code: string, text: string): Buffer =>
  message(
    'E',
    Buffer.concat([cString('SFATAL'), cString('VFATAL'), cString(`C${code}`), cString(`M${text}`), Buffer.of(0)]),
  )

/** The message that opens a connection. */
export function startup(parameters: Readonly<Record<string, string>>): Buffer {
  const pairs = Object.entries(parameters).flatMap(([name, value]) => [cString(name), cString(value)])
  const body = Buffer.concat([Buffer.of(0, 3, 0, 0), ...pairs, Buffer.of(0)])
  const head = Buffer.alloc(4)
  head.writeInt32BE(body.length + 4)
  return Buffer.concat([head, body])
}

/** The parameters of a startup message (without its length); null for a request of another kind (TLS, cancel). */
export function startupParameters(bytes: Buffer): Record<string, string> | null {
  if (bytes.readInt32BE(4) !== 196_608) return null
  const words = bytes.subarray(8).toString().split('\0')
  const parameters: Record<string, string> = {}
  for (let i = 0; i + 1 < words.length && words[i]; i += 2) parameters[words[i] ?? ''] = words[i + 1] ?? ''
  return parameters
}

/** The client's side of SCRAM-SHA-256 (RFC 5802, 7677): what to send first, and after the server's challenge. */
export function scram(password: string): { first: Buffer; answer(challenge: string): Buffer } {
  const nonce = randomBytes(18).toString('base64')
  const bare = `n=,r=${nonce}`
  const initial = Buffer.from(`n,,${bare}`)
  const length = Buffer.alloc(4)
  length.writeInt32BE(initial.length)
  return {
    first: message('p', Buffer.concat([cString('SCRAM-SHA-256'), length, initial])),
    answer: (challenge) => {
      const [r = '', s = '', i = ''] = challenge.split(',').map((part) => part.slice(2))
      const salted = pbkdf2Sync(password, Buffer.from(s, 'base64'), Number(i), 32, 'sha256')
      const clientKey = createHmac('sha256', salted).update('Client Key').digest()
      const stored = createHash('sha256').update(clientKey).digest()
      const bound = `c=biws,r=${r}`
      const signature = createHmac('sha256', stored).update(`${bare},${challenge},${bound}`).digest()
      const proof = Buffer.from(clientKey.map((byte, at) => byte ^ (signature[at] ?? 0)))
      return message('p', Buffer.from(`${bound},p=${proof.toString('base64')}`))
    },
  }
}
