import type { MiddlewareHandler } from 'hono'
import type { Env } from './env.ts'
import { tooMany } from './fault.ts'

const minuteMs = 60_000

/** What one address may ask of the public pages in a minute: a whole campus may stand behind one. */
const mostAMinute = 1200

/**
 * Keeps one address from wearing out the public pages. Counted in this process: what is read there is the same for
 * everybody, so a stranger gains nothing by asking two instances.
 */
export const publicLimit = (now: () => number): MiddlewareHandler<Env> => {
  let began = 0
  let counts = new Map<string, number>()
  return async (c, next) => {
    if (now() - began >= minuteMs || now() < began) {
      began = now()
      counts = new Map()
    }
    const { address } = c.var
    const count = (counts.get(address) ?? 0) + 1
    if (count > mostAMinute) throw tooMany((began + minuteMs - now()) / 1000)
    counts.set(address, count)
    await next()
  }
}
