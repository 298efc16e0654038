import { vi } from 'vitest'
import { fromBase64Url, toBase64Url, utf8 } from '../../client/local/bytes.ts'
import { canonicalJson } from '../../shared/core/canonical.ts'
import type { Grant } from '../../shared/core/envelope.ts'
import { uuidOf } from '../support/play.ts'

/** One request as the tablet made it. */
export interface Asked {
  method: string
  path: string
  headers: Record<string, string>
  body: unknown
  redirect: string | undefined
}

/** A hall's server as a tablet's sign-in meets it: it signs grants with a key of its own and counts what it is asked. */
export interface GivenServer {
  asked: Asked[]
  /** Cut the network, or answer everything with this. */
  answer: (() => Response | Promise<Response>) | null
  now: number
  grantDays: number
  /** Sign with this key instead: another server's. */
  forge: CryptoKey | null
  signedIn: string | null
  /** Grants give these roles instead of the person's own. */
  roles: Grant['roles'] | null
}

const people: Record<string, { actorId: string; name: string; role: 'roleA' | 'roleB' | 'supervisor' }> = {
  a: { actorId: 'person-a', name: '示例·张同学', role: 'roleA' },
  b: { actorId: 'person-b', name: '示例·李同学', role: 'roleB' },
  s: { actorId: 'person-s', name: '示例·督查', role: 'supervisor' },
}

const curve = { name: 'ECDSA', namedCurve: 'P-256' }
const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

/** A problem document as the server writes it. */
export function problem(code: string, status: number, headers: Record<string, string> = {}): Response {
  const body = { type: `/problems/${code}`, title: code, status, detail: '账号或密码不对。', instance: 'r1' }
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  })
}

/** Stand up the server in place of `fetch`. */
export async function givenServer(): Promise<GivenServer> {
  const pair = await crypto.subtle.generateKey(curve, true, ['sign', 'verify'])
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const serverKey = { kty: 'EC', crv: 'P-256', x, y }
  const server: GivenServer = {
    asked: [],
    answer: null,
    now: Date.now(),
    grantDays: 7,
    forge: null,
    signedIn: null,
    roles: null,
  }
  const device = (n: number, windowIds: string[], lanes: string[]) => ({
    ...{ deviceId: uuidOf(n), deviceToken: 't'.repeat(40), hallId: 'szit', hallName: '示例大厅', windowIds, lanes },
    ...{ streamId: uuidOf(n + 1), epoch: uuidOf(n + 2), serverKey },
  })

  const session = (login: string, isFresh: boolean) => {
    const who = people[login]
    if (!who) return problem('unauthenticated', 401)
    server.signedIn = login
    const roles = [{ role: who.role, windowId: who.role === 'supervisor' ? null : 'student-affairs' }]
    const kind = who.role === 'supervisor' ? 'supervisor' : 'student'
    const answer = { actorId: who.actorId, name: who.name, kind, hallId: 'szit', roles }
    return json(isFresh ? { ...answer, device: device(40, [], []) } : answer)
  }

  const grant = async (publicKey: Grant['publicKey'], deviceId: string) => {
    const who = people[server.signedIn ?? '']
    if (!who) return problem('unauthenticated', 401)
    const text = canonicalJson({
      ...{ id: `g-${who.actorId}`, hallId: 'szit', deviceId, actorId: who.actorId, name: who.name, publicKey },
      roles: server.roles ?? [{ role: who.role, windowId: who.role === 'supervisor' ? null : 'student-affairs' }],
      ...{ from: server.now - 600_000, to: server.now + server.grantDays * 86_400_000 },
    })
    const key = server.forge ?? pair.privateKey
    const sig = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, utf8(text))
    return json({ text, sig: toBase64Url(sig) }, 201)
  }

  const route = async ({ method, path, headers, body }: Asked): Promise<Response> => {
    const isDevice = headers.Authorization?.startsWith('Device ') ?? false
    const what = `${method} ${path}`
    if (what === 'POST /api/v1/enrol') return json(device(30, ['student-affairs'], ['K7', 'K8']), 201)
    if (what === 'POST /api/v1/session') return session((body as { login: string }).login, !isDevice)
    if (what === 'GET /api/v1/session')
      return server.signedIn ? session(server.signedIn, false) : problem('unauthenticated', 401)
    if (what === 'DELETE /api/v1/session') {
      server.signedIn = null
      return new Response(null, { status: 204 })
    }
    const isTablet = server.asked.some((one) => one.path === '/api/v1/enrol')
    if (what === 'POST /api/v1/session/pin')
      return grant((body as { publicKey: Grant['publicKey'] }).publicKey, uuidOf(isTablet ? 30 : 40))
    return problem('not-found', 404)
  }

  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const headers = init.headers as Record<string, string>
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : null
    const asked = { method: init.method ?? 'GET', path, headers, body, redirect: init.redirect }
    server.asked.push(asked)
    return server.answer ? server.answer() : route(asked)
  })
  return server
}

/** The network is gone. */
export const cut = () => Promise.reject(new TypeError('Failed to fetch'))

/** The bytes of a base64url signature. */
export const sigBytes = (sig: string) => fromBase64Url(sig).length
