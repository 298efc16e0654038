import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import type { Binaries } from './binaries.ts'
import { chooseUser, run, type RunAs } from './run-as.ts'

const Secrets = z.strictObject({ app: z.string(), hallOwner: z.string(), hallApp: z.string() })

/** Passwords of initdb's superuser and of the two roles. */
export type Secrets = z.infer<typeof Secrets>

/** A data folder that exists, and all that is needed to start it. */
export interface Cluster {
  readonly binaries: Binaries
  readonly as: RunAs
  readonly data: string
  readonly logFile: string
  readonly secrets: Secrets
}

/** Where the data stands inside the server's data folder. */
export const placeOf = (dataDir: string) => {
  const root = join(dataDir, 'postgres')
  return { root, data: join(root, 'cluster'), secrets: join(root, 'secrets.json'), log: join(root, 'command.log') }
}

const password = (): string => randomBytes(24).toString('hex')

const initialise = async (binaries: Binaries, fresh: ReturnType<typeof placeOf>): Promise<void> => {
  const as = await chooseUser(null, { program: binaries.initdb, folder: fresh.root, logFile: fresh.log })
  const secrets: Secrets = { app: password(), hallOwner: password(), hallApp: password() }
  const passwordFile = join(fresh.root, 'initdb-password')
  mkdirSync(fresh.data, { mode: 0o700 })
  writeFileSync(passwordFile, secrets.app, { mode: 0o600 })
  if (as.uid !== null && as.gid !== null) {
    for (const path of [fresh.data, passwordFile]) chownSync(path, as.uid, as.gid)
  }
  const { code, output } = await run(
    as,
    [
      binaries.initdb,
      '-D',
      fresh.data,
      '-U',
      'app',
      '-A',
      'scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--data-checksums',
    ],
    fresh.log,
  )
  if (code !== 0) throw new Error(`initdb failed:\n${output}`)
  rmSync(passwordFile)
  writeFileSync(fresh.secrets, JSON.stringify(secrets), { mode: 0o600, flush: true })
}

// The folder appears under its name only when it is whole: a kill on the way leaves nothing that looks like data.
const create = async (binaries: Binaries, dataDir: string): Promise<void> => {
  const parent = join(dataDir, `postgres.new-${String(process.pid)}`)
  rmSync(parent, { recursive: true, force: true })
  mkdirSync(join(parent, 'postgres'), { recursive: true })
  for (const folder of [parent, join(parent, 'postgres')]) chmodSync(folder, 0o755)
  try {
    await initialise(binaries, placeOf(parent))
    if (!existsSync(placeOf(dataDir).root)) renameSync(join(parent, 'postgres'), placeOf(dataDir).root)
  } finally {
    rmSync(parent, { recursive: true, force: true })
  }
}

/** Removes what killed first starts left; only the holder of the data folder calls it. */
export const sweepUnfinished = (dataDir: string): void => {
  for (const name of readdirSync(dataDir)) {
    if (name.startsWith('postgres.new-')) rmSync(join(dataDir, name), { recursive: true, force: true })
  }
}

const refuseOtherMajor = (binaries: Binaries, data: string): void => {
  const made = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  if (made === String(binaries.major)) return
  throw new Error(
    `The data folder was made by Postgres ${made} and this release brings Postgres ${String(binaries.major)}: ` +
      'start the release that made it, or carry the data over first (npm run upgrade-db, see CHANGELOG.md).',
  )
}

/** Opens the data folder, made by initdb if there is none yet; nothing is started. */
export const openCluster = async (binaries: Binaries, dataDir: string): Promise<Cluster> => {
  mkdirSync(dataDir, { recursive: true })
  // As root, Postgres runs as another user and must be able to walk in; what is secret in there is 0600 itself.
  if (process.getuid?.() === 0) chmodSync(dataDir, 0o755)
  const place = placeOf(dataDir)
  if (!existsSync(place.root)) await create(binaries, dataDir)
  refuseOtherMajor(binaries, place.data)
  const as = await chooseUser(place.data, { program: binaries.pgCtl, folder: place.data, logFile: place.log })
  const secrets = Secrets.parse(JSON.parse(readFileSync(place.secrets, 'utf8')))
  return { binaries, as, data: place.data, logFile: place.log, secrets }
}
