import { LiveHint } from '../../shared/wire/push.ts'
import { NetFault } from '../local/engine.ts'
import { retryAfterOf } from './back-off.ts'
import { deviceHeader } from './online.ts'

/** A stream that says nothing this long is dead; the server beats every 20 s. */
const silenceMs = 45_000
/** A buffering proxy swallows the stream: no hello by then, and we poll instead. */
const helloMs = 5_000

/** Who hears the stream. A hint says where the hall stands, never what changed. */
export interface LiveListener {
  hello(hint: LiveHint): void
  hint(hint: LiveHint): void
}

/**
 * Follow the hall's live hints until `signal` ends it. Throws `NetFault` when the stream cannot be had, falls silent
 * or ends by itself; the caller then polls and comes back later.
 */
export async function followLive(listener: LiveListener, signal: AbortSignal): Promise<void> {
  const ended = new AbortController()
  let timer = setTimeout(() => ended.abort(), helloMs)
  const hear = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => ended.abort(), ms)
  }
  try {
    await readStream({ listener, hear: () => hear(silenceMs) }, AbortSignal.any([signal, ended.signal]))
  } catch (error) {
    if (signal.aborted) return
    throw error instanceof NetFault ? error : new NetFault('unreachable')
  } finally {
    clearTimeout(timer)
    ended.abort()
  }
  if (!signal.aborted) throw new NetFault('unreachable')
}

interface Reading {
  listener: LiveListener
  hear(): void
}

async function readStream({ listener, hear }: Reading, signal: AbortSignal): Promise<void> {
  const headers = { Accept: 'text/event-stream', 'X-Changkai': '1', ...(await deviceHeader()) }
  const response = await fetch('/sync/v1/live', { headers, signal, cache: 'no-store', redirect: 'error' })
  const isStream = response.headers.get('Content-Type')?.startsWith('text/event-stream') ?? false
  if (!response.ok || !isStream || !response.body) throw refusalOf(response)
  const text = response.body.pipeThrough(new TextDecoderStream())
  const parse = eventParser((event, data) => deliver(listener, event, data))
  const reader = text.getReader()
  let isGreeted = false
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    isGreeted = parse(value) || isGreeted
    if (isGreeted) hear()
  }
}

function refusalOf({ status, headers }: Pick<Response, 'status' | 'headers'>): NetFault {
  const retryAfterMs = retryAfterOf(headers)
  return new NetFault('busy', retryAfterMs === null ? { status } : { status, retryAfterMs })
}

function deliver(listener: LiveListener, event: string, data: string): void {
  const hint = LiveHint.safeParse(safeJson(data))
  if (!hint.success) return
  if (event === 'hello') listener.hello(hint.data)
  else listener.hint(hint.data)
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Reads text/event-stream in pieces; true when a whole event ended in this one. */
export function eventParser(take: (event: string, data: string) => void): (piece: string) => boolean {
  let rest = ''
  return (piece) => {
    rest += piece.replaceAll('\r', '')
    const blocks = rest.split('\n\n')
    rest = blocks.pop() ?? ''
    let isEvent = false
    for (const block of blocks) {
      const lines = block.split('\n')
      const field = (name: string) =>
        lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).trim())
      const data = field('data').join('\n')
      if (!data) continue
      isEvent = true
      take(field('event')[0] ?? 'message', data)
    }
    return isEvent
  }
}
