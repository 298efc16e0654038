import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs'

/** As whom the Postgres programs run: they refuse root. `uid` null means as we are; `prefix` goes before the command. */
export interface RunAs {
  readonly uid: number | null
  readonly gid: number | null
  readonly prefix: readonly string[]
}

/** How a program ended, with what it printed. */
export interface Ended {
  readonly code: number | null
  readonly output: string
}

const asIs: RunAs = { uid: null, gid: null, prefix: [] }
const mapped: RunAs = { uid: null, gid: null, prefix: ['unshare', '--map-user=65534', '--map-group=65534'] }

/**
 * Runs a program to its end. What it prints goes to `logFile`, never to a pipe: Postgres inherits it and a pipe would
 * not close before Postgres does.
 */
export const run = async (as: RunAs, command: readonly string[], logFile: string): Promise<Ended> => {
  const [program = '', ...args] = [...as.prefix, ...command]
  const log = openSync(logFile, 'w', 0o600)
  try {
    const code = await new Promise<number | null>((resolve) => {
      const child = spawn(program, args, {
        cwd: process.platform === 'win32' ? undefined : '/',
        stdio: ['ignore', log, log],
        env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
        ...(as.uid === null || as.gid === null ? {} : { uid: as.uid, gid: as.gid }),
      })
      child.once('error', () => resolve(null))
      child.once('exit', (exit) => resolve(exit))
    })
    return { code, output: readFileSync(logFile, 'utf8') }
  } finally {
    closeSync(log)
  }
}

const accountOf = (name: string): RunAs | null => {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid && uid !== '0' ? { uid: Number(uid), gid: Number(gid), prefix: [] } : null
}

const ownerOf = (folder: string): RunAs => {
  const { uid, gid } = statSync(folder)
  return uid === 0 ? mapped : { uid, gid, prefix: [] }
}

/** What must be reachable for the other user: a program to run and the folder the data will stand in. */
export interface Reach {
  readonly program: string
  readonly folder: string
  readonly logFile: string
}

const canRun = async (as: RunAs, reach: Reach): Promise<boolean> => {
  const probe = ['/bin/sh', '-c', 'cd "$1" && exec "$2" --version', 'sh', reach.folder, reach.program]
  return (await run(as, probe, reach.logFile)).code === 0
}

/**
 * Chooses the user. As root: the owner of existing data, else `postgres`, else `nobody`, else (project or data under a
 * closed folder such as /root) a user namespace in which root is called nobody.
 */
export const chooseUser = async (dataFolder: string | null, reach: Reach): Promise<RunAs> => {
  if (process.getuid?.() !== 0) return asIs
  const candidates =
    dataFolder !== null && existsSync(dataFolder)
      ? [ownerOf(dataFolder)]
      : [accountOf('postgres'), accountOf('nobody'), mapped]
  for (const as of candidates) if (as !== null && (await canRun(as, reach))) return as
  throw new Error(
    'Postgres does not run as root, and neither postgres nor nobody can reach the program and the data folder, nor may ' +
      'root use a user namespace here: start as an ordinary user, move both out of closed folders, or set DATABASE_URL.',
  )
}
