import { randomBytes } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { findBinaries } from '../../server/db/binaries.ts'
import { openCluster } from '../../server/db/cluster.ts'
import { migrate } from '../../server/db/migrate.ts'
import { openClient, openPool, type Client, type Db } from '../../server/db/pg.ts'
import { startPostmaster, stopPostmaster, superAddress, type Login } from '../../server/db/postmaster.ts'
import { createStore } from '../../server/db/store.ts'
import type { Store } from '../../server/sync/store-verbs.ts'
import { layCluster } from './ready-cluster.ts'
import { temporaryFolder } from './temporary.ts'

export { temporaryFolder }

/** A fresh, migrated database of its own with its own two roles. */
export interface TestDatabase {
  readonly urls: { readonly appUrl: string; readonly ownerUrl: string }
  readonly appSql: Client
  readonly ownerSql: Client
  readonly db: Db
  readonly store: Store
  /** Ends all connections and drops database and roles; the last one also stops the embedded Postgres. */
  stop(): Promise<void>
}

/** A server on which databases may be made. */
interface Host {
  readonly superUrl: string
  readonly embedded: boolean
  stop(): Promise<void>
}

const ownHost = async (): Promise<Host> => {
  const folder = temporaryFolder()
  await layCluster(folder)
  const cluster = await openCluster(findBinaries(), folder)
  const { port, pid } = await startPostmaster(cluster, null)
  // If the test process ends without `stop` (a crash, a time-out), Postgres must not stay.
  const last = (): void => {
    spawnSync('kill', ['-QUIT', String(pid)])
  }
  process.once('exit', last)
  return {
    superUrl: superAddress(port, cluster),
    embedded: true,
    stop: async () => {
      await stopPostmaster(cluster)
      process.off('exit', last)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const outside = process.env['DATABASE_URL']
let host: Promise<Host> | null = null
let users = 0

const takeHost = (): Promise<Host> => {
  users += 1
  host ??= outside ? Promise.resolve({ superUrl: outside, embedded: false, stop: () => Promise.resolve() }) : ownHost()
  return host
}

const leaveHost = async (): Promise<void> => {
  users -= 1
  if (users > 0 || host === null) return
  const ended = await host
  host = null
  await ended.stop()
}

const admin = async (url: string, statements: readonly string[]): Promise<void> => {
  const client = openClient(url, { max: 1, statementTimeoutMs: 0, name: 'test-admin' })
  try {
    for (const statement of statements) await client.unsafe(statement)
  } finally {
    await client.end({ timeout: 5 })
  }
}

const named = (url: string, name: string, login: Login): string => {
  const at = new URL(url)
  at.username = login.role
  at.password = login.password
  at.pathname = `/${name}`
  return at.href
}

/**
 * Makes a database: on `DATABASE_URL` (a role that may create databases and roles, e.g. on a Postgres 15) if that is
 * set, else on an embedded Postgres which this test process starts once.
 */
export const testDatabase = async (): Promise<TestDatabase> => {
  const { superUrl } = await takeHost()
  const name = `changkai_${randomBytes(6).toString('hex')}`
  const secret = randomBytes(16).toString('hex')
  const [owner, app] = [`${name}_owner`, `${name}_app`]
  await admin(superUrl, [
    `create role ${owner} login password '${secret}'`,
    `create role ${app} login password '${secret}'`,
    `grant ${owner} to current_user`,
    `create database ${name} owner ${owner} template template0 encoding 'UTF8'`,
    `revoke all on database ${name} from public`,
    `grant connect on database ${name} to ${app}`,
  ])
  const urls = {
    appUrl: named(superUrl, name, { role: app, password: secret }),
    ownerUrl: named(superUrl, name, { role: owner, password: secret }),
  }
  await migrate(urls)
  const pool = openPool(urls.appUrl)
  const ownerSql = openClient(urls.ownerUrl, { max: 2, statementTimeoutMs: 10_000, name: 'test-owner' })
  return {
    urls,
    appSql: pool.client,
    ownerSql,
    db: pool.db,
    store: createStore(pool.db),
    stop: async () => {
      await Promise.all([pool.close(), ownerSql.end({ timeout: 5 })])
      await admin(superUrl, [`drop database ${name} with (force)`, `drop role ${app}`, `drop role ${owner}`])
      await leaveHost()
    },
  }
}
