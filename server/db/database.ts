import { sql } from 'drizzle-orm'
import type { Store } from '../sync/store-verbs.ts'
import { startEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'
import { openPool, type Db, type Pool } from './pg.ts'
import { createStore } from './store.ts'

/** Where the database is: an outside one, or (null) the one that comes with us under `dataDir`. */
export interface Where {
  readonly dataDir: string
  readonly database: { readonly appUrl: string; readonly ownerUrl: string; readonly listenUrl: string } | null
}

/** The database, migrated and checked. `fenced` false: the server's role owns the log, so only its chain protects it. */
export interface Database {
  readonly db: Db
  readonly store: Store
  /** Straight to Postgres as the server's role, past any pooler: for a line of one's own (LISTEN, a lock). */
  readonly listenUrl: string
  readonly fenced: boolean
  /** Process id of the embedded postmaster; 0 when the database is an outside one. */
  readonly postmaster: () => number
  close(): Promise<void>
}

const needed: Readonly<Record<string, readonly string[]>> = {
  fsync: ['on'],
  full_page_writes: ['on'],
  synchronous_commit: ['on', 'remote_apply'],
  server_encoding: ['UTF8'],
}

/** P4: what Postgres must promise before we confirm anything to anybody; one sentence a fault. */
export const faultsOf = async (db: Db): Promise<string[]> => {
  const rows = await db.execute<{ name: string; setting: string }>(
    sql`select name, setting from pg_settings
      where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'server_encoding', 'server_version_num')`,
  )
  const is = new Map(rows.map((row) => [row.name, row.setting]))
  const faults = Object.entries(needed)
    .filter(([name, good]) => !good.includes(is.get(name) ?? ''))
    .map(([name, good]) => `Postgres has ${name} = ${is.get(name) ?? '?'}; it must be ${good.join(' or ')}.`)
  const version = Number(is.get('server_version_num') ?? 0)
  return version >= 150_000 ? faults : [...faults, 'Postgres 15 or newer is needed.']
}

const openPostgres = async (where: Where) => {
  if (where.database !== null) return { ...where.database, pid: () => 0, stop: () => Promise.resolve() }
  const embedded = await startEmbedded(where.dataDir)
  return { ...embedded, listenUrl: embedded.appUrl }
}

const serve = async (pool: Pool): Promise<void> => {
  const faults = await faultsOf(pool.db)
  if (faults.length > 0) throw new Error(faults.join('\n'))
}

/** Starts Postgres if it is ours, migrates as its owner, checks P4 and opens the pool of the server's role. */
export const openDatabase = async (where: Where): Promise<Database> => {
  const postgres = await openPostgres(where)
  const pool = openPool(postgres.appUrl)
  const close = async (): Promise<void> => {
    await pool.close()
    await postgres.stop()
  }
  try {
    const { fenced } = await migrate(postgres)
    await serve(pool)
    return {
      db: pool.db,
      store: createStore(pool.db),
      listenUrl: postgres.listenUrl,
      fenced,
      postmaster: postgres.pid,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
