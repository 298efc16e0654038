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

/** How a client differs from the pool: connections, the longest a statement may run (0 = no limit), and whether its line must last (locks). */
export interface ClientOptions {
  readonly max: number
  readonly statementTimeoutMs: number
  readonly name: string
  readonly lasting?: boolean
}

const drizzleOver = (client: Client) => drizzle(client, { casing: 'snake_case' })

/** Opens a client; nothing connects before the first statement. `?prepare=false` in the URL is for PgBouncer. */
export const openClient = (url: string, options: ClientOptions): Client =>
  postgres(url, {
    max: options.max,
    ...(options.lasting ? { max_lifetime: null } : { idle_timeout: 60 }),
    connect_timeout: 5,
    backoff: (tries: number) => Math.min(2, 0.1 * 2 ** tries),
    fetch_types: false,
    onnotice: () => undefined,
    connection: { application_name: options.name, statement_timeout: options.statementTimeoutMs },
  })

/** Drizzle over a client of its own (migrations). */
export const overClient = (client: Client): Db => drizzleOver(client)

/** Opens the pool of the server; a request's statement is ended by Postgres after 3 s (reliability.md X18). */
export const openPool = (url: string, max = 10): Pool => {
  const client = openClient(url, { max, statementTimeoutMs: 3000, name: 'changkai' })
  return { db: drizzleOver(client), client, close: () => client.end({ timeout: 1 }) }
}
