import type { MiddlewareHandler } from 'hono'
import type { LiveHint } from '../../shared/wire/push.ts'
import { document, type Api } from '../http/define.ts'
import type { Env } from '../http/env.ts'
import { Fault } from '../http/fault.ts'
import type { SyncDeps } from './push.route.ts'
import type { Wake } from './wake.ts'

const headers = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
}

const beatMs = 20_000
/** A reader that far behind is gone, or will come back and pull. */
const mostWaiting = 64

/** `GET /sync/v1/live`: `hello`, then `pos` hints and a heartbeat; a poke, no data (sync.md §5). */
export function liveRoute(api: Api, deps: SyncDeps, enrolled: MiddlewareHandler<Env>): void {
  const path = '/sync/v1/live'
  document(api, { method: 'get', path, summary: '变化提示（事件流）', problems: ['unauthenticated', 'forbidden'] })
  api.get(path, enrolled, (c) => {
    const { hallId, id, revokedAt } = c.var.device
    if (revokedAt !== null) throw new Fault('forbidden')
    return new Response(hintStream(deps.wake, { hallId, deviceId: id }), { headers })
  })
}

/** Whose stream it is; without a device nothing ends it but its reader and the server. */
export interface Listener {
  readonly hallId: string
  readonly deviceId?: string
}

/** The event stream of one listener, for as long as it reads, its device stands and the server runs. */
export function hintStream(wake: Wake, listener: Listener): ReadableStream<Uint8Array> {
  let stop = (): void => undefined
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        stop = speak(wake, listener, controller)
      },
      cancel: () => {
        stop()
      },
    },
    new CountQueuingStrategy({ highWaterMark: mostWaiting }),
  )
}

type Out = ReadableStreamDefaultController<Uint8Array>

const encoder = new TextEncoder()

function speak(wake: Wake, { hallId, deviceId }: Listener, controller: Out): () => void {
  let name = 'hello'
  const say = (text: string): void => {
    if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(text))
    else end()
  }
  const beat = setInterval(() => say(': hb\n\n'), beatMs)
  const unfollow = wake.follow(hallId, {
    ...(deviceId === undefined ? {} : { deviceId }),
    hint: (hint: LiveHint) => {
      say(`event: ${name}\ndata: ${JSON.stringify(hint)}\n\n`)
      name = 'pos'
    },
    end: () => end(),
  })
  const stop = (): void => {
    clearInterval(beat)
    unfollow()
  }
  const end = (): void => {
    stop()
    if (controller.desiredSize !== null) controller.close()
  }
  return stop
}
