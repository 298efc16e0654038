import { isIP } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import type { Env } from './env.ts'

const plain = (address: string): string => address.replace(/^::ffff:(?=[\d.]+$)/i, '')

/** Whoever has one IPv6 address has 2⁶⁴ of them: the network stands for them all. */
const networkOf = (address: string): string => {
  if (!address.includes(':') || address.includes('.')) return address
  const head = address.split('::')[0]?.split(':') ?? []
  return [...head, '0', '0', '0', '0'].slice(0, 4).join(':')
}

/**
 * The address behind a chain of proxies: the last one that is not ours, since anybody may have written those before it.
 * What is no address ends the chain, at the proxy that passed it on.
 */
export const clientBehind = (peer: string, forwarded: string | undefined, proxies: ReadonlySet<string>): string => {
  let client = plain(peer)
  const said = (forwarded ?? '').split(',').map((one) => plain(one.trim()))
  while (proxies.has(client)) {
    const before = said.pop()
    if (before === undefined || isIP(before) === 0) break
    client = before
  }
  return networkOf(client)
}

const peerOf = (c: Context<Env>): string | null => {
  const bindings = c.env as Env['Bindings'] | undefined
  return bindings?.incoming ? (getConnInfo(c).remote.address ?? 'unknown') : null
}

/** Finds out where a request comes from, for all that is counted by address (X21); in tests without a socket, `none`. */
export const clientAddress = (proxies: readonly string[]): MiddlewareHandler<Env> => {
  const known = new Set(proxies.map(plain))
  return async (c, next) => {
    const peer = peerOf(c)
    c.set('address', peer === null ? 'none' : clientBehind(peer, c.req.header('x-forwarded-for'), known))
    await next()
  }
}
