import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { hallIds, halls, type HallId } from '../../shared/profiles/halls.ts'
import type { SessionAnswer } from '../../shared/wire/auth.ts'
import { hashOf, hashPassword, newCode, noPassword } from '../../server/auth/index.ts'
import { addCode } from '../../server/db/enrol-queries.ts'
import { setPasswords } from '../../server/db/seed-queries.ts'
import { createApp, type AppDeps } from '../../server/http/app.ts'
import type { Api } from '../../server/http/define.ts'
import { createLog } from '../../server/http/log.ts'
import { seedHall } from '../../server/seed/halls.ts'
import { openWake } from '../../server/sync/index.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'

/** Every demo person of a hall under test signs in with this. */
export const password = 'correct-horse'
export const origin = 'http://localhost:8787'

export interface Under {
  readonly app: Api
  readonly deps: AppDeps & { clock: { now: number } }
  readonly database: TestDatabase
  readonly logged: string[]
  stop(): Promise<void>
}

const passwords = async (deps: AppDeps, hallId: HallId): Promise<void> => {
  const rows = await deps.db.execute<{ id: string }>(`select id from hall.account where hall_id = '${hallId}'`)
  const hash = await hashPassword(password)
  await setPasswords(
    deps.db,
    rows.map(({ id }) => ({ id, hash })),
    noPassword,
  )
}

/** The whole application over a Postgres of its own, with some of the shipped halls in it; its clock is the test's. */
export const appUnderTest = async (
  seeded: readonly HallId[] = ['nbu'],
  clientFolder = '/nonexistent',
  more: Pick<AppDeps, 'mailer'> = {},
): Promise<Under> => {
  const database = await testDatabase()
  const logged: string[] = []
  const clock = { now: Date.parse('2026-11-20T02:00:00Z') }
  const wake = openWake(database.db)
  const log = createLog('info', { write: (line) => logged.push(line) })
  const deps = { db: database.db, store: database.store, wake, log, clock, now: () => clock.now, ...more }
  for (const hallId of hallIds.filter((id) => seeded.includes(id))) {
    await seedHall(deps, halls[hallId])
    await passwords(deps, hallId)
  }
  const app = createApp(deps, { clientFolder: join(clientFolder), isTls: false, isStopping: () => false })
  return {
    ...{ app, deps, database, logged },
    stop: async () => {
      await wake.close()
      await database.stop()
    },
  }
}

/** A P-256 public key as a tablet would send it. */
export const publicKey = (): object => {
  const { x, y } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
  return { kty: 'EC', crv: 'P-256', x, y }
}

/** A request as our own pages send it. */
export const ours = (body?: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-changkai': '1', origin, ...headers },
  ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
})

/** The session's cookie of an answer, as the browser sends it back. */
export const cookieOf = (response: Response): string => (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''

/** The answer of a sign-in, or the problem in its place. */
export interface SignedIn extends SessionAnswer {
  readonly type: string
}

/** Signs in; the answer's body, status and cookie. */
export const signIn = async (
  app: Api,
  login: string,
  more: { password?: string; headers?: Record<string, string> } = {},
) => {
  const response = await app.request(
    `${origin}/api/v1/session`,
    ours({ login, password: more.password ?? password }, more.headers),
  )
  const body = await response.json()
  return { status: response.status, body: body as SignedIn, cookie: cookieOf(response), response }
}

/** A code for a window of a hall, as the first start makes one. */
export const codeFor = async (deps: Under['deps'], hallId: HallId, windowId: string): Promise<string> => {
  const code = newCode()
  await addCode(
    deps.db,
    { hallId, codeHash: hashOf(code), windowId, madeBy: null, expiresAt: deps.now() + 600_000 },
    deps.now(),
  )
  return code
}

/** An enrolled tablet: the answer of the route. */
export const enrolTablet = async ({ app, deps, logged }: Under, hallId: HallId, windowId: string) => {
  const code = await codeFor(deps, hallId, windowId)
  const body = { code, name: `平板 ${randomUUID().slice(0, 4)}`, publicKey: publicKey() }
  const response = await app.request(`${origin}/api/v1/enrol`, ours(body))
  if (response.status !== 201) throw new Error(`${await response.text()} ${logged.at(-1) ?? ''} ${logged.at(-2) ?? ''}`)
  return (await response.json()) as {
    deviceId: string
    deviceToken: string
    streamId: string
    lanes: string[]
    windowIds: string[]
  }
}

/** The header of a device's token. */
export const asDevice = (token: string): Record<string, string> => ({ authorization: `Device ${token}` })
