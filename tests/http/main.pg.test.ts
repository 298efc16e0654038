import { readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openClient } from '../../server/db/pg.ts'
import { temporaryFolder } from '../support/postgres.ts'
import { endAll, ended, freePort, launch, signIn, started, until, url, type Started } from './server-process.ts'

const signInsOf = (text: string): { login: string; password: string }[] =>
  [...text.matchAll(/^ {2}(\S+)\s+((?:\w{4}-){3}\w{4}) /gm)].map(([, login, password]) => ({
    login: login!,
    password: password!,
  }))
const counted = (one: Started) =>
  fetch(`${url(one)}/api/v1/public/halls`).then(async (answer) => {
    const { halls } = (await answer.json()) as { halls: { hallId: string }[] }
    const items = await Promise.all(
      halls.map(async ({ hallId }) => {
        const list = (await (await fetch(`${url(one)}/api/v1/public/halls/${hallId}/items`)).json()) as {
          items: { code: string }[]
        }
        return [hallId, list.items.length, new Set(list.items.map(({ code }) => code)).size]
      }),
    )
    return items
  })

let folder = ''
let port = 0
let first: { login: string; password: string }[] = []
let code = ''
const passwordOf = (login: string): string => first.find((one) => one.login === login)?.password ?? ''
beforeAll(async () => {
  folder = temporaryFolder()
  port = await freePort()
})
afterAll(async () => {
  await endAll()
  rmSync(folder, { recursive: true, force: true })
})
const env = () => ({ PORT: String(port), DATA_DIR: folder })

describe('first start', () => {
  test('[F13] a first start killed at any moment is finished by the next, with nothing twice and the sign-ins shown', async () => {
    for (const ms of [1800, 2600]) {
      const broken = launch(env())
      await sleep(ms)
      broken.child.kill('SIGKILL')
      await ended(broken)
      if (broken.text().includes('Changkai is running')) break
    }
    const one = await started(env())
    await until(() => one.text().includes('--demo') || one.text().includes('已启动'))
    await until(() => /\/enrol#\w{8}/.test(one.text()), 3000)
    first = signInsOf(one.text())
    code = /\/enrol#(\w{8})/.exec(one.text())?.[1] ?? ''
    expect(first.map(({ login }) => login).toSorted()).toEqual([
      ...['nbu-ducha', 'nbu-houtai', 'nbu-shenpi', 'nbu-shenpi2', 'nbu-xg-a', 'nbu-xg-b'],
    ])
    await until(async () => (await signIn(one, 'nbu-ducha', passwordOf('nbu-ducha'))).status === 201, 3000)
    for (const { login, password } of first) expect((await signIn(one, login, password)).status).toBe(201)
    for (const [hallId, items, codes] of await counted(one)) {
      expect(items, String(hallId)).toBeGreaterThan(10)
      expect(items).toBe(codes)
    }
    expect(await counted(one)).toHaveLength(5)
    one.child.kill('SIGTERM')
    expect(await ended(one)).toBe(0)
  })

  test('the next start shows no sign-ins; --demo shows those of another hall, once', async () => {
    const one = await started(env(), ['--demo', 'zjj'])
    await until(() => one.text().includes('#'))
    expect(one.text()).not.toContain('nbu-xg-a')
    const shown = signInsOf(one.text())
    expect(shown).toHaveLength(6)
    await until(async () => (await signIn(one, shown[0]!.login, shown[0]!.password)).status === 201, 3000)
    one.child.kill('SIGINT')
    expect(await ended(one)).toBe(0)
    const again = await started(env(), ['--demo', 'zjj'])
    await until(() => again.text().includes('shown before'))
    expect(signInsOf(again.text())).toEqual([])
    again.child.kill('SIGTERM')
    expect(await ended(again)).toBe(0)
  })
})

describe('stop and start', () => {
  test('[P4] kill -9 and a second start lose nothing: account, enrolment and device token stand', async () => {
    const one = await started(env())
    const answer = await fetch(`${url(one)}/api/v1/enrol`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-changkai': '1', origin: url(one) },
      body: JSON.stringify({
        code,
        name: '一号平板',
        publicKey: { kty: 'EC', crv: 'P-256', x: 'a'.repeat(43), y: 'b'.repeat(43) },
      }),
    })
    expect(answer.status).toBe(201)
    const { deviceToken } = (await answer.json()) as { deviceToken: string }
    one.child.kill('SIGKILL')
    await ended(one)
    const two = await started(env())
    expect((await signIn(two, first[0]!.login, first[0]!.password)).status).toBe(201)
    const pull = await fetch(`${url(two)}/sync/v1/pull`, { headers: { authorization: `Device ${deviceToken}` } })
    expect(pull.status).toBe(400)
    two.child.kill('SIGTERM')
    expect(await ended(two)).toBe(0)
  })

  test('[F50] SIGTERM ends it though a live stream is open', async () => {
    const one = await started(env())
    const supervisor = (await (await signIn(one, 'nbu-ducha', passwordOf('nbu-ducha'))).json()) as {
      device: { deviceToken: string }
    }
    const live = await fetch(`${url(one)}/sync/v1/live`, {
      headers: { authorization: `Device ${supervisor.device.deviceToken}` },
    })
    expect(live.headers.get('content-type')).toBe('text/event-stream')
    one.child.kill('SIGTERM')
    expect(await ended(one)).toBe(0)
    await live.text().catch(() => '')
  })

  test('a port in use, a folder in use and wrong settings end with one clear sentence, and nothing keeps running', async () => {
    const one = await started(env())
    const other = temporaryFolder()
    const busy = launch({ PORT: String(port), DATA_DIR: other })
    expect(await ended(busy)).toBe(1)
    expect(busy.text()).toContain(`Port ${String(port)} is in use`)
    const sameFolder = launch({ PORT: String(await freePort()), DATA_DIR: folder })
    expect(await ended(sameFolder)).toBe(1)
    expect(sameFolder.text()).toContain('Another server already uses this data folder')
    rmSync(other, { recursive: true, force: true })
    expect((await fetch(`${url(one)}/readyz`)).status).toBe(200)
    one.child.kill('SIGTERM')
    expect(await ended(one)).toBe(0)
    const wrong = launch({ PORT: 'abc', DATA_DIR: folder, TLS_CERT: '/nowhere.pem' })
    expect(await ended(wrong)).toBe(1)
    expect(wrong.text()).toContain('PORT must be a whole number from 0 to 65535')
    expect(wrong.text()).not.toMatch(/^ +at /m)
    const hall = launch({ PORT: String(port), DATA_DIR: folder }, ['--demo', 'mars'])
    expect(await ended(hall)).toBe(1)
    expect(hall.text()).toContain('--demo must name one of nbu, ssc, szit, zjj, szu')
  })
})

describe('on the wire', () => {
  let one: Started
  beforeAll(async () => {
    one = await started({ ...env(), HOST: '0.0.0.0' })
  })
  afterAll(async () => {
    one.child.kill('SIGTERM')
    expect(await ended(one)).toBe(0)
  })

  test('[F36] an address other tablets could not work offline on is said to be so', () => {
    expect(one.text()).toContain('TLS_CERT')
  })

  const raw = (one: Started, text: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(one.port, '127.0.0.1')
      let out = ''
      socket.on('data', (chunk: Buffer) => (out += chunk.toString()))
      socket.on('close', () => {
        resolve(out)
      })
      socket.on('error', () => undefined)
      socket.write(text)
    })

  test('[X19] TRACE, roundabout paths and a broken Host reach nothing and never give 5xx', async () => {
    const statuses: string[] = []
    const lines = [
      'TRACE / HTTP/1.1',
      'GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1',
      'GET /../../etc/passwd HTTP/1.1',
      'GET //evil.example/ HTTP/1.1',
      'CONNECT x:1 HTTP/1.1',
      'OPTIONS * HTTP/1.1',
    ]
    for (const line of lines)
      statuses.push((await raw(one, `${line}\r\nHost: localhost\r\nConnection: close\r\n\r\n`)).slice(9, 12))
    for (const host of ['a b', 'evil.example/../..', '@', ''])
      statuses.push((await raw(one, `GET /livez HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).slice(9, 12))
    expect(statuses.filter((status) => status !== '' && !/^(200|40[045]|501)$/.test(status))).toEqual([])
    expect(statuses.slice(1, 3)).toEqual(['404', '404'])
  })

  test('[F10] 500 clients that never end their headers are cut off, and the others are served meanwhile', async () => {
    const slow = Array.from({ length: 500 }, () => raw(one, 'GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Slow: '))
    let cutOff = 0
    const all = Promise.all(slow.map((one) => one.then(() => (cutOff += 1))))
    for (let n = 0; n < 20; n += 1) expect((await fetch(`${url(one)}/livez`)).status).toBe(200)
    expect(cutOff).toBe(0)
    await all
  })

  test('[F14] when every Postgres line is cut the server answers again by itself', async () => {
    const secrets = JSON.parse(readFileSync(`${folder}/postgres/secrets.json`, 'utf8')) as { app: string }
    const pid = readFileSync(`${folder}/postgres/cluster/postmaster.pid`, 'utf8').split('\n')
    const client = openClient(`postgres://app:${secrets.app}@127.0.0.1:${pid[3]!}/hall`, {
      max: 1,
      statementTimeoutMs: 5000,
      name: 'test',
    })
    await client`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'changkai'`
    await client.end({ timeout: 1 })
    await until(async () => (await fetch(`${url(one)}/readyz`)).status === 200, 15_000)
  })
})
