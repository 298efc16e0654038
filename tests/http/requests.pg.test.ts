import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { problems } from '../../shared/wire/problem.ts'
import { appUnderTest, asDevice, enrolTablet, origin, ours, password, signIn, type Under } from './app-under-test.ts'

let under: Under
let token = ''
beforeAll(async () => {
  under = await appUnderTest(['nbu'])
  token = (await enrolTablet(under, 'nbu', 'student-affairs')).deviceToken
})
afterAll(async () => {
  await under.stop()
})
const ask = async (path: string, init?: RequestInit) => {
  const response = await under.app.request(`${origin}${path}`, init)
  const text = await response.text()
  const isJson = (response.headers.get('content-type') ?? '').includes('json')
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (isJson && text ? JSON.parse(text) : null) as any,
  }
}
const session = '/api/v1/session'
const push = (body: BodyInit, headers: Record<string, string> = {}) =>
  ask('/sync/v1/push', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...asDevice(token), ...headers },
    body,
  })
const streamOf = (chunk: Uint8Array, times: number): RequestInit => {
  let left = times
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (left === 0) controller.close()
      else controller.enqueue(chunk)
      left -= 1
    },
  })
  return { body, duplex: 'half' } as RequestInit
}
const asProblem = ({ status, headers, body }: Awaited<ReturnType<typeof ask>>): string => {
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(body.status).toBe(status)
  expect(body.instance).toBe(headers.get('x-request-id'))
  expect(body.detail).toMatch(/[一-鿿]/)
  return `${String(status)} ${(body.type as string).replace('/problems/', '')}`
}

describe('bodies', () => {
  test('[X1] a body over the limit is 413, told or untold, and never read to its end', async () => {
    const big = 'x'.repeat(1_048_577)
    expect(asProblem(await ask(session, ours(`{"login":"${big}"}`)))).toBe('413 too-large')
    const chunk = new TextEncoder().encode(' '.repeat(65_536))
    expect(asProblem(await ask(session, { ...ours(), ...streamOf(chunk, 1_000_000) }))).toBe('413 too-large')
    const lying = { ...ours(undefined, { 'content-length': '10' }), ...streamOf(chunk, 1_000_000) }
    expect(asProblem(await ask(session, lying))).toBe('413 too-large')
    expect(asProblem(await push('x'.repeat(524_289)))).toBe('413 too-large')
    const many = JSON.stringify({ commands: Array.from({ length: 201 }, () => ({ env: '{}', sig: '' })) })
    expect(asProblem(await push(many))).toBe('413 too-large')
  })

  test('[X2] what is not plain UTF-8 JSON is 400, what does not say it is JSON is 415', async () => {
    const utf16 = Buffer.from('\uFEFF{"login":"a"}', 'utf16le')
    const cases: [BodyInit, string][] = [
      ['', '400 malformed'],
      ['{"login":', '400 malformed'],
      ['<xml/>', '400 malformed'],
      ['\uFEFF{}', '400 malformed'],
      [utf16, '400 malformed'],
      [Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), '400 malformed'],
      ['{"login":"a","login":"b","password":"c"}', '400 malformed'],
      ['{"login":"a","\\u006cogin":"b"}', '400 malformed'],
    ]
    for (const [body, wanted] of cases) expect(asProblem(await ask(session, { ...ours(), body }))).toBe(wanted)
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json; charset=utf-16',
      'multipart/form-data',
    ]) {
      expect(asProblem(await ask(session, ours({}, { 'content-type': type })))).toBe('415 media-type')
    }
    const { method, headers } = ours()
    const { 'content-type': _, ...untyped } = headers as Record<string, string>
    expect(
      asProblem(await ask(session, { method: method!, headers: untyped, body: new Uint8Array([0x7b, 0x7d]) })),
    ).toBe('415 media-type')
    expect(asProblem(await ask(session, ours({}, { 'content-encoding': 'gzip' })))).toBe('415 media-type')
    expect(asProblem(await push('{', {}))).toBe('400 malformed')
    expect(asProblem(await push('{}', { 'content-encoding': 'br' }))).toBe('415 media-type')
  })

  test('[X3] depth, number of keys and numbers that do not stay exact are 400', async () => {
    const keys = JSON.stringify(Object.fromEntries(Array.from({ length: 10_001 }, (_, n) => [`k${String(n)}`, 0])))
    const bad = ['['.repeat(33) + ']'.repeat(33), `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`, keys]
    const numbers = ['1e400', '-0', '-0.0', '9007199254740993', '-1e309', '123456789012345678901234567890']
    for (const body of [...bad, ...numbers.map((n) => `{"login":${n}}`)]) {
      expect(asProblem(await ask(session, ours(body)))).toBe('400 malformed')
      expect(asProblem(await push(body))).toBe('400 malformed')
    }
    expect(asProblem(await ask(session, ours('['.repeat(32) + ']'.repeat(32))))).toBe('422 invalid')
    const deepText = JSON.stringify({ login: '{"a":'.repeat(50), password: '[[[['.repeat(20) })
    expect(asProblem(await ask(session, ours(deepText)))).toBe('422 invalid')
  })

  test('[X4] missing, mistyped and unknown fields are 422 with pointers, and nothing that was sent is said back', async () => {
    const secret = '学号20240117的张三'
    const answer = await ask(session, ours({ login: secret.repeat(20), password: 5, [secret]: { [secret]: secret } }))
    expect(asProblem(answer)).toBe('422 invalid')
    expect(answer.body.errors.map((one: { pointer: string }) => one.pointer).sort()).toEqual([
      '',
      '/login',
      '/password',
    ])
    expect(answer.text).not.toContain('20240117')
    expect(under.logged.join('')).not.toContain('20240117')
    expect(asProblem(await push('{"streamId":"x"}'))).toBe('422 invalid')
  })

  test('[X5] names that reach a prototype are refused wherever they stand; Object.prototype stays as it is', async () => {
    const before = Object.getOwnPropertyNames(Object.prototype).sort().join()
    const bodies = [
      '{"__proto__":{"polluted":1}}',
      '{"login":"a","password":"b","constructor":{"prototype":{"polluted":1}}}',
      '{"toString":1,"login":"a","password":"b"}',
    ]
    for (const body of bodies) {
      expect(asProblem(await ask(session, ours(body)))).toBe('422 invalid')
      expect(asProblem(await push(body))).toBe('422 invalid')
    }
    expect(asProblem(await ask('/api/v1/public/halls?__proto__=1'))).toBe('422 invalid')
    expect(asProblem(await ask('/api/v1/public/items/__proto__'))).toBe('400 malformed')
    expect(Object.getOwnPropertyNames(Object.prototype).sort().join()).toBe(before)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  test('[X6] NUL, lone surrogates and control characters do not reach the database', async () => {
    for (const login of ['a\u0000b', 'a\ud800', '\u0007']) {
      const { status } = await ask(session, ours({ login, password: 'x' }))
      expect(status).toBe(422)
    }
  })
})

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
    expect((await ask('/version')).body).toEqual({ version: '0.1.0', schema: 1 })
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
