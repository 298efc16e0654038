import { Hono } from 'hono'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Env } from '../../server/http/env.ts'
import { squeeze } from '../../server/http/squeeze.ts'

const long = { rows: Array.from({ length: 400 }, (_, index) => ({ id: index, name: '示例·王同学' })) }
const app = new Hono<Env>()
app.use('*', squeeze)
app.get('/long', (c) => c.json(long, 200, { 'X-Kept': 'yes' }))
app.get('/short', (c) => c.json({ ok: true }))
app.get('/refused', (c) => c.json({ type: '/problems/forbidden' }, 403))
app.get('/none', (c) => c.body(null, 204))

const get = async (path: string, accepts?: string) => {
  const answer = await app.request(path, accepts === undefined ? {} : { headers: { 'accept-encoding': accepts } })
  return { answer, coding: answer.headers.get('content-encoding'), bytes: Buffer.from(await answer.arrayBuffer()) }
}

test('[F22] a long answer is squeezed as its reader can take it, and comes out the same', async () => {
  const br = await get('/long', 'gzip, deflate, br, zstd')
  expect([br.coding, br.answer.headers.get('x-kept'), br.answer.headers.get('vary')]).toEqual([
    'br',
    'yes',
    'Accept-Encoding',
  ])
  expect(JSON.parse(brotliDecompressSync(br.bytes).toString())).toEqual(long)
  expect(br.bytes.length).toBeLessThan(JSON.stringify(long).length / 5)
  const gz = await get('/long', 'gzip')
  expect([gz.coding, JSON.parse(gunzipSync(gz.bytes).toString())]).toEqual(['gzip', long])
})

test('[F22] who takes nothing squeezed, or refuses it, gets plain text; short answers and none stay as they are', async () => {
  for (const accepts of [undefined, 'identity', 'br;q=0', 'gzip;q=0.0']) {
    const { coding, bytes } = await get('/long', accepts)
    expect([accepts, coding, JSON.parse(bytes.toString())]).toEqual([accepts, null, long])
  }
  expect(await get('/short', 'br')).toMatchObject({ coding: null, bytes: Buffer.from('{"ok":true}') })
  const refused = await get('/refused', 'br')
  expect([refused.answer.status, refused.coding, refused.answer.headers.get('content-type')]).toEqual([
    403,
    null,
    'application/json',
  ])
  expect((await get('/none', 'br')).answer.status).toBe(204)
})
