import { setTimeout as sleep } from 'node:timers/promises'
import { findBinaries } from './binaries.ts'
import { openCluster, sweepUnfinished, type Cluster } from './cluster.ts'
import { openClient, type Client } from './pg.ts'
import { addressOf, startPostmaster, stopPostmaster, superAddress, type Running } from './postmaster.ts'
import { isAlive } from './process.ts'
import { prepareDatabase } from './roles.ts'

/** The Postgres that comes with us, running. `pid` is the postmaster's now; `stop` ends it. */
export interface Embedded {
  readonly appUrl: string
  readonly ownerUrl: string
  readonly adopted: boolean
  readonly pid: () => number
  readonly stop: () => Promise<void>
}

const database = 'hall'
const folderLock = 7_301_002

const inUse = 'Another server already uses this data folder: stop it first, or give this one a DATA_DIR of its own.'

/** Holds the data folder for this process: adopting means that two servers could share it, and one stop end both. */
const holdFolder = async (url: string): Promise<Client | null> => {
  const client = openClient(url, { max: 1, statementTimeoutMs: 5000, name: 'changkai-folder', lasting: true })
  // A server killed a moment ago may still be listed: its connection ends within milliseconds.
  for (let tries = 0; tries < 20; tries += 1) {
    const [row] = await client<{ held: boolean }[]>`select pg_try_advisory_lock(${folderLock}) as held`
    if (row?.held === true) return client
    await sleep(100)
  }
  await client.end({ timeout: 1 })
  return null
}

/** Starts Postgres again, on its port, when it dies under us (kill -9, out of memory); the pool then finds it by itself. */
const watch = (cluster: Cluster, first: Running, onRestart: () => Promise<void>) => {
  let running = first
  let busy = false
  const timer = setInterval(() => {
    if (busy || isAlive(running.pid)) return
    busy = true
    void startPostmaster(cluster, running.port)
      .then(async (next) => {
        running = next
        await onRestart()
      })
      .catch(() => undefined) // still down: the next tick tries again, readiness says so meanwhile
      .finally(() => {
        busy = false
      })
  }, 500)
  timer.unref()
  return { pid: () => running.pid, end: () => clearInterval(timer) }
}

/** Starts the embedded Postgres over `dataDir`/postgres, or adopts it after a kill -9 of the server (toolchain.md §3). */
export const startEmbedded = async (dataDir: string): Promise<Embedded> => {
  const cluster = await openCluster(findBinaries(), dataDir)
  const running = await startPostmaster(cluster, null)
  const superUrl = superAddress(running.port, cluster)
  let holder = await holdFolder(superUrl)
  if (holder === null) throw new Error(inUse) // and Postgres stays: it is the other server's
  try {
    sweepUnfinished(dataDir)
    await prepareDatabase(running.port, cluster.secrets, database)
  } catch (error) {
    await holder.end({ timeout: 1 })
    await stopPostmaster(cluster)
    throw error
  }
  const guard = watch(cluster, running, async () => {
    await holder?.end({ timeout: 1 })
    holder = await holdFolder(superUrl)
  })
  return {
    appUrl: addressOf(running.port, { role: 'hall_app', password: cluster.secrets.hallApp }, database),
    ownerUrl: addressOf(running.port, { role: 'hall_owner', password: cluster.secrets.hallOwner }, database),
    adopted: running.adopted,
    pid: guard.pid,
    stop: async () => {
      guard.end()
      await holder?.end({ timeout: 1 })
      await stopPostmaster(cluster)
    },
  }
}
