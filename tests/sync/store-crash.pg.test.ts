import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsOf, openDatabase } from '../../server/db/database.ts'
import { startEmbedded } from '../../server/db/embedded.ts'
import { isAlive } from '../../server/db/process.ts'
import { openClient } from '../../server/db/pg.ts'
import { openHall, openStream } from '../../server/db/store.ts'
import { temporaryFolder } from '../support/postgres.ts'
import { caseBatch } from './batches.ts'

// One folder for all: each test leaves its Postgres stopped and its data good.
let dataDir: string
beforeAll(() => {
  dataDir = temporaryFolder()
})
afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true })
})

const where = () => ({ dataDir, database: null })
const pidFileOf = (folder: string) => join(folder, 'postgres', 'cluster', 'postmaster.pid')

/** A process of its own that starts the embedded Postgres, says so, and then waits to be killed. */
const otherServer = async (): Promise<{ kill(): Promise<void>; said: string }> => {
  const script = `
    import { openDatabase } from ${JSON.stringify(join(import.meta.dirname, '../../server/db/database.ts'))}
    await openDatabase({ dataDir: ${JSON.stringify(dataDir)}, database: null }).then(
      () => console.log('up'), (error) => console.log('refused: ' + error.message))
    setInterval(() => undefined, 1000)`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: join(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  return {
    said: said.toString().trim(),
    kill: async () => {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

test('[F14] kill -9 of the postmaster during writes: it is back by itself, the pool too, and every acknowledged row is there', async () => {
  const pg = await openDatabase(where())
  try {
    const [hallId, streamId] = ['h', 's']
    await openHall(pg.db, hallId, randomUUID())
    await openStream(pg.db, { hallId, streamId, branch: 0, deviceId: 'd', lane: null })
    const acked: string[] = []
    let at = 0
    const write = async (): Promise<void> => {
      const batch = caseBatch({ hallId, streamId, at, id: `c${String(at)}`, ver0: 0, set: ['w1'] })
      await pg.store.append(batch)
      acked.push(batch.log[0]?.cmdId ?? '')
      at += 1
    }
    for (let n = 0; n < 20; n += 1) await write()
    const first = pg.postmaster()
    process.kill(first, 'SIGKILL')
    // A killed postmaster's backends may answer for a moment still: only another one is what must come back.
    await expect.poll(pg.postmaster, { timeout: 15_000 }).not.toBe(first)
    let isBack = false
    for (const cut = Date.now(); !isBack && Date.now() - cut < 15_000;) {
      // A lost answer leaves the outcome unknown: look before writing again (F18).
      const { stream } = await pg.store
        .load({
          hallId,
          streamId,
          branch: 0,
          aggs: [],
          grantIds: [],
          cmdIds: [],
          numbers: [],
          seqs: { from: 1, to: 0 },
        })
        .catch(() => ({ stream: null }))
      if (stream === null) await sleep(50)
      else {
        at = stream.lastSeq
        await write().then(
          () => (isBack = true),
          () => sleep(50),
        )
      }
    }
    expect(isBack).toBe(true)
    expect(isAlive(pg.postmaster())).toBe(true)
    const known = await pg.store.load({
      hallId,
      streamId,
      branch: 0,
      aggs: [],
      grantIds: [],
      cmdIds: acked,
      numbers: [],
      seqs: { from: 1, to: 1000 },
    })
    expect([...known.knownCmdIds].sort()).toEqual([...acked].sort())
    expect(known.results.map((result) => result.seq)).toEqual(Array.from({ length: at }, (_, i) => i + 1))
  } finally {
    await pg.close()
  }
})

test('[F15] after kill -9 of the server its Postgres is adopted, after kill -9 of both it recovers; the rows stay', async () => {
  const first = await otherServer()
  expect(first.said).toBe('up')
  await first.kill()
  const second = await startEmbedded(dataDir)
  expect(second.adopted).toBe(true)
  const pid = second.pid()
  await second.stop()
  await expect.poll(() => isAlive(pid)).toBe(false)

  const third = await otherServer()
  expect(third.said).toBe('up')
  await third.kill()
  const postmaster = Number(readFileSync(pidFileOf(dataDir), 'utf8').split('\n')[0])
  process.kill(postmaster, 'SIGKILL')
  const fourth = await openDatabase(where())
  expect(fourth.fenced).toBe(true)
  await fourth.close()
})

test('[F15] a second server on the same data folder is refused, and the first one’s Postgres stays', async () => {
  const pg = await openDatabase(where())
  try {
    const second = await otherServer()
    expect(second.said).toContain('Another server already uses this data folder')
    await second.kill()
    expect(isAlive(pg.postmaster())).toBe(true)
    expect(await openHall(pg.db, `h-${randomUUID()}`, randomUUID())).toBe(true)
  } finally {
    await pg.close()
  }
})

test('[F15] a pid file that names a living process of another kind does not stop the start', async () => {
  const first = await startEmbedded(dataDir)
  await first.stop()
  const stale = [process.pid, join(dataDir, 'postgres', 'cluster'), 1, 1, '', '127.0.0.1', '1 1', 'ready   ']
  writeFileSync(pidFileOf(dataDir), `${stale.join('\n')}\n`)
  const second = await startEmbedded(dataDir)
  expect(second.adopted).toBe(false)
  await second.stop()
})

test('[D2] a data folder of another Postgres major is refused with a sentence, and untouched', async () => {
  const first = await startEmbedded(dataDir)
  await first.stop()
  const version = join(dataDir, 'postgres', 'cluster', 'PG_VERSION')
  writeFileSync(version, '17\n')
  await expect(startEmbedded(dataDir)).rejects.toThrow(/made by Postgres 17/)
  expect(readFileSync(version, 'utf8')).toBe('17\n')
  writeFileSync(version, '18\n')
})

test('[P4] Postgres without synchronous_commit is refused', async () => {
  const pg = await openDatabase(where())
  expect(await faultsOf(pg.db)).toEqual([])
  await pg.close()
  const weak = await startEmbedded(dataDir)
  const owner = openClient(weak.ownerUrl, { max: 1, statementTimeoutMs: 5000, name: 'test' })
  await owner`alter database hall set synchronous_commit = off`
  await owner.end()
  await weak.stop()
  await expect(openDatabase(where())).rejects.toThrow(/synchronous_commit = off; it must be on/)
  await expect(access(pidFileOf(dataDir))).rejects.toThrow()
})
