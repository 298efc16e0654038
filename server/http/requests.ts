import { randomUUID } from 'node:crypto'
import type { ErrorHandler, MiddlewareHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import { StoreUnavailable } from '../sync/store-verbs.ts'
import type { Env } from './env.ts'
import { Fault, problemResponse } from './fault.ts'
import { errorFields, type Log } from './log.ts'

/** Gives the request its id and writes one line when it is answered: no path (ids may stand in it), only its pattern. */
export const requestLine =
  (log: Log): MiddlewareHandler<Env> =>
  async (c, next) => {
    const id = randomUUID()
    const from = performance.now()
    c.set('requestId', id)
    await next()
    c.res.headers.set('X-Request-Id', id)
    const { method } = c.req
    log.info(
      { id, method, route: routePath(c), status: c.res.status, ms: Math.round(performance.now() - from) },
      'request',
    )
  }

const busyCodes = new Set(['57014', '57P01', '57P02', '57P03', '53300', '55P03', '40001', '40P01', '25006'])
const fullCodes = new Set(['53100', 'ENOSPC'])
const isLineLost = (code: string): boolean => /^(08|CONNECT|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_)/.test(code)

/** What an unexpected error means to the caller: full, away for a while, or a bug. */
const faultOf = (error: unknown): Fault => {
  if (error instanceof Fault) return error
  if (error instanceof StoreUnavailable) return new Fault('busy', { headers: { 'Retry-After': '2' } })
  if (error instanceof HTTPException && error.status < 500) return new Fault('malformed')
  const code = errorFields(error).code ?? ''
  if (fullCodes.has(code)) return new Fault('no-space')
  if (busyCodes.has(code) || isLineLost(code)) return new Fault('busy', { headers: { 'Retry-After': '2' } })
  return new Fault('bug')
}

/** The only place where errors end (house.md §5): faults are answered, bugs are logged by id and answered as such. */
export const errorEnd =
  (log: Log): ErrorHandler<Env> =>
  (error, c) => {
    const fault = faultOf(error)
    const id = c.get('requestId')
    if (fault.code === 'bug' || fault.code === 'busy' || fault.code === 'no-space') {
      log.error({ id, method: c.req.method, problem: fault.code, ...errorFields(error) }, 'failed')
    }
    return problemResponse(fault, id)
  }

/** Unknown addresses. */
export const nothingThere: NotFoundHandler<Env> = (c) => problemResponse(new Fault('not-found'), c.get('requestId'))
