import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

/** A letter as its reader has it. */
export interface Received {
  readonly to: string
  readonly headers: Readonly<Record<string, string>>
  readonly subject: string
  readonly text: string
}

/** A mail server that keeps what it is sent. */
export interface SmtpSink {
  readonly url: string
  readonly letters: Received[]
  /** What it answers to an address; `250 ok` takes the letter. */
  answer: (address: string) => string
  /** Goes away, or comes back at the same place. */
  stop(): Promise<void>
  start(): Promise<void>
}

const quotedPrintable = (text: string): string => {
  const joined = text.replaceAll(/=\r?\n/g, '')
  const bytes = joined.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}

const word = (_: string, way: string, text: string): string =>
  way.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString() : quotedPrintable(text.replaceAll('_', ' '))

/** Encoded words of a header (RFC 2047); white space between two of them is nothing. */
const headerText = (text: string): string =>
  text.replaceAll(/\?=\s+=\?/g, '?==?').replaceAll(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, word)

function read(to: string, raw: string): Received {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      headerText(line.slice(line.indexOf(':') + 2)),
    ]),
  )
  const body = rest.join('\r\n\r\n').replaceAll(/^\.\./gm, '.')
  const way = headers['content-transfer-encoding']
  const text =
    way === 'base64'
      ? Buffer.from(body, 'base64').toString()
      : way === 'quoted-printable'
        ? quotedPrintable(body)
        : body
  return { to, headers, subject: headers['subject'] ?? '', text: text.replaceAll('\r\n', '\n') }
}

/** Speaks as much of SMTP (RFC 5321) as a sender needs. */
function converse(socket: Socket, sink: SmtpSink): void {
  let [held, to] = ['', '']
  const say = (line: string) => socket.write(`${line}\r\n`)
  const take = (line: string): void => {
    const [verb = ''] = line.toUpperCase().split(' ')
    if (verb === 'RCPT') {
      to = /<(.*)>/.exec(line)?.[1] ?? ''
      say(sink.answer(to))
    } else if (verb === 'QUIT') socket.end('221 bye\r\n')
    else say(verb === 'DATA' ? '354 go on' : '250 ok')
  }
  say('220 sink')
  let isData = false
  socket.on('error', () => undefined)
  socket.on('data', (chunk) => {
    held += chunk.toString('latin1')
    for (;;) {
      const mark = isData ? '\r\n.\r\n' : '\r\n'
      const at = held.indexOf(mark)
      if (at < 0) return
      const part = held.slice(0, at)
      held = held.slice(at + mark.length)
      if (isData) {
        sink.letters.push(read(to, Buffer.from(part, 'latin1').toString()))
        isData = false
        say('250 kept')
      } else {
        isData = part.toUpperCase() === 'DATA'
        take(part)
      }
    }
  })
}

/** Starts a mail server on a port of its own. */
export async function smtpSink(): Promise<SmtpSink> {
  const open = new Set<Socket>()
  let port = 0
  const sink: SmtpSink = {
    get url() {
      return `smtp://127.0.0.1:${String(port)}`
    },
    letters: [],
    answer: () => '250 ok',
    start: () =>
      new Promise((resolve) => {
        server.listen(port, '127.0.0.1', () => {
          ;({ port } = server.address() as AddressInfo)
          resolve()
        })
      }),
    stop: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => {
          resolve()
        })
      }),
  }
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    converse(socket, sink)
  })
  await sink.start()
  return sink
}
