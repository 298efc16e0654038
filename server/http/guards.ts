import type { MiddlewareHandler } from 'hono'
import type { Env } from './env.ts'
import { Fault } from './fault.ts'

/** What a page of ours may load and do (T5, without Trusted Types until issue E). */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const headers: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentPolicy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()',
}

// Not for localhost: it would keep every other program on this machine from being opened over http for a year.
const isPinned = (url: string): boolean => !/^(localhost|127\.|\[::1\])/.test(new URL(url).hostname)

/** Security headers on every answer, problems included (T5, T6); HSTS where we ourselves speak TLS. */
export const securityHeaders =
  (isTls: boolean): MiddlewareHandler<Env> =>
  async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value)
    if (isTls && isPinned(c.req.url)) c.res.headers.set('Strict-Transport-Security', 'max-age=31536000')
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store')
  }

const isWrite = (method: string): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method)

const hostOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).host : null)

/** What a request says about the page it comes from: ours, another's, or nothing at all. */
const sourceOf = (request: Request): 'ours' | 'other' | 'unsaid' => {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin') return 'other'
  const origin = request.headers.get('origin')
  if (origin !== null) return hostOf(origin) === hostOf(request.url) ? 'ours' : 'other'
  return site === null ? 'unsaid' : 'ours'
}

/** Writes that rest on a cookie come from our own pages only: Sec-Fetch-Site or Origin, and a header no form can send (X20, T6). */
export const ownPagesOnly: MiddlewareHandler<Env> = async (c, next) => {
  if (isWrite(c.req.method)) {
    const isOurs = sourceOf(c.req.raw) === 'ours' && c.req.header('x-changkai') === '1'
    if (!isOurs) throw new Fault('cross-site')
  }
  await next()
}

/** Where a device's token is asked for no cookie counts, so a client that is no browser may speak; another page may not. */
export const noOtherPages: MiddlewareHandler<Env> = async (c, next) => {
  if (isWrite(c.req.method) && sourceOf(c.req.raw) === 'other') throw new Fault('cross-site')
  await next()
}

// A URL parser quietly turns `/%2e%2e/` and the like into another path: what was really asked for is looked at.
const roundabout = /\/\/|\\|%2f|%5c|%00|(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i

/** A path written in a roundabout way leads nowhere (X19). */
export const straightPath: MiddlewareHandler<Env> = async (c, next) => {
  const bindings = c.env as Env['Bindings'] | undefined
  const asked = bindings?.incoming?.url ?? new URL(c.req.url).pathname
  if (roundabout.test(asked.split('?')[0] ?? '')) throw new Fault('not-found')
  await next()
}

/** Queries name each parameter once and none that reaches a prototype (X5, X19); paths are as short as ours are (X18). */
export const plainQuery: MiddlewareHandler<Env> = async (c, next) => {
  const url = new URL(c.req.url)
  if (url.search.length > 4096) throw new Fault('malformed', { detail: '查询条件太长。' })
  const keys = [...url.searchParams.keys()]
  if (new Set(keys).size !== keys.length) throw new Fault('malformed', { detail: '查询条件里有重复的名称。' })
  if (keys.some((key) => ['__proto__', 'constructor', 'prototype'].includes(key))) throw new Fault('invalid')
  await next()
}
