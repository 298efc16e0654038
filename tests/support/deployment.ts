import { OpenAPIHono } from '@hono/zod-openapi'
import { hashOf, hashPassword, newCode, noPassword } from '../../server/auth/index.ts'
import { addCode } from '../../server/db/enrol-queries.ts'
import { setPasswords } from '../../server/db/seed-queries.ts'
import { createApp } from '../../server/http/app.ts'
import type { Env } from '../../server/http/env.ts'
import { listen } from '../../server/http/listen.ts'
import { createLog } from '../../server/http/log.ts'
import { seedHall } from '../../server/seed/halls.ts'
import { demoPeople } from '../../server/seed/people.ts'
import { anyClient, type ClientPolicy } from '../../server/settings.ts'
import { openWake } from '../../server/sync/index.ts'
import { halls } from '../../shared/profiles/halls.ts'
import type { SignIn } from './app.ts'
import { testDatabase, type TestDatabase } from './postgres.ts'

/** The real server in this process, whose client files and manners a test changes while browsers use it. */
export interface Deployment {
  readonly url: string
  readonly database: TestDatabase
  readonly enrolLink: string
  readonly signIn: SignIn
  /** From now on this build is served, with these versions stopped. */
  deploy(folder: string, clients?: Partial<ClientPolicy>): void
  /** What stands before the server: an answer of its own, or null to let the request through. */
  meddle(with_: (request: Request) => Response | null): void
  stop(): Promise<void>
}

const hallId = 'nbu'
const windowId = 'student-affairs'
const password = 'correct-horse-battery'

/** Starts it over an empty database with one hall; nothing is served before the first `deploy`. */
export async function startDeployment(): Promise<Deployment> {
  const database = await testDatabase()
  const wake = openWake(database.db)
  const deps = { db: database.db, store: database.store, log: createLog('silent'), wake, now: () => Date.now() }
  await seedHall(deps, halls[hallId])
  const person = demoPeople(halls[hallId].profile).find((one) => one.windowId === windowId && one.role === 'roleA')
  if (!person) throw new Error('the demo has lost its A')
  await setPasswords(database.db, [{ id: person.account.id, hash: await hashPassword(password) }], noPassword)
  const code = newCode()
  const expiresAt = Date.now() + 600_000
  await addCode(database.db, { hallId, codeHash: hashOf(code), windowId, madeBy: null, expiresAt }, Date.now())
  let app: ReturnType<typeof createApp> | null = null
  let meddle: (request: Request) => Response | null = () => null
  const outer = new OpenAPIHono<Env>()
  outer.all('*', (c) => meddle(c.req.raw) ?? app?.fetch(c.req.raw, c.env) ?? c.body(null, 503))
  const server = await listen(outer, { host: '127.0.0.1', port: 0, tls: null })
  const url = `http://localhost:${String(server.port)}`
  return {
    ...{ url, database, enrolLink: `${url}/enrol#${code}` },
    signIn: { login: person.account.login, password, label: person.account.displayName },
    deploy: (folder, clients = {}) => {
      app = createApp(deps, {
        ...{ clientFolder: folder, clients: { ...anyClient, ...clients } },
        ...{ isTls: false, isStopping: () => false },
      })
    },
    meddle: (with_) => {
      meddle = with_
    },
    stop: async () => {
      await wake.close()
      await server.close(500)
      await database.stop()
    },
  }
}
