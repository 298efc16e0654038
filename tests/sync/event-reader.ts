import type { LiveHint } from '../../shared/wire/push.ts'

/** Reads events of a live stream one after another; beats are passed over, null is the end. */
export function eventsOf(stream: ReadableStream<Uint8Array>) {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let held = ''
  const next = async (): Promise<{ event: string; hint: LiveHint } | null> => {
    for (;;) {
      for (let end = held.indexOf('\n\n'); end < 0; end = held.indexOf('\n\n')) {
        const { done, value } = await reader.read()
        if (done) return null
        held += decoder.decode(value, { stream: true })
      }
      const [event, rest] = [held.slice(0, held.indexOf('\n\n')), held.slice(held.indexOf('\n\n') + 2)]
      held = rest
      const found = /^event: (\w+)\ndata: (.+)$/.exec(event)
      if (found) return { event: found[1] ?? '', hint: JSON.parse(found[2] ?? '') as LiveHint }
      if (!event.startsWith(':')) throw new Error(`not an event: ${event}`)
    }
  }
  /** Reads on until the hall stands at `pos`. */
  const reaches = async (pos: number): Promise<void> => {
    for (let event = await next(); event; event = await next()) if (event.hint.pos >= pos) return
    throw new Error('the stream ended before')
  }
  return { next, reaches, cancel: () => reader.cancel() }
}
