import { expect } from 'vitest'
import { asDevice, origin, type Under } from './app-under-test.ts'

/** An answer, read. */
export interface Asked {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test looks into whatever the server says
  readonly body: any
}

/** Asks the application under test. */
export const ask = async ({ app }: Under, path: string, init?: RequestInit): Promise<Asked> => {
  const response = await app.request(`${origin}${path}`, init)
  const { status, headers } = response
  const text = await response.text()
  const isJson = (headers.get('content-type') ?? '').includes('json')
  return { status, headers, text, body: isJson && text ? JSON.parse(text) : null }
}

/** Pushes raw bytes as a device. */
export const push = (
  under: Under,
  { token, body, headers }: { token: string; body: BodyInit; headers: Record<string, string> },
): Promise<Asked> =>
  ask(under, '/sync/v1/push', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...asDevice(token), ...headers },
    body,
  })

/** The problem an answer is, `422 invalid`; it must be one in every respect. */
export const problemOf = ({ status, headers, body }: Asked): string => {
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(body.status).toBe(status)
  expect(body.instance).toBe(headers.get('x-request-id'))
  expect(body.detail).toMatch(/[一-鿿]/)
  return `${String(status)} ${(body.type as string).replace('/problems/', '')}`
}
