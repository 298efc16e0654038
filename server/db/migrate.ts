import { join } from 'node:path'
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator'
import { grantsTo } from './grants.ts'
import { openClient, overClient } from './pg.ts'

const folder = join(import.meta.dirname, 'migrations')

// Any fixed number: two servers that start at once migrate one after the other (F49).
const migrationLock = 7_301_001

/** What `migrate` found: `fenced` is false when one role both owns the record and serves. */
export interface Migrated {
  readonly fenced: boolean
}

const roleOf = async (url: string): Promise<string> => {
  const client = openClient(url, { max: 1, statementTimeoutMs: 10_000, name: 'changkai-role' })
  try {
    const [row] = await client<{ role: string }[]>`select current_user as role`
    return row?.role ?? ''
  } finally {
    await client.end({ timeout: 5 })
  }
}

/** Brings the database up to this release as its owner and grants the server's role what it needs, and no more. */
export const migrate = async (urls: { ownerUrl: string; appUrl: string }): Promise<Migrated> => {
  const role = await roleOf(urls.appUrl)
  const client = openClient(urls.ownerUrl, { max: 1, statementTimeoutMs: 0, name: 'changkai-migrate' })
  try {
    await client`select pg_advisory_lock(${migrationLock})`
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
