import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'

/** A postgres.js client; only server/db sees the driver. */
export type Client = postgres.Sql

/** The Drizzle instance over the pool: query builder and `sql`, single statements only (reliability.md D1). */
export type Db = ReturnType<typeof drizzleOver>

/** The one pool of the server. */
export interface Pool {
  readonly db: Db
  readonly client: Client
  close(): Promise<void>
}

/** How long a request's statement may run before Postgres ends it (reliability.md X18). */
export const statementTimeoutMs = 3000

/**
 * How a client differs from the pool: connections, the longest a statement may run (0 = no limit; `role` = what the
 * role's own setting says, so that the line may go through a transaction pooler), and whether it must last (locks).
 */
export interface ClientOptions {
  readonly max: number
  readonly statementTimeoutMs: number | 'role'
  readonly name: string
  readonly lasting?: boolean
}

const drizzleOver = (client: Client) => drizzle(client, { casing: 'snake_case' })

// PgBouncer refuses startup parameters it does not follow, and a named statement would be known to one of its lines only.
const throughPooler = (name: string) => ({ prepare: false, connection: { application_name: name } })

// As text: the driver leaves out a 0, and the role's own limit would hold for a line that waits for a lock.
const straight = (name: string, limitMs: number) => ({
  connection: { application_name: name, statement_timeout: String(limitMs) as unknown as number },
})

/** Closes the gaps in what a statement found, in place: the list also bears its count. */
const closeGaps = (found: unknown): void => {
  if (!Array.isArray(found) || found.length === 0 || 0 in found) return
  const list: unknown[] = found
  const rows = list.flatMap((row) => [row]) // passes over what was never set
  rows.forEach((row, at) => (list[at] = row))
  list.length = rows.length
}

/**
 * postgres.js 3.4.9 counts the rows of a statement from where the line's last one broke off, if that failed after its
 * first row: `[row]` is then undefined although one was found, and a known device is told that it is not (F21). Drizzle
 * sends all it sends by `unsafe`, so its answers are mended there.
 */
const mended = (client: Client): Client => {
  const { unsafe } = client
  const mending = (...asked: Parameters<typeof unsafe>) => {
    const query = unsafe(...asked) as ReturnType<typeof unsafe> & { resolve(found: unknown): void }
    const { resolve } = query
    query.resolve = (found) => {
      closeGaps(found)
      resolve(found)
    }
    return query
  }
  return Object.assign(client, { unsafe: mending as typeof unsafe })
}

/** Opens a client; nothing connects before the first statement. */
export const openClient = (url: string, options: ClientOptions): Client => mended(connected(url, options))

const connected = (url: string, options: ClientOptions): Client =>
  postgres(url, {
    max: options.max,
    ...(options.lasting ? { max_lifetime: null } : { idle_timeout: 60 }),
    connect_timeout: 5,
    backoff: (tries: number) => Math.min(2, 0.1 * 2 ** tries),
    fetch_types: false,
    onnotice: () => undefined,
    ...(options.statementTimeoutMs === 'role'
      ? throughPooler(options.name)
      : straight(options.name, options.statementTimeoutMs)),
  })

/** Drizzle over a client of its own (migrations). */
export const overClient = (client: Client): Db => drizzleOver(client)

/** Opens the pool of the server; `migrate` has given its role the limit of 3 s a statement. */
export const openPool = (url: string, max = 10): Pool => {
  const client = openClient(url, { max, statementTimeoutMs: 'role', name: 'changkai' })
  return { db: drizzleOver(client), client, close: () => client.end({ timeout: 1 }) }
}

/** Opens the line for LISTEN, straight to Postgres; it connects when somebody listens. */
export const openLine = (url: string): Client =>
  openClient(url, { max: 1, statementTimeoutMs: 0, name: 'changkai-listen', lasting: true })
