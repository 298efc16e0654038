import { createServer, connect, type AddressInfo, type Socket } from 'node:net'

/** What happens to one push that passes; everything else passes unharmed. */
export interface Trouble {
  /** Called when the last byte of the request has gone to the server. */
  readonly asked?: () => void
  /** Bytes of the answer let through before the line is ended. */
  readonly cutAnswerAt?: number
  /** How it is ended: with a reset, or as if the answer were whole. */
  readonly endsQuietly?: boolean
  /** Bytes of the request let through before the line is reset. */
  readonly cutRequestAt?: number
  /** The request waits here, whole, until this; the client may be long gone. */
  readonly held?: Promise<void>
  /** The answer comes a byte at a time, so many ms apart. */
  readonly dripMs?: number
}

/** A request as it went by. */
export interface Passed {
  readonly headers: Record<string, string>
  readonly body: string
}

/** A line between a tablet and the server with a hand on it (reliability.md 2, "chaos proxy"). */
export interface ChaosProxy {
  readonly url: string
  /** The next pushes have these troubles, one each, in this order. */
  arm(...troubles: Trouble[]): void
  /** Troubles that have happened, and pushes gone by. */
  readonly met: Trouble[]
  readonly pushes: Passed[]
  /** Bytes of the last answer, head and all. */
  answerLength(): number
  close(): Promise<void>
}

const headEnd = Buffer.from('\r\n\r\n')

/** The first whole request in what has come, and what follows it. */
function wholeRequest(bytes: Buffer): { request: Buffer; rest: Buffer } | null {
  const at = bytes.indexOf(headEnd)
  if (at < 0) return null
  const length = Number(/^content-length: *(\d+)/im.exec(bytes.toString('latin1', 0, at))?.[1] ?? 0)
  const end = at + headEnd.length + length
  return bytes.length < end ? null : { request: bytes.subarray(0, end), rest: bytes.subarray(end) }
}

function passedOf(request: Buffer): Passed {
  const at = request.indexOf(headEnd)
  const lines = request.toString('latin1', 0, at).split('\r\n').slice(1)
  const pairs = lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1)])
  const headers = Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value.trim()]))
  return { headers, body: request.toString('utf8', at + headEnd.length) }
}

const isPush = (request: Buffer): boolean => request.subarray(0, 19).toString('latin1') === 'POST /sync/v1/push '

/** The lines of a proxy: what comes is kept, with what it opens in turn, so that all of it can be cut. */
export function lineKeeper(take: (near: Socket) => void) {
  const lines = new Set<Socket>()
  const keep = (line: Socket): Socket => {
    lines.add(line)
    line.on('error', () => undefined)
    line.on('close', () => lines.delete(line))
    return line
  }
  const server = createServer((near) => take(keep(near)))
  return {
    keep,
    listen: async (): Promise<number> => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return (server.address() as AddressInfo).port
    },
    cut: (): void => {
      for (const line of lines) line.resetAndDestroy()
    },
    close: (): Promise<void> =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const line of lines) line.destroy()
      }),
  }
}

/** Listens on a free port before the server at `port`. */
export async function chaosProxy(port: number): Promise<ChaosProxy> {
  const armed: Trouble[] = []
  const met: Trouble[] = []
  const pushes: Passed[] = []
  let length = 0

  const lines = lineKeeper((near) => {
    const far = lines.keep(connect(port, '127.0.0.1'))
    let trouble: Trouble | null = null
    let came = Buffer.alloc(0)
    let answered = 0
    let dripping = Promise.resolve()

    const end = (isQuiet = false): void => {
      if (isQuiet) near.end()
      else near.resetAndDestroy()
    }
    const pass = async (request: Buffer): Promise<void> => {
      const mine = isPush(request) ? (armed.shift() ?? null) : null
      if (isPush(request)) pushes.push(passedOf(request))
      if (mine) met.push(mine)
      await mine?.held
      trouble = mine
      answered = 0
      if (mine?.cutRequestAt !== undefined) {
        far.write(request.subarray(0, mine.cutRequestAt), () => far.resetAndDestroy())
        return end()
      }
      far.write(request, () => {
        mine?.asked?.()
        if (mine?.cutAnswerAt === 0) end(mine.endsQuietly)
      })
    }
    const drip = async (part: Buffer, ms: number): Promise<void> => {
      for (const byte of part) {
        if (near.destroyed) return
        near.write(Buffer.from([byte]))
        await new Promise((resolve) => setTimeout(resolve, ms))
      }
    }
    const answer = (part: Buffer): void => {
      const { cutAnswerAt = Infinity, dripMs, endsQuietly } = trouble ?? {}
      const through = part.subarray(0, Math.max(0, cutAnswerAt - answered))
      answered += part.length
      length = answered
      if (dripMs !== undefined) dripping = dripping.then(() => drip(part, dripMs))
      else if (near.writable) near.write(through, () => answered >= cutAnswerAt && end(endsQuietly))
    }

    near.on('data', (part: Buffer) => {
      came = Buffer.concat([came, part])
      for (let whole = wholeRequest(came); whole; whole = wholeRequest(came)) {
        came = Buffer.from(whole.rest)
        void pass(whole.request)
      }
    })
    far.on('data', answer)
    // What was asked is answered although nobody listens any more: after a trouble the far line stays.
    near.on('close', () => trouble ?? far.end())
    far.on('close', () => near.destroy())
  })
  return {
    url: `http://127.0.0.1:${String(await lines.listen())}`,
    arm: (...troubles) => void armed.push(...troubles),
    ...{ met, pushes },
    answerLength: () => length,
    close: lines.close,
  }
}
