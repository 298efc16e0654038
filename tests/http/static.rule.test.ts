import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Env } from '../../server/http/env.ts'
import { securityHeaders } from '../../server/http/guards.ts'
import { staticFiles } from '../../server/http/static.ts'

let folder = ''
let app: Hono<Env>
const script = 'export const hall = 1\n'.repeat(100)
beforeAll(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'static-')), 'client')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  const files = {
    'index.html': '<p>app',
    'sw.js': '1',
    'sw-off.js': 'off',
    'icon.png': 'png',
    'manifest.webmanifest': '{}',
    'assets/a-1.js': script,
  }
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  writeFileSync(join(folder, '..', 'outside.txt'), 'secret')
  app = new Hono<Env>()
  app.use('*', securityHeaders(true))
  app.get('*', staticFiles(folder, { isWorkerOff: false }))
})
afterAll(() => {
  rmSync(join(folder, '..'), { recursive: true, force: true })
})
const get = (path: string, headers: Record<string, string> = {}) =>
  app.request(`https://hall.example${path}`, { headers })

test('[F37] hashed files are kept for ever, everything else is asked for anew and answered 304 when unchanged', async () => {
  const asset = await get('/assets/a-1.js')
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(asset.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  for (const path of ['/', '/index.html', '/sw.js', '/manifest.webmanifest']) {
    const { status, headers } = await get(path)
    expect([path, status, headers.get('cache-control')]).toEqual([path, 200, 'no-cache'])
    const again = await get(path, { 'if-none-match': headers.get('etag')! })
    expect([again.status, await again.text()]).toEqual([304, ''])
  }
  expect((await get('/manifest.webmanifest')).headers.get('content-type')).toBe('application/manifest+json')
})

test('text travels packed where the browser takes it, pictures as they are', async () => {
  const packed = await get('/assets/a-1.js', { 'accept-encoding': 'gzip, br' })
  expect(packed.headers.get('content-encoding')).toBe('gzip')
  expect(gunzipSync(Buffer.from(await packed.arrayBuffer())).toString()).toBe(script)
  const browser = { 'accept-encoding': 'gzip, deflate, br' }
  await expect.poll(async () => (await get('/assets/a-1.js', browser)).headers.get('content-encoding')).toBe('br')
  const smaller = await get('/assets/a-1.js', browser)
  expect(brotliDecompressSync(Buffer.from(await smaller.arrayBuffer())).toString()).toBe(script)
  expect(await (await get('/assets/a-1.js')).text()).toBe(script)
  expect((await get('/icon.png', { 'accept-encoding': 'gzip' })).headers.get('content-encoding')).toBeNull()
})

test('[X19] pages of the app get index.html; unknown files, /api, /sync, dotted and roundabout paths get 404', async () => {
  for (const path of [
    '/',
    '/enrol',
    '/window/case-1',
    '/cases/0190a0a0-0000-7000-8000-000000000000',
    '/items/nbu:XG-001@1',
    '/items/nbu%3AXG-001%401',
    '/items/nbu%3aXG-001@1',
  ]) {
    expect([path, await (await get(path)).text()]).toEqual([path, '<p>app'])
  }
  for (const path of [
    '/assets/b-2.js',
    '/assets/',
    '/x.js',
    '/api/x',
    '/sync/x',
    '/.env',
    '/.git/config',
    '/../outside.txt',
    '/%2e%2e/outside.txt',
    '/a%00',
    '/a%2Fb',
    '/a%253Ab',
    '/a//b',
  ]) {
    expect([path, (await get(path)).status]).toEqual([path, 404])
  }
})

test('[T6] TLS is pinned for a real host name, never for localhost', async () => {
  expect((await get('/')).headers.get('strict-transport-security')).toBe('max-age=31536000')
  const here = await app.request('https://localhost:8787/')
  expect(here.headers.get('strict-transport-security')).toBeNull()
})

test('[F39] with the worker off, the one that takes itself away is served in its place', async () => {
  const off = new Hono<Env>()
  off.get('*', staticFiles(folder, { isWorkerOff: true }))
  expect(await (await off.request('https://hall.example/sw.js')).text()).toBe('off')
  expect(await (await get('/sw.js')).text()).toBe('1')
})
