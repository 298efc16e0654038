import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { clientAddress } from '../../server/http/client-address.ts'
import type { Env } from '../../server/http/env.ts'

const askedFrom = async (
  peer: string | null,
  forwarded: string | null,
  proxies: readonly string[],
): Promise<string> => {
  const app = new Hono<Env>()
  app.use('*', clientAddress(proxies))
  app.get('/', (c) => c.text(c.var.address))
  const headers: Record<string, string> = forwarded === null ? {} : { 'X-Forwarded-For': forwarded }
  const answer = await app.request(
    '/',
    { headers },
    peer === null ? {} : { incoming: { socket: { remoteAddress: peer } } },
  )
  return answer.text()
}

test.each([
  ['nobody in front of us', '192.0.2.7', null, [], '192.0.2.7'],
  ['a stranger who says to be somebody else', '192.0.2.7', '198.51.100.1', [], '192.0.2.7'],
  ['a stranger, with a proxy known elsewhere', '192.0.2.7', '198.51.100.1', ['10.0.0.5'], '192.0.2.7'],
  ['our proxy', '10.0.0.5', '192.0.2.7', ['10.0.0.5'], '192.0.2.7'],
  ['our proxy, as a socket for both families names it', '::ffff:10.0.0.5', '192.0.2.7', ['10.0.0.5'], '192.0.2.7'],
  ['our proxy, whose visitor made up one before', '10.0.0.5', '198.51.100.1, 192.0.2.7', ['10.0.0.5'], '192.0.2.7'],
  ['two proxies of ours', '10.0.0.5', '192.0.2.7, 10.0.0.6', ['10.0.0.5', '10.0.0.6'], '192.0.2.7'],
  ['our proxy that says nothing', '10.0.0.5', null, ['10.0.0.5'], '10.0.0.5'],
  ['our proxy that passes on what is no address', '10.0.0.5', 'unknown', ['10.0.0.5'], '10.0.0.5'],
  ['one of the addresses of a network', '2001:db8:1:2:3:4:5:6', null, [], '2001:db8:1:2'],
  ['the same behind our proxy', '10.0.0.5', '2001:db8:1:2::9', ['10.0.0.5'], '2001:db8:1:2'],
  ['no socket', null, '192.0.2.7', [], 'none'],
])('[X21] %s: %s saying %s', async (_what, peer, forwarded, proxies, address) => {
  expect(await askedFrom(peer, forwarded, proxies)).toBe(address)
})
