import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { problems } from '../../shared/wire/problem.ts'
import { appUnderTest, asDevice, enrolTablet, origin, ours, password, signIn, type Under } from './app-under-test.ts'
import { ask as askOf, problemOf as asProblem, push as pushOf } from './asked.ts'

let under: Under
let token = ''
beforeAll(async () => {
  under = await appUnderTest(['nbu'])
  token = (await enrolTablet(under, 'nbu', 'student-affairs')).deviceToken
})
afterAll(async () => {
  await under.stop()
})
const ask = (path: string, init?: RequestInit) => askOf(under, path, init)
const push = (body: BodyInit, headers: Record<string, string> = {}) => pushOf(under, { token, body, headers })
const session = '/api/v1/session'

describe('addresses and sources', () => {
  test('[X19] unknown addresses are 404, other methods 405 with what is allowed, roundabout paths lead nowhere', async () => {
    for (const path of [
      '/api/v1/nothing',
      '/api',
      '/api/v2/session',
      '/sync/v1/x',
      '/assets/app.js',
      '//api/v1/session',
      '/a//b',
      '/x%00.html',
      '/package.json',
      '/.git/config',
      '/a%5cb',
    ]) {
      expect([path, asProblem(await ask(path))]).toEqual([path, '404 not-found'])
    }
    const method = await ask(session, { ...ours(), method: 'PATCH' })
    expect([asProblem(method), method.headers.get('allow')]).toEqual(['405 method', 'DELETE, GET, HEAD, POST'])
    expect(asProblem(await ask('/livez', { ...ours(), method: 'PUT' }))).toBe('405 method')
    expect(asProblem(await ask('/sync/v1/push', { headers: asDevice(token) }))).toBe('405 method')
    const override = ours(undefined, { 'x-http-method-override': 'DELETE' })
    expect(asProblem(await ask('/livez', override))).toBe('405 method')
    const twice = await ask('/api/v1/public/halls?a=1&a=2')
    expect(asProblem(twice)).toBe('400 malformed')
  })

  test('[X18] a page, filter or sort that does not exist is 400', async () => {
    const { cookie } = await signIn(under.app, 'nbu-ducha')
    const bad = [
      'before=0',
      'before=-1',
      'before=1e3x',
      'limit=100000',
      'outcome=all',
      'from=2026-13-01',
      'offline=true',
      `actor=${'a'.repeat(200)}`,
      'actor=%25',
      "type=x'--",
      'sort=pos',
    ]
    for (const query of bad) {
      const answer = await ask(`/api/v1/log?${query}`, { headers: { cookie } })
      expect([query, asProblem(answer)]).toEqual([query, '400 malformed'])
    }
    expect(asProblem(await ask(`/api/v1/log?actor=${'a'.repeat(5000)}`, { headers: { cookie } }))).toBe('400 malformed')
  })

  test('[X20] a write from another site, from a form, without a source or without our header is 403', async () => {
    const good = { login: 'nbu-ducha', password }
    const plain = { 'content-type': 'application/json' }
    const sources: Record<string, string>[] = [
      { ...plain, 'x-changkai': '1' },
      { ...plain, origin },
      { ...plain, 'x-changkai': '1', origin: 'https://evil.example' },
      { ...plain, 'x-changkai': '1', origin: 'null' },
      { ...plain, 'x-changkai': '1', origin, 'sec-fetch-site': 'cross-site' },
      { ...plain, 'x-changkai': '1', origin, 'sec-fetch-site': 'same-site' },
      { ...plain, 'x-changkai': '1', origin, 'sec-fetch-site': 'none' },
      {
        'content-type': 'application/x-www-form-urlencoded',
        origin: 'https://evil.example',
        'sec-fetch-site': 'cross-site',
      },
      { 'content-type': 'text/plain', origin: 'https://evil.example' },
    ]
    for (const headers of sources) {
      expect(asProblem(await ask(session, { method: 'POST', headers, body: JSON.stringify(good) }))).toBe(
        '403 cross-site',
      )
    }
    expect(
      await under.database
        .ownerSql`select from hall.session where account_id = 'nbu-ducha' and created_at > now() - interval '0 s'`,
    ).toHaveLength(0)
    expect((await ask(session, ours(good, { 'sec-fetch-site': 'same-origin' }))).status).toBe(201)
    expect(asProblem(await push('{}', { origin: 'https://evil.example' }))).toBe('403 cross-site')
    const typeless = { method: 'POST', headers: { origin: 'https://evil.example' }, body: new Uint8Array([0x7b, 0x7d]) }
    expect(asProblem(await ask(session, typeless))).toBe('403 cross-site')
  })
})

describe('answers', () => {
  test('[T5] every kind of answer carries the security headers', async () => {
    for (const path of [
      '/livez',
      '/',
      '/api/v1/nothing',
      '/api/v1/openapi.json',
      '/problems/invalid',
      '/sync/v1/pull',
    ]) {
      const { headers } = await ask(path)
      expect(headers.get('content-security-policy')).toContain(
        "default-src 'none'; script-src 'self'; style-src 'self'",
      )
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(headers.get('access-control-allow-origin')).toBeNull()
      expect(headers.get('cache-control')).not.toBeNull()
    }
  })

  test('the OpenAPI document lists every route, and its schemas are those that check', async () => {
    const { body } = await ask('/api/v1/openapi.json')
    const written = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const wired = under.app.routes
      .filter(({ method, path }) => method !== 'ALL' && !path.includes('*') && !path.endsWith('openapi.json'))
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
    expect([...new Set(wired)].sort()).toEqual(written.sort())
    expect(wired).toEqual(
      expect.arrayContaining(['POST /sync/v1/push', 'GET /sync/v1/pull', 'GET /sync/v1/live', 'POST /api/v1/imports']),
    )
    const enrol = body.paths['/api/v1/enrol'].post
    expect(enrol.requestBody.content['application/json'].schema.properties.code.pattern).toBe('^[0-9A-Z]{8}$')
    expect(Object.keys(enrol.responses)).toEqual(expect.arrayContaining(['201', '422', '429']))
  })

  test('every problem has its page', async () => {
    for (const [code, status] of Object.entries(problems)) {
      const page = await ask(`/problems/${code}`)
      expect(page.status).toBe(200)
      expect(page.text).toContain(`${String(status)} · ${code}`)
    }
    expect(asProblem(await ask('/problems/none'))).toBe('404 not-found')
  })

  test('health says what is true: alive, ready only while a write goes through', async () => {
    expect((await ask('/livez')).body).toEqual({ status: 'ok' })
    expect((await ask('/readyz')).status).toBe(200)
    expect((await ask('/version')).body).toEqual({ version: '0.1.0', schema: 1, minClient: null, stoppedClients: [] })
    await under.database.ownerSql`alter table hall.attempt rename to attempt_away`
    expect((await ask('/readyz')).status).toBe(500)
    await under.database.ownerSql`alter table hall.attempt_away rename to attempt`
    expect((await ask('/readyz')).status).toBe(200)
  })

  test('[T13] a bug is 500 with the id under which the log has it, without a word of the request', async () => {
    await under.database.ownerSql`alter table hall.account rename to account_away`
    const answer = await ask(session, ours({ login: 'geheim-4711', password: 'geheim-4712' }))
    await under.database.ownerSql`alter table hall.account_away rename to account`
    expect(asProblem(answer)).toBe('500 bug')
    const line = under.logged.find(
      (one) => one.includes('"problem":"bug"') && one.includes(answer.body.instance as string),
    )
    expect(line).toContain('"code":"42P01"')
    expect(under.logged.join('') + answer.text).not.toMatch(/geheim/)
  })
})
