import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { HallId } from '../../shared/profiles/halls.ts'
import { temporaryFolder, testDatabase, type TestDatabase } from './postgres.ts'
import { layCluster } from './ready-cluster.ts'

const root = join(import.meta.dirname, '../..')
const startMs = 90_000

/** One of the sign-ins a first start prints. */
export interface SignIn {
  readonly login: string
  readonly password: string
  /** `A岗 · 示例·方老师`. */
  readonly label: string
}

/** What a first start prints, once: the people of the demo window and its unit, and the link for its first tablet. */
export interface Credentials {
  readonly A: SignIn
  readonly B: SignIn
  readonly supervisor: SignIn
  readonly backOffice: SignIn
  /** Two leaders of the window's unit. */
  readonly approvers: readonly SignIn[]
  readonly enrolLink: string
}

/** The product as `npm start` runs it after its build: a process of its own, on data of its own. */
export interface App {
  readonly url: string
  readonly credentials: Credentials
  /** Address of its database for the application's role, to look at what is stored; ask anew after a `restart`. */
  databaseUrl(): string
  /** As a power cut: no signal it could hear. Postgres, if ours, lives on as it would on a real machine. */
  kill9(): Promise<void>
  /** Start again on the same port and data, after `kill9`. */
  restart(): Promise<void>
  /** End it as Ctrl-C does, and remove its data. */
  stop(): Promise<void>
}

interface Place {
  readonly folder: string
  readonly database: TestDatabase | null
  /** Settings beside those of every test. */
  readonly more: Readonly<Record<string, string>>
}

/**
 * Starts the server over an empty data folder (with `DATABASE_URL` set: over an empty database there) and waits until
 * it has printed the sign-ins, of `demo` too if it is another hall. The client must have been built (`npm run build`).
 */
export async function startApp(demo?: Exclude<HallId, 'nbu'>, more: Place['more'] = {}): Promise<App> {
  const place = { folder: temporaryFolder(), database: process.env['DATABASE_URL'] ? await testDatabase() : null, more }
  if (!place.database) await layCluster(place.folder)
  const first = await launch(place, 0, demo ? ['--demo', demo] : [])
  let running = first.child
  const port = Number(new URL(first.url).port)
  const last = (): void => {
    running.kill('SIGKILL')
    endPostgres(place)
  }
  // A test that dies must leave neither server nor Postgres behind.
  process.once('exit', last)
  return {
    url: first.url,
    credentials: credentialsIn(first.said()),
    databaseUrl: () => databaseUrl(place),
    kill9: () => end(running, 'SIGKILL'),
    async restart() {
      running = (await launch(place, port)).child
    },
    async stop() {
      await end(running, 'SIGTERM')
      process.off('exit', last)
      endPostgres(place)
      await place.database?.stop()
      rmSync(place.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}

interface Launched {
  readonly child: ChildProcess
  readonly url: string
  said(): string
}

const environmentOf = ({ folder, database, more }: Place, port: number) => ({
  ...process.env,
  ...{ PORT: String(port), HOST: '127.0.0.1', DATA_DIR: folder, TLS_CERT: '', TLS_KEY: '', VITEST: '' },
  ...{ DATABASE_URL: database?.urls.appUrl ?? '', DATABASE_OWNER_URL: database?.urls.ownerUrl ?? '' },
  ...more,
})

/** One process, up to the line that says it is running and, on a first start, all that follows it. */
async function launch(place: Place, port: number, args: string[] = []): Promise<Launched> {
  const env = environmentOf(place, port)
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts', ...args], {
    cwd: root,
    env,
    stdio: 'pipe',
  })
  let said = ''
  child.stdout.on('data', (part: Buffer) => (said += part.toString()))
  child.stderr.on('data', (part: Buffer) => (said += part.toString()))
  // A first start prints the sign-ins of nbu, and those of another hall after them.
  const printed = args.length === 0 ? 1 : 2
  const isUp = () => running.test(said) && (port !== 0 || links(said).length === printed)
  const until = Date.now() + startMs
  while (!isUp()) {
    if (child.exitCode !== null || Date.now() > until) {
      child.kill('SIGKILL')
      throw new Error(`the server did not start:\n${said}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { child, url: running.exec(said)?.[1] ?? '', said: () => said }
}

const running = /Changkai is running: (http\S+)/
const links = (said: string) => [...said.matchAll(/^ {2}(http\S+\/enrol#[0-9A-Z]{8})$/gm)].map(([, link = '']) => link)

function credentialsIn(said: string): Credentials {
  const people = [...said.matchAll(/^ {2}(\S+) {2,}(\S+) {2,}(\S.*)$/gm)].map(
    ([, login = '', password = '', label = '']) => ({ login, password, label }),
  )
  const who = (begins: string): SignIn => {
    const found = people.findLast(({ label }) => label.startsWith(begins))
    if (!found) throw new Error(`no sign-in of ${begins} was printed:\n${said}`)
    return found
  }
  return {
    ...{ A: who('A'), B: who('B'), supervisor: who('督查'), backOffice: who('后台') },
    approvers: people.filter(({ label }) => label.startsWith('审批')).slice(-2),
    enrolLink: links(said).at(-1) ?? '',
  }
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}

const postgresOf = ({ folder }: Place) => join(folder, 'postgres')

/** Process and port of the Postgres that came with us, as its own file says; null when it does not run. */
function postmaster(place: Place): { pid: string; port: string } | null {
  try {
    const [pid = '', , , port = ''] = readFileSync(join(postgresOf(place), 'cluster/postmaster.pid'), 'utf8').split(
      '\n',
    )
    return { pid: pid.trim(), port: port.trim() }
  } catch {
    return null
  }
}

function databaseUrl(place: Place): string {
  if (place.database) return place.database.urls.appUrl
  const secrets = JSON.parse(readFileSync(join(postgresOf(place), 'secrets.json'), 'utf8')) as { hallApp: string }
  return `postgres://hall_app:${secrets.hallApp}@127.0.0.1:${postmaster(place)?.port ?? ''}/hall`
}

/** A server that was killed leaves its Postgres running, for the next start to take up; here none follows. */
function endPostgres(place: Place): void {
  const left = place.database ? null : postmaster(place)
  if (left) spawnSync('kill', ['-QUIT', left.pid])
}
