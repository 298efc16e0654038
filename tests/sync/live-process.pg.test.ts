import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newKeyPair } from '../../server/sync/crypto.ts'
import { listen } from '../../server/http/listen.ts'
import { nbuItems } from '../../shared/profiles/items/nbu.ts'
import { SignedGrant } from '../../shared/wire/auth.ts'
import { asDevice, origin, ours, signIn, type Under } from '../http/app-under-test.ts'
import { pushed, tabletOf, type ServedTablet } from '../http/served-person.ts'
import { endAll, ended, freePort, launch, until, url, type Started } from '../http/server-process.ts'
import { act, nextNumber, type ForgedSigner } from '../support/forge.ts'
import { openPooler, type Pooler } from '../support/pooler.ts'
import { temporaryFolder, testDatabase, type TestDatabase } from '../support/postgres.ts'
import { eventsOf } from './event-reader.ts'
import { servedHall, tabletAt } from './forged-server.ts'

let pg: TestDatabase
let pooler: Pooler
const folder = temporaryFolder()
beforeAll(async () => {
  pg = await testDatabase()
  pooler = await openPooler(pg.urls.appUrl, 3)
})
afterAll(async () => {
  await endAll()
  await pooler.close()
  await pg.stop()
  rmSync(folder, { recursive: true, force: true })
})

const start = async (): Promise<Started> =>
  launch({
    ...{ PORT: String(await freePort()), DATA_DIR: folder, DATABASE_URL: pooler.url },
    ...{ DATABASE_OWNER_URL: pg.urls.ownerUrl, DATABASE_LISTEN_URL: pg.urls.appUrl },
  })

/** A process as the helpers of the tests in one process know it. */
const underOf = (one: Started) =>
  ({
    app: {
      request: (path: string, init: RequestInit) => {
        const headers = { ...(init.headers as Record<string, string>), origin: url(one) }
        return fetch(path.replace(origin, url(one)), { ...init, headers })
      },
    },
    deps: { db: pg.db, now: () => Date.now() },
    logged: [],
  }) as unknown as Under

async function signerAt(under: Under, tablet: ServedTablet, who: { login: string; password: string }) {
  const { privateJwk, publicJwk } = newKeyPair()
  const { cookie } = await signIn(under.app, who.login, { password: who.password, headers: asDevice(tablet.token) })
  const answer = await under.app.request(`${origin}/api/v1/session/pin`, ours({ publicKey: publicJwk }, { cookie }))
  const grant = JSON.parse(SignedGrant.parse(await answer.json()).text) as ForgedSigner['grant'] & {
    roles: [{ role: ForgedSigner['role']; windowId: string }]
  }
  return { grant, ...grant.roles[0], privateJwk } as ForgedSigner
}

const item = nbuItems.find(({ id }) => id === 'nbu:XG-001@1')!

const received = (tablet: ServedTablet, by: ForgedSigner, aggId: string) => {
  const student = { name: '示例·王同学', studentNo: '20240117', phone: '13800001234' }
  const materials = item.materials.map(({ id }) => ({ id, state: 'present' }))
  const args = { number: nextNumber(tablet).replace('XS', 'XG'), itemId: item.id, ticket: null, student, materials }
  const ctxv = { profile: 'nbu@1', item: item.id, calendars: ['nbu:2026@1'] }
  return act(tablet, by, { type: 'case.receive', aggId, args, at: Date.now(), ctxv })
}

test('[issue B.4] [F50] two processes first start through the pooler at once; a push to one reaches the other’s stream; SIGTERM ends streams', async () => {
  const both = await Promise.all([start(), start()])
  const isUp = (one: Started) => one.text().includes('Changkai is running') || one.child.exitCode !== null
  await until(() => both.every(isUp), 150_000)
  const printed = () => both.map((one) => one.text()).join('')
  await until(() => /\/enrol#\w{8}/.test(printed()))
  const [, login = '', password = ''] = /^ {2}(\S+-a) +(\S+) {2,}A/m.exec(printed()) ?? []
  const [one, two] = [underOf(both[0]), underOf(both[1])]
  const tablet = await tabletOf(one, 'nbu', 'student-affairs')
  const live = await fetch(`${url(both[1])}/sync/v1/live`, { headers: asDevice(tablet.token) })
  expect(live.headers.get('content-encoding')).toBeNull()
  expect(live.headers.get('x-accel-buffering')).toBe('no')
  const events = eventsOf(live.body!)
  const hello = await events.next()
  expect(hello?.event).toBe('hello')
  const a = await signerAt(one, tablet, { login, password })
  expect(await pushed(one, tablet, { from: 1, commands: [received(tablet, a, 'one')] })).toEqual(['applied'])
  await events.reaches((hello?.hint.pos ?? 0) + 1)
  expect(await pushed(two, tablet, { from: 2, commands: [received(tablet, a, 'two')] })).toContain('applied')
  for (const { child } of both) child.kill('SIGTERM')
  expect(await events.next().then((event) => (event ? events.next() : event))).toBeNull()
  expect(await Promise.all(both.map(ended))).toEqual([0, 0])
}, 240_000)

// Plain sockets that ask and then listen: what they take is their own process's affair.
const idle = `const { connect } = require('node:net')
  let [open, port, token, count] = [0, ...process.argv.slice(1)]
  const ask = () => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write('GET /sync/v1/live HTTP/1.1\\r\\nHost: localhost\\r\\nAuthorization: Device ' + token + '\\r\\n\\r\\n'))
    let isGreeted = false
    socket.on('data', (part) => {
      if (isGreeted || !String(part).includes('hello')) return
      isGreeted = true
      if ((open += 1) === Number(count)) process.stdout.write('all')
    })
  }
  for (let i = 0; i < Number(count); i += 1) setTimeout(ask, i * 2)`

async function idleTablets(port: number, token: string, count: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', idle, String(port), token, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return child
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
/** What this process holds, once nothing of it is garbage. */
async function held(): Promise<number> {
  for (let i = 0; i < 3; i += 1) {
    collect()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

test('[R9] an idle live connection costs the server at most 20 KB, and is freed when it is gone', async () => {
  const hall = await servedHall(pg)
  const tablet = await tabletAt(hall, 'ZM')
  const server = await listen(hall.app, { port: 0, host: '127.0.0.1', tls: null })
  const measure = async (count: number): Promise<{ each: number; left: number }> => {
    const before = await held()
    const child = await idleTablets(server.port, tablet.token, count)
    const during = await held()
    child.kill('SIGKILL')
    await until(async () => (await held()) - before < (during - before) / 2)
    return { each: (during - before) / count, left: ((await held()) - before) / count }
  }
  await measure(100) // warms what is made once
  const { each, left } = await measure(500)
  expect(each).toBeLessThan(20_000)
  expect(left).toBeLessThan(each / 3)
  await hall.wake.close()
  await server.close(100)
})
