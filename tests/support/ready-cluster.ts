import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findBinaries } from '../../server/db/binaries.ts'
import { openCluster } from '../../server/db/cluster.ts'
import { temporaryFolder } from './temporary.ts'
import { cacheFolder } from './unpack-chromium.ts'

/** Owners and modes too: as root, Postgres runs as another user. */
const copy = (from: string, to: string): boolean => spawnSync('cp', ['-a', from, to]).status === 0

const remove = (path: string): void => rmSync(path, { recursive: true, force: true })

/** What initdb made once for this version of Postgres and of our own call of it; kept beside the packages. */
async function readyCluster(): Promise<string> {
  const binaries = findBinaries()
  const sources = [
    join(import.meta.dirname, '../../server/db/cluster.ts'),
    join(dirname(binaries.initdb), '../../package.json'),
  ]
  const hash = createHash('sha256')
  for (const path of sources) hash.update(readFileSync(path))
  const name = `cluster-${String(process.getuid?.())}-${hash.digest('hex').slice(0, 16)}`
  const ready = join(await cacheFolder(), name)
  if (existsSync(ready)) return ready
  const made = temporaryFolder()
  const aside = `${ready}.${String(process.pid)}`
  try {
    await openCluster(binaries, made)
    if (!copy(join(made, 'postgres'), aside)) throw new Error('not copied')
    renameSync(aside, ready)
  } catch (error) {
    if (!existsSync(ready)) throw error // else another process was first
  } finally {
    remove(made)
    remove(aside)
  }
  return ready
}

/**
 * Lays a fresh, never started cluster into a data folder, as initdb would have made it there: the second or more that
 * takes is spent once, not by each file of tests. Where that cannot be, the folder stays empty and initdb does its work.
 */
export async function layCluster(dataDir: string): Promise<void> {
  if (process.platform === 'win32') return
  const place = join(dataDir, 'postgres')
  const ready = await readyCluster().catch(() => null)
  if (ready === null || !copy(ready, place)) remove(place)
}
