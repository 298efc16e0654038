// First: it gives Dexie, which looks for it once, an IndexedDB.
import { freshBrowser, givenTablet } from '../local/given-tablet.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { closeTabletStore } from '../../client/local/db.ts'
import { NetFault } from '../../client/local/engine.ts'
import { api, fetchJson, net, reach, refusal } from '../../client/sync/online.ts'
import { netSentence } from '../../client/sync/problem-fault.ts'
import { cut, givenServer, problem, type GivenServer } from '../local/given-server.ts'

let server: GivenServer
beforeEach(async () => {
  freshBrowser()
  server = await givenServer()
  reach.value = { state: 'unknown', since: 0, answeredAt: 0 }
  refusal.value = null
})
afterEach(() => {
  vi.unstubAllGlobals()
  closeTabletStore()
})

const html =
  (status: number, headers: Record<string, string> = {}) =>
  () =>
    new Response('<html>请登录校园网</html>', { status, headers: { 'Content-Type': 'text/html', ...headers } })
const json =
  (text: string, status = 200) =>
  () =>
    new Response(text, { status, headers: { 'Content-Type': 'application/json; charset=utf-8' } })

async function faultOf(answer: GivenServer['answer']): Promise<NetFault> {
  server.answer = answer
  const fault: unknown = await net.pull({ since: '0' }).catch((error: unknown) => error)
  expect(fault).toBeInstanceOf(NetFault)
  return fault as NetFault
}

test('[F7] a captive portal is told from our server, whatever status it answers with', async () => {
  for (const status of [200, 403, 511]) expect((await faultOf(html(status))).kind).toBe('portal')
  expect(reach.value.state).toBe('portal')
  expect(netSentence(await faultOf(html(200)))).toContain('登录认证')
})

test('[P12] a device put out of use says so in the server’s words, also when its network goes, until it is served again', async () => {
  const words = '这台平板已被停用，不能再取数据。'
  const said = { type: '/problems/forbidden', title: '不允许', status: 403, detail: words, instance: '' }
  await faultOf(
    () => new Response(JSON.stringify(said), { status: 403, headers: { 'Content-Type': 'application/problem+json' } }),
  )
  expect([refusal.value, reach.value.state]).toEqual([words, 'online'])
  await faultOf(cut)
  expect(refusal.value).toBe(words)
  server.answer = json('{}')
  await net.pull({ since: '0' })
  expect(refusal.value).toBeNull()
})

test('[F7] no request follows a redirect', async () => {
  await givenTablet()
  await faultOf(cut)
  await api('POST', '/sync/v1/push', {}).catch(() => null)
  expect(server.asked.map((one) => one.redirect)).toEqual(['error', 'error'])
})

test('[F7] JSON of another shape is not our server either', async () => {
  server.answer = json('{"ok":true}')
  await expect(fetchJson(z.strictObject({ epoch: z.string() }), '/x')).rejects.toMatchObject({ kind: 'portal' })
})

test('[F8] a gateway’s error page is a pause, and Retry-After is kept', async () => {
  for (const status of [502, 503, 504]) expect((await faultOf(html(status))).kind).toBe('busy')
  expect(await faultOf(html(503, { 'Retry-After': '7' }))).toMatchObject({
    kind: 'busy',
    retryAfterMs: 7000,
    status: 503,
  })
  expect(await faultOf(() => problem('too-many', 429, { 'Retry-After': '30' }))).toMatchObject({
    ...{ kind: 'busy', retryAfterMs: 30_000, problem: 'too-many' },
  })
  const at = (time: string) => `Sat, 21 Nov 2026 ${time} GMT`
  const dated = { 'Retry-After': at('10:00:20'), Date: at('10:00:00') }
  expect((await faultOf(html(503, dated))).retryAfterMs).toBe(20_000)
  expect((await faultOf(html(503, { 'Retry-After': at('10:00:20') }))).retryAfterMs).toBeNull()
  expect((await faultOf(html(503, { 'Retry-After': 'soon', Date: at('10:00:00') }))).retryAfterMs).toBeNull()
})

test('[F4] an answer cut in the middle is no answer', async () => {
  expect((await faultOf(json('{"epoch":"0190'))).kind).toBe('unreachable')
})

test('[F12] being offline is what the last request found, not what the browser says', async () => {
  const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(true)
  await faultOf(cut)
  expect(reach.value.state).toBe('offline')
  onLine.mockReturnValue(false)
  server.answer = json('{}')
  await net.pull({ since: '0' })
  expect(reach.value.state).toBe('online')
  expect(reach.value.answeredAt).toBeGreaterThan(0)
  onLine.mockRestore()
})

test('[P13] a refusal comes with its code and the server’s sentence, and counts as reached', async () => {
  const fault = await faultOf(() => problem('unauthenticated', 401))
  expect(fault).toMatchObject({ kind: 'refused', problem: 'unauthenticated', status: 401 })
  expect(netSentence(fault)).toBe('账号或密码不对。')
  expect(reach.value.state).toBe('online')
})

test('[X20] every request carries our header, and the device’s token once there is one', async () => {
  server.answer = json('{}')
  await api('GET', '/api/v1/log')
  expect(server.asked[0]!.headers).toMatchObject({ 'X-Changkai': '1' })
  expect(server.asked[0]!.headers.Authorization).toBeUndefined()
  await givenTablet()
  await api('POST', '/sync/v1/push', { a: 1 })
  expect(server.asked[1]!.headers).toMatchObject({
    ...{ 'X-Changkai': '1', 'Content-Type': 'application/json', Authorization: `Device ${'t'.repeat(40)}` },
  })
})

/** An answer that begins well, then drips a byte now and then for as long as anybody waits. */
function drips(): void {
  vi.stubGlobal('fetch', (_path: string, { signal }: { signal: AbortSignal }) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const drip = setInterval(() => controller.enqueue(new TextEncoder().encode(' ')), 5)
        signal.addEventListener('abort', () => {
          clearInterval(drip)
          controller.error(signal.reason)
        })
      },
    })
    return Promise.resolve(new Response(body, { headers: { 'Content-Type': 'application/json' } }))
  })
}

test('[F9] a request is given up 30 s after it was begun, its body included: dripping buys no time', async () => {
  const asked: number[] = []
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    asked.push(ms)
    const late = new AbortController()
    setTimeout(() => late.abort(new DOMException('too long', 'TimeoutError')), 100)
    return late.signal
  })
  drips()
  await expect(net.push({} as never)).rejects.toMatchObject({ kind: 'unreachable' })
  expect(asked).toEqual([30_000])
  expect(reach.value.state).toBe('offline')
  timeout.mockRestore()
})

test('[P13] [F41] a session that has ended stops nobody’s queue: sync asks with the device’s token and never with a person’s', async () => {
  await givenTablet()
  server.answer = () => problem('unauthenticated', 401)
  await api('GET', '/api/v1/session').catch(() => null)
  expect(reach.value.state).toBe('online')
  server.answer = json('{}')
  await net.push({} as never)
  await net.pull({ since: '0' })
  for (const { headers } of server.asked.slice(1)) {
    expect(headers.Authorization).toBe(`Device ${'t'.repeat(40)}`)
    expect(Object.keys(headers).map((name) => name.toLowerCase())).not.toContain('cookie')
  }
})
