import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { OpenAPIHono } from '@hono/zod-openapi'
import { hashOf, hashPassword, newCode, newPassword, noPassword } from '../../server/auth/index.ts'
import { addCode } from '../../server/db/enrol-queries.ts'
import { setPasswords } from '../../server/db/seed-queries.ts'
import { usualLimits } from '../../server/sync/push-limits.ts'
import { createApp } from '../../server/http/app.ts'
import type { Env } from '../../server/http/env.ts'
import { listen } from '../../server/http/listen.ts'
import { createLog } from '../../server/http/log.ts'
import { seedHall } from '../../server/seed/halls.ts'
import { demoPeople } from '../../server/seed/people.ts'
import { openWake } from '../../server/sync/index.ts'
import { halls } from '../../shared/profiles/halls.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'

/** The hall that is measured, with its shipped profile, catalogue and calendars. */
export const hallId = 'nbu'

/** How long the application took over one request, ms; sockets and the browser are not in it. */
export interface Handled {
  readonly path: string
  readonly ms: number
}

/** What a new tablet needs to enrol and sign in. */
export interface SignUp {
  readonly code: string
  readonly login: string
  readonly password: string
  readonly windowId: string
}

/** The real server over a real Postgres, with the bench's page and raw answers beside it on the same origin. */
export interface BenchServer {
  readonly origin: string
  readonly pg: TestDatabase
  /** Requests to the application since the last `takeHandled`. */
  takeHandled(path: string): Handled[]
  signUp(windowId: string): Promise<SignUp>
  /** Let the server's time pass. */
  skip(ms: number): void
  stop(): Promise<void>
}

const types: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' }
// Isolated pages read the clock in steps of 5 µs; others in steps of 100 µs.
const isolated = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }

function pageFiles(api: OpenAPIHono<Env>, folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const type = types[extname(name)]
    if (!type) continue
    const bytes = new Uint8Array(readFileSync(join(folder, name)))
    api.get(`/bench/${name}`, () => new Response(bytes, { headers: { 'Content-Type': type, ...isolated } }))
  }
}

/** The raw limit of a transfer: bytes kept ready, compressed once, sent as they are. */
function rawAnswers(api: OpenAPIHono<Env>): void {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>()
  api.put('/bench/raw/:name', async (c) => {
    kept.set(c.req.param('name'), new Uint8Array(gzipSync(await c.req.arrayBuffer())))
    return c.body(null, 204)
  })
  api.get('/bench/raw/:name', (c) => {
    const bytes = kept.get(c.req.param('name'))
    const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip', 'Cache-Control': 'no-store' }
    return bytes ? new Response(bytes, { headers }) : c.body(null, 404)
  })
}

/** Starts everything; `folder` holds the built page, `clientFolder` the built app. */
export async function startServer(folder: string, clientFolder: string): Promise<BenchServer> {
  const pg = await testDatabase()
  const wake = openWake(pg.db)
  let aheadMs = 0
  // One machine plays fifty windows here: what a device may send in a minute would be the only thing measured.
  const pushLimits = { ...usualLimits, aMinute: 1_000_000 }
  const deps = {
    db: pg.db,
    store: pg.store,
    log: createLog('silent'),
    wake,
    pushLimits,
    now: () => Date.now() + aheadMs,
  }
  await seedHall(deps, halls[hallId])
  const app = createApp(deps, { clientFolder, isTls: false, isStopping: () => false })
  const outer = new OpenAPIHono<Env>()
  rawAnswers(outer)
  pageFiles(outer, folder)
  let handled: Handled[] = []
  outer.all('*', async (c) => {
    const from = performance.now()
    const answer = await app.fetch(c.req.raw, c.env)
    handled.push({ path: c.req.path, ms: performance.now() - from })
    return answer
  })
  const server = await listen(outer, { host: '127.0.0.1', port: 0, tls: null })
  return {
    pg,
    origin: `http://localhost:${server.port}`,
    takeHandled: (path) => {
      const taken = handled.filter((one) => one.path === path)
      handled = []
      return taken
    },
    signUp: (windowId) => signUpAt(pg, windowId),
    skip: (ms) => {
      aheadMs += ms
    },
    stop: async () => {
      await server.close(500)
      await wake.close()
      await pg.stop()
    },
  }
}

const passwords = new Map<string, string>()

async function signUpAt({ db }: TestDatabase, windowId: string): Promise<SignUp> {
  const person = demoPeople(halls[hallId].profile).find((one) => one.windowId === windowId && one.role === 'roleA')
  if (!person) throw new Error(`no A at ${windowId}`)
  const { id, login } = person.account
  const password = passwords.get(id) ?? newPassword()
  if (!passwords.has(id)) await setPasswords(db, [{ id, hash: await hashPassword(password) }], noPassword)
  passwords.set(id, password)
  const code = newCode()
  const now = Date.now()
  const enrolCode = { hallId, codeHash: hashOf(code), windowId, madeBy: null, expiresAt: now + 600_000 }
  if (!(await addCode(db, enrolCode, now))) throw new Error('too many enrolment codes are open')
  return { code, login, password, windowId }
}
