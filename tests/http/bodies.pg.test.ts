import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appUnderTest, enrolTablet, ours, type Under } from './app-under-test.ts'
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
