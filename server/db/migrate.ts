import { join } from 'node:path'
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator'
import { grantsTo } from './grants.ts'
import { openClient, overClient, statementTimeoutMs } from './pg.ts'

const folder = join(import.meta.dirname, 'migrations')

// Any fixed number: two servers that start at once migrate one after the other (F49).
const migrationLock = 7_301_001

/** What `migrate` found: `fenced` is false when one role both owns the record and serves. */
export interface Migrated {
  readonly fenced: boolean
}

interface Standing {
  readonly role: string
  readonly base: string
  readonly limit: string
}

/** Looks at the database as the server will: its address may lead through a transaction pooler. */
const asServer = async <T>(url: string, look: (client: ReturnType<typeof openClient>) => Promise<T>): Promise<T> => {
  const client = openClient(url, { max: 1, statementTimeoutMs: 'role', name: 'changkai-role' })
  try {
    return await look(client)
  } finally {
    await client.end({ timeout: 5 })
  }
}

const limit = `${String(statementTimeoutMs / 1000)}s`

/** The limit stands with the role, who may set it for itself: as a startup parameter PgBouncer would refuse it. */
const limitStatements = (url: string): Promise<string> =>
  asServer(url, async (client) => {
    const [at] = await client<Standing[]>`select current_user as role, current_database() as base,
      current_setting('statement_timeout') as "limit"`
    const base = (at?.base ?? '').replaceAll('"', '""')
    if (at?.limit !== limit)
      await client.unsafe(`alter role current_user in database "${base}" set statement_timeout = '${limit}'`)
    return at?.role ?? ''
  })

/** Brings the database up to this release as its owner and grants the server's role what it needs, and no more. */
export const migrate = async (urls: { ownerUrl: string; appUrl: string }): Promise<Migrated> => {
  const client = openClient(urls.ownerUrl, { max: 1, statementTimeoutMs: 0, name: 'changkai-migrate' })
  try {
    await client`select pg_advisory_lock(${migrationLock})`
    const role = await limitStatements(urls.appUrl)
    await client`set lock_timeout = '3s'`
    await runMigrations(overClient(client), { migrationsFolder: folder })
    const [owner] = await client<{ role: string }[]>`select current_user as role`
    const fenced = owner?.role !== role
    // One simple-protocol message is one transaction: the server never sees half of the grants.
    if (fenced) await client.unsafe(grantsTo(role))
    return { fenced }
  } finally {
    await client.end({ timeout: 5 })
  }
}
