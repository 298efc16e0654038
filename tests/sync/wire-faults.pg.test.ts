// First: it gives Dexie, which looks for it once, an IndexedDB.
import { engineInNode, patience, type EngineInNode } from '../support/engine-in-node.ts'
import { readFileSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openClient } from '../../server/db/pg.ts'
import { Frame } from '../../shared/wire/frame.ts'
import { endAll, ended, freePort, started, until, type Started } from '../http/server-process.ts'
import { chaosProxy, type ChaosProxy, type Trouble } from '../support/chaos-proxy.ts'
import { temporaryFolder } from '../support/postgres.ts'

let folder = ''
let port = 0
let server: Started
let proxy: ChaosProxy
let tablet: EngineInNode
const env = () => ({ PORT: String(port), DATA_DIR: folder, HOST: '127.0.0.1' })

beforeAll(async () => {
  folder = temporaryFolder()
  port = await freePort()
  server = await started(env())
  await until(() => /\/enrol#\w{8}/.test(server.text()))
  const [, code = ''] = /\/enrol#(\w{8})/.exec(server.text()) ?? []
  const [, login = '', password = ''] = /^ {2}(\S+-a) +(\S+) {2,}A/m.exec(server.text()) ?? []
  proxy = await chaosProxy(port)
  tablet = await engineInNode(proxy.url, { code, login, password, windowId: 'student-affairs' })
}, 180_000)
afterEach(() => {
  patience.ms = 30_000
})
afterAll(async () => {
  await proxy?.close()
  await endAll()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

/** What the server keeps, read past it. */
async function logged(): Promise<string[]> {
  const secrets = JSON.parse(readFileSync(`${folder}/postgres/secrets.json`, 'utf8')) as { hallApp: string }
  const [, , , at = ''] = readFileSync(`${folder}/postgres/cluster/postmaster.pid`, 'utf8').split('\n')
  const sql = openClient(`postgres://hall_app:${secrets.hallApp}@127.0.0.1:${at}/hall`, {
    ...{ max: 1, statementTimeoutMs: 5000, name: 'test-log' },
  })
  const rows = await sql<{ envelope: string }[]>`select envelope from hall.command_log where type = 'case.receive'
    order by seq`
  await sql.end({ timeout: 5 })
  return rows.map(({ envelope }) => envelope)
}

/** Everything kept is decided here and logged there, each once and in order. */
async function allOnce(): Promise<void> {
  await tablet.drain()
  expect(await tablet.waiting()).toBe(0)
  const kept = (await tablet.outbox()).toSorted((a, b) => a.seq - b.seq).map((act) => act.env)
  expect(await logged()).toEqual(kept)
}

const fails = (trouble: Trouble) => {
  proxy.arm(trouble)
  return expect(tablet.push()).rejects.toMatchObject({ kind: 'unreachable' })
}

test('[F3] [P2] the line is reset after the request’s last byte: the acts stay, and sent again they get the verdict that stood', async () => {
  await tablet.keep(2)
  await fails({ cutAnswerAt: 0 })
  await until(async () => (await logged()).length === 2)
  expect(await tablet.waiting()).toBe(2)
  expect(await tablet.push()).toMatchObject({ sent: 2, settled: 2 })
  expect(proxy.pushes.slice(-2).map(({ body }) => commandsIn(body))).toEqual(Array(2).fill(commandsIn(lastBody())))
  await allOnce()
})

const lastBody = () => proxy.pushes.at(-1)?.body ?? ''
const commandsIn = (body: string) => (JSON.parse(body) as { commands: { env: string }[] }).commands

test('[F5] [P3] twenty copies of one request, on lines of their own, at once: one effect, and verdicts alike', async () => {
  await tablet.keep(3)
  const copies: Promise<Frame>[] = []
  const copied = new Promise<void>((resolve) => {
    const asked = () => {
      const { headers, body } = proxy.pushes.at(-1)!
      for (let n = 0; n < 20; n += 1) copies.push(copy(headers, body))
      resolve()
    }
    proxy.arm({ asked })
  })
  const [pushed] = await Promise.all([tablet.push(), copied])
  expect(pushed).toMatchObject({ sent: 3, settled: 3 })
  const verdicts = (await Promise.all(copies)).map(({ results, lastSeq, stop }) => ({ results, lastSeq, stop }))
  expect(verdicts).toHaveLength(20)
  for (const one of verdicts) expect(one).toEqual(verdicts[0])
  expect(verdicts[0]?.results.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied'])
  await allOnce()
})

/** The same bytes again, straight to the server; one that is told to wait does. */
async function copy(headers: Record<string, string>, body: string): Promise<Frame> {
  const { authorization = '', 'content-type': type = '' } = headers
  for (;;) {
    const init = { method: 'POST', body, headers: { authorization, 'content-type': type } }
    const answer = await fetch.call(globalThis, `/sync/v1/push`, init)
    if (answer.status === 200) return Frame.parse(await answer.json())
    expect([429, 503]).toContain(answer.status)
    await answer.text()
    await sleep(1000)
  }
}

test('[F4] [P2] an answer cut at each of twenty places: nothing leaves the outbox, the whole batch goes again', async () => {
  await tablet.keep(4)
  await fails({ cutAnswerAt: 0 })
  await until(() => proxy.answerLength() > 500)
  const length = proxy.answerLength()
  for (let n = 1; n < 20; n += 1) {
    await fails({ cutAnswerAt: Math.floor((length * n) / 20), endsQuietly: n % 2 === 0 })
    expect(await tablet.waiting()).toBe(4)
  }
  const cut = proxy.pushes.slice(-20).map(({ body }) => commandsIn(body))
  expect(cut.every((commands) => commands.length === 4)).toBe(true)
  expect(new Set(cut.map((commands) => JSON.stringify(commands))).size).toBe(1)
  await allOnce()
})

test('[F6] [P5] a request held on the way past the next one, and come hours late, changes nothing', async () => {
  patience.ms = 1500
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  let isIn = false
  await tablet.keep(1)
  await fails({ held, asked: () => (isIn = true) })
  await tablet.keep(1)
  patience.ms = 30_000
  await allOnce()
  const before = await logged()
  release()
  await until(() => isIn)
  await sleep(300)
  expect(await logged()).toEqual(before)
  await tablet.keep(1)
  await allOnce()
})

test('[F9] an answer that drips a byte a second is given up by the limit of the whole request, and asked again', async () => {
  expect([...patience.asked]).toEqual([30_000])
  patience.ms = 3000
  await tablet.keep(1)
  await fails({ dripMs: 1000 })
  expect(await tablet.waiting()).toBe(1)
  patience.ms = 30_000
  expect((await fetch('/livez', {})).status).toBe(200)
  await allOnce()
})

test('[F17] the server stands still with the request in its hands: given up, asked again when it goes on, one effect', async () => {
  patience.ms = 2000
  await tablet.keep(2)
  server.child.kill('SIGSTOP')
  try {
    await expect(tablet.push()).rejects.toMatchObject({ kind: 'unreachable' })
    await expect(tablet.push()).rejects.toMatchObject({ kind: 'unreachable' })
    expect(await tablet.waiting()).toBe(2)
  } finally {
    server.child.kill('SIGCONT')
  }
  patience.ms = 30_000
  // Three times asked, two of them by nobody who still listens.
  await allOnce()
  await sleep(300)
  await allOnce()
})

test('[F13] [P3] [P4] kill -9 of the server at five moments of a batch: what was decided stands, the rest is sent again', async () => {
  const kill = () => server.child.kill('SIGKILL')
  const after = (ms: number) => ({ asked: () => void setTimeout(kill, ms) })
  const moments: Trouble[] = [after(0), after(8), after(20), after(45), { cutAnswerAt: 1, asked: () => undefined }]
  for (const moment of moments) {
    await tablet.keep(30)
    proxy.arm(moment)
    await tablet.push().catch(() => undefined)
    kill()
    await ended(server)
    server = await started(env())
    await allOnce()
  }
}, 300_000)
