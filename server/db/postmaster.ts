import { createServer } from 'node:net'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'
import { openClient } from './pg.ts'
import { isPostgres } from './process.ts'
import { run } from './run-as.ts'

/** A Postgres that runs: its process and port. */
export interface Running {
  readonly pid: number
  readonly port: number
  readonly adopted: boolean
}

/** A role with its password. */
export interface Login {
  readonly role: string
  readonly password: string
}

/** The address of a database of the cluster for a role. */
export const addressOf = (port: number, login: Login, database: string): string =>
  `postgres://${login.role}:${login.password}@127.0.0.1:${String(port)}/${database}`

/** The address for initdb's superuser, who only makes roles and databases. */
export const superAddress = (port: number, cluster: Pick<Cluster, 'secrets'>): string =>
  addressOf(port, { role: 'app', password: cluster.secrets.app }, 'postgres')

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const at = probe.address()
      probe.close(() => {
        if (at === null || typeof at === 'string') reject(new Error('no port'))
        else resolve(at.port)
      })
    })
  })

/** What postmaster.pid says: process and port (lines 1 and 4). */
const pidFile = (cluster: Cluster): { pid: number; port: number } | null => {
  try {
    const lines = readFileSync(join(cluster.data, 'postmaster.pid'), 'utf8').split('\n')
    const [pid, port] = [Number(lines[0]), Number(lines[3])]
    return pid > 0 && port > 0 ? { pid, port } : null
  } catch {
    return null
  }
}

const servesOurData = async (cluster: Cluster, port: number): Promise<boolean> => {
  const client = openClient(superAddress(port, cluster), { max: 1, statementTimeoutMs: 2000, name: 'changkai-adopt' })
  try {
    const [row] = await client<{ folder: string }[]>`select current_setting('data_directory') as folder`
    return row?.folder === cluster.data
  } catch {
    return false
  } finally {
    await client.end({ timeout: 1 })
  }
}

const pgCtl = (cluster: Cluster, args: readonly string[]) =>
  run(cluster.as, [cluster.binaries.pgCtl, '-D', cluster.data, '-w', '-t', '60', ...args], cluster.logFile)

const isRunning = async (cluster: Cluster): Promise<boolean> => {
  const { code, output } = await pgCtl(cluster, ['status'])
  if (code === 0) return true
  if (code === 3) return false
  throw new Error(`pg_ctl status failed:\n${output}`)
}

const launch = async (cluster: Cluster, wanted: number | null): Promise<Running | null> => {
  const port = wanted ?? (await freePort())
  const options = `-p ${String(port)} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''`
  const log = join(cluster.data, 'postmaster.log')
  const { code } = await pgCtl(cluster, ['-l', log, '-o', options, 'start'])
  const at = pidFile(cluster)
  return code === 0 && at !== null ? { ...at, adopted: false } : null
}

/**
 * One look at the data folder (F15): adopt the Postgres that serves it (port and folder agree), remove the pid file
 * only if its process is no running Postgres (a recycled pid, a zombie), start it when none runs. Null: look again.
 */
const takeOver = async (cluster: Cluster, port: number | null): Promise<Running | null> => {
  if (!(await isRunning(cluster))) return launch(cluster, port)
  const at = pidFile(cluster)
  if (at === null) return null
  if (await servesOurData(cluster, at.port)) return { ...at, adopted: true }
  if (!isPostgres(at.pid)) rmSync(join(cluster.data, 'postmaster.pid'), { force: true })
  return null
}

const tail = (cluster: Cluster): string => {
  try {
    return readFileSync(join(cluster.data, 'postmaster.log'), 'utf8').split('\n').slice(-15).join('\n')
  } catch {
    return readFileSync(cluster.logFile, 'utf8')
  }
}

/** Starts Postgres, or adopts the one a killed server left running; on `port` if that is given. */
export const startPostmaster = async (cluster: Cluster, port: number | null): Promise<Running> => {
  for (let tries = 0; tries < 60; tries += 1) {
    const running = await takeOver(cluster, port)
    if (running !== null) return running
    await sleep(250)
  }
  throw new Error(`Postgres does not start:\n${tail(cluster)}`)
}

/** Stops Postgres and waits for it (open work is rolled back, the data is written out). */
export const stopPostmaster = async (cluster: Cluster): Promise<void> => {
  const { code, output } = await pgCtl(cluster, ['-m', 'fast', 'stop'])
  if (code !== 0 && (await isRunning(cluster))) throw new Error(`Postgres does not stop:\n${output}`)
}
