import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findBinaries } from '../../server/db/binaries.ts'
import { openCluster, type Cluster } from '../../server/db/cluster.ts'
import { openClient, type Client } from '../../server/db/pg.ts'
import { superAddress } from '../../server/db/postmaster.ts'
import { usualLimits } from '../../server/sync/push-limits.ts'
import { freePort, until } from '../http/server-process.ts'
import { act, readEnv } from '../support/forge.ts'
import { buildRecorder, noteOf, readSteps, rebuild, type Step } from '../support/power-cut.ts'
import { Rng } from '../sim/random.ts'
import { noting, receiving } from './forged-hall.ts'
import { pushTo, servedHall, signerAt, tabletAt } from './forged-server.ts'
import { readLog, readProof } from './read-log.ts'
import { verifyLog } from './verify-log.ts'

const cuts = Number(process.env['POWER_CUTS'] ?? 5)
const seed = Number(process.env['SEED'] ?? 53)

const folder = mkdtempSync(join(tmpdir(), 'changkai-cut-'))
chmodSync(folder, 0o755) // Postgres may run as another user
const log = join(folder, 'steps')
const shim = join(folder, 'shim.so')
const running = new Set<ChildProcess>()

afterAll(async () => {
  for (const child of running) await stopped(child, 'SIGQUIT')
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

/** Starts the Postgres that came with us on a data folder, with the recorder in it or without. */
async function postgresOn(cluster: Cluster, data: string, env: Record<string, string> = {}) {
  const port = await freePort()
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'io_method=sync', 'max_wal_size=64MB']
  const { uid, gid, prefix } = cluster.as
  const options = settings.flatMap((one) => ['-c', one])
  const [program = '', ...args] = [...prefix, cluster.binaries.postgres, '-D', data, '-p', String(port), ...options]
  let said = ''
  const child = spawn(program, args, {
    ...{ cwd: '/', env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC', ...env } },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(uid === null || gid === null ? {} : { uid, gid }),
  })
  child.stderr.on('data', (part: Buffer) => (said += part.toString()))
  running.add(child)
  await until(() => said.includes('ready to accept connections') || child.exitCode !== null, 90_000)
  expect(child.exitCode, said).toBeNull()
  return { child, superUrl: superAddress(port, cluster) }
}

async function stopped(child: ChildProcess, signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
  running.delete(child)
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}

/** A day at the window over the recorded Postgres; every act is noted in the recording once its answer has come. */
async function playLoad(superUrl: string): Promise<string> {
  process.env['DATABASE_URL'] = superUrl
  const { testDatabase } = await import('../support/postgres.ts')
  delete process.env['DATABASE_URL']
  const pg = await testDatabase()
  const hall = await servedHall(pg, { pushLimits: { ...usualLimits, aMinute: 1_000_000 } })
  const chief = openClient(superUrl, { max: 1, statementTimeoutMs: 0, name: 'test-chief' })
  appendFileSync(log, noteOf('begin'))
  await Promise.all(
    ['PA', 'PB', 'PC'].map(async (lane) => {
      const tablet = await tabletAt(hall, lane)
      const signer = await signerAt(hall, tablet, { id: `actor-${lane}` })
      for (let n = 0; n < 15; n += 1) {
        const first = act(tablet, signer, receiving(tablet))
        const commands = [first, act(tablet, signer, noting(readEnv(first).aggId))]
        const { results } = await pushTo(hall, tablet, n * 2 + 1, commands)
        for (const { cmdId } of results.slice(-2)) appendFileSync(log, noteOf(`acked ${cmdId}`))
        if (lane === 'PA' && n % 5 === 4) await chief`checkpoint`
      }
    }),
  )
  const name = new URL(pg.urls.appUrl).pathname
  await chief.end({ timeout: 5 })
  await hall.wake.close()
  await Promise.all([pg.appSql.end({ timeout: 1 }), pg.ownerSql.end({ timeout: 1 })])
  return name
}

const ackedIn = (steps: readonly Step[]): string[] =>
  steps.flatMap(({ kind, path }) => (kind === 'a' && path.startsWith('acked ') ? [path.slice(6)] : []))

/** Starts on what a power cut after these steps leaves: the acts acknowledged before it that are gone, and faults of the chain. */
async function found(day: Day, steps: readonly Step[], random: () => number) {
  const to = join(folder, 'rebuilt')
  rebuild({ base: day.base, to }, steps, random)
  const again = await postgresOn(day.cluster, to)
  const sql: Client = openClient(Object.assign(new URL(again.superUrl), { pathname: day.name }).href, {
    ...{ max: 1, statementTimeoutMs: 0, name: 'test-after' },
  })
  try {
    const rows = await readLog(sql)
    const stored = new Set(rows.map(({ cmdId }) => cmdId))
    const gone = ackedIn(steps).filter((cmdId) => !stored.has(cmdId))
    return { gone, faults: verifyLog(rows, await readProof(sql)), stored: stored.size }
  } finally {
    await sql.end({ timeout: 5 })
    await stopped(again.child, 'SIGQUIT')
  }
}

interface Day {
  readonly cluster: Cluster
  readonly base: string
  readonly name: string
  readonly steps: readonly Step[]
  readonly begin: number
}
let day: Day

beforeAll(async () => {
  buildRecorder(shim)
  const cluster = await openCluster(findBinaries(), folder)
  const base = join(folder, 'base')
  expect(spawnSync('cp', ['-a', cluster.data, base]).status).toBe(0)
  writeFileSync(log, '')
  chmodSync(log, 0o666)
  const recorder = { LD_PRELOAD: shim, SHIM_LOG: log, SHIM_ROOT: cluster.data }
  const recorded = await postgresOn(cluster, cluster.data, recorder)
  const name = await playLoad(recorded.superUrl)
  await stopped(recorded.child, 'SIGQUIT')
  const steps = readSteps(log)
  const begin = steps.findIndex(({ kind, path }) => kind === 'a' && path === 'begin')
  expect(begin).toBeGreaterThan(0)
  expect(ackedIn(steps)).toHaveLength(90)
  day = { cluster, base, name, steps, begin }
}, 300_000)

test(
  '[F53] [P4] [P17] power cut: whatever was acknowledged is there when Postgres starts on what was synced, and the chain verifies',
  async () => {
    const chance = new Rng(seed)
    const random = () => chance.next()
    const sizes = new Set<number>()
    for (let n = 0; n < cuts; n += 1) {
      const at = day.begin + Math.floor(((n + random()) * (day.steps.length - day.begin)) / cuts)
      const { gone, faults, stored } = await found(day, day.steps.slice(0, at), random)
      expect({ gone, faults }, `SEED=${seed} POWER_CUTS=${cuts}: cut ${n} at step ${at}`).toEqual({
        gone: [],
        faults: [],
      })
      sizes.add(stored)
    }
    expect(sizes.size).toBeGreaterThan(1)
  },
  120_000 * (cuts + 1),
)

test('[F53] a disk that only says it has synced the log of Postgres is found out', async () => {
  const lying = day.steps.filter(({ kind, path }, at) => at < day.begin || kind !== 'S' || !path.startsWith('pg_wal/'))
  // Either acts are gone, or Postgres itself misses what it had written down: nothing else counts as found.
  const { gone } = await found(day, lying, () => 0).catch((error: unknown) => {
    expect(String(error)).toMatch(/PANIC|FATAL|does not exist/)
    return { gone: ['it does not start'] }
  })
  expect(gone).not.toEqual([])
}, 240_000)
