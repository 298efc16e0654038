import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../http/server-process.ts'
import { fatal, message, messageReader, scram, startup, startupParameters, type Message } from './pg-wire.ts'
import { temporaryFolder } from './postgres.ts'

/** A pooler in transaction mode before a database. */
export interface Pooler {
  readonly url: string
  /** Every statement's text that has passed; empty for the real PgBouncer, which keeps none. */
  readonly statements: readonly string[]
  /** Most server connections used so far; 0 for the real PgBouncer. */
  lines(): number
  close(): Promise<void>
}

// What PgBouncer follows and so accepts; all else it refuses at the startup.
const known = ['user', 'database', 'client_encoding', 'datestyle', 'timezone', 'application_name']
// A line keeps none of these between transactions: whoever rests on them finds them gone, or with a stranger.
const kept = /^\s*(listen|set|begin|declare)\b|pg_(try_)?advisory_lock/i

interface Line {
  readonly socket: Socket
  readonly greeting: Buffer
  client: Client | null
}

interface Client {
  readonly socket: Socket
  line: Line | null
  readonly waiting: Buffer[]
  /** Answers still to come: one for each Sync or simple query. */
  owed: number
}

interface Pool {
  readonly to: URL
  readonly size: number
  readonly lines: Set<Line>
  readonly queue: Client[]
  readonly statements: string[]
  opening: number
  most: number
}

/** The real PgBouncer's path, to run the same tests through it by hand; without it ours below stands in. */
const real = process.env['PGBOUNCER']

/** Puts a pooler with a few server connections before the database at `url`. */
export const openPooler = (url: string, size = 2): Promise<Pooler> =>
  real ? startReal(url, size) : startOwn(url, size)

/**
 * PgBouncer's transaction mode in small: a client gets a server connection with its first message and loses it at
 * ReadyForQuery outside a transaction. It refuses what PgBouncer before 1.21 cannot carry, so that none of it is used.
 */
async function startOwn(url: string, size: number): Promise<Pooler> {
  const pool: Pool = { to: new URL(url), size, lines: new Set(), queue: [], statements: [], opening: 0, most: 0 }
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)))
    void serve(pool, socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: at(url, (server.address() as { port: number }).port),
    statements: pool.statements,
    lines: () => pool.most,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      for (const { socket } of pool.lines) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function at(url: string, port: number): string {
  const to = new URL(url)
  to.hostname = '127.0.0.1'
  to.port = String(port)
  return to.href
}

async function serve(pool: Pool, socket: Socket): Promise<void> {
  const [first] = (await once(socket, 'data')) as [Buffer]
  const asked = startupParameters(first)
  const strange = Object.keys(asked ?? {}).find((name) => !known.includes(name))
  if (!asked) return void socket.end()
  if (strange) return void socket.end(fatal('08P01', `unsupported startup parameter: ${strange}`))
  const line = [...pool.lines][0] ?? (await openLine(pool))
  const client: Client = { socket, line: null, waiting: [], owed: 0 }
  const read = messageReader()
  socket.on('data', (bytes) => {
    for (const one of read(bytes)) fromClient(pool, client, one)
  })
  socket.on('close', () => leave(pool, client))
  socket.write(line.greeting)
  if (!line.client) lend(pool, line)
}

function fromClient(pool: Pool, client: Client, { type, bytes }: Message): void {
  if (type === 'X') return void client.socket.end()
  const refused = refusal(pool, type, bytes)
  if (refused) return void client.socket.end(fatal('0A000', refused))
  if (type === 'Q' || type === 'S') client.owed += 1
  if (client.line) return void client.line.socket.write(bytes)
  client.waiting.push(bytes)
  if (!pool.queue.includes(client)) pool.queue.push(client)
  const free = [...pool.lines].find((line) => line.client === null)
  if (free) lend(pool, free)
  else if (pool.lines.size + pool.opening < pool.size) void openLine(pool).then((line) => lend(pool, line))
}

function refusal(pool: Pool, type: string, bytes: Buffer): string | null {
  if (type !== 'Q' && type !== 'P') return null
  const [name = '', text = ''] = type === 'Q' ? ['', words(bytes)[0]] : words(bytes)
  pool.statements.push(text)
  if (name !== '') return `prepared statement "${name}" is known to one server connection only`
  return kept.test(text) ? `a transaction pooler does not keep this: ${text.slice(0, 40)}` : null
}

const words = (bytes: Buffer): string[] => bytes.subarray(5).toString().split('\0')

function lend(pool: Pool, line: Line): void {
  const client = pool.queue.shift()
  line.client = client ?? null
  if (!client) return
  client.line = line
  for (const bytes of client.waiting.splice(0)) line.socket.write(bytes)
}

function fromServer(pool: Pool, line: Line, { type, bytes }: Message): void {
  const { client } = line
  if (!client) return
  client.socket.write(bytes)
  if (type !== 'Z') return
  client.owed -= 1
  if (client.owed > 0 || String.fromCharCode(bytes[5] ?? 0) !== 'I') return
  client.line = null
  lend(pool, line)
}

/** A client that goes in the middle of a transaction takes its line with it; nobody else may find it half used. */
function leave(pool: Pool, client: Client): void {
  const queued = pool.queue.indexOf(client)
  if (queued >= 0) pool.queue.splice(queued, 1)
  client.line?.socket.destroy()
}

/** A server connection, signed in; its greeting (status and key) is what each client is told. */
async function openLine(pool: Pool): Promise<Line> {
  pool.opening += 1
  const socket = connect(Number(pool.to.port || 5432), pool.to.hostname)
  socket.on('error', () => undefined)
  const database = pool.to.pathname.slice(1)
  socket.write(startup({ user: pool.to.username, database, client_encoding: 'UTF8', application_name: 'pooler' }))
  const greeting = await signIn(socket, decodeURIComponent(pool.to.password)).finally(() => (pool.opening -= 1))
  const line: Line = { socket, greeting, client: null }
  const read = messageReader()
  socket.on('data', (bytes) => {
    for (const one of read(bytes)) fromServer(pool, line, one)
  })
  socket.on('close', () => {
    pool.lines.delete(line)
    line.client?.socket.destroy()
  })
  pool.lines.add(line)
  pool.most = Math.max(pool.most, pool.lines.size)
  return line
}

function signIn(socket: Socket, password: string): Promise<Buffer> {
  const proof = scram(password)
  const read = messageReader()
  const told: Buffer[] = [message('R', Buffer.alloc(4))]
  return new Promise((resolve, reject) => {
    socket.once('close', () => reject(new Error('Postgres refused the pooler')))
    socket.on('data', function hear(bytes) {
      for (const { type, bytes: all } of read(bytes)) {
        if (type === 'R' && all.readInt32BE(5) === 10) socket.write(proof.first)
        else if (type === 'R' && all.readInt32BE(5) === 11) socket.write(proof.answer(all.subarray(9).toString()))
        else if (type === 'S' || type === 'K' || type === 'Z') told.push(all)
        if (type !== 'Z') continue
        socket.off('data', hear)
        resolve(Buffer.concat(told))
      }
    })
  })
}

/** The real one with nothing set that it does not set by itself, but for mode, size and who may come in. */
async function startReal(url: string, size: number): Promise<Pooler> {
  const [to, port, folder] = [new URL(url), await freePort(), temporaryFolder()]
  const user = process.getuid?.() === 0 ? 'user = nobody\n' : ''
  const [users, settings] = [join(folder, 'users.txt'), join(folder, 'pgbouncer.ini')]
  writeFileSync(users, `"${to.username}" "${decodeURIComponent(to.password)}"\n`)
  writeFileSync(
    settings,
    `[databases]\n* = host=${to.hostname} port=${to.port || '5432'}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n` +
      `listen_port = ${String(port)}\nunix_socket_dir =\nauth_type = plain\nauth_file = ${users}\n${user}` +
      `pool_mode = transaction\ndefault_pool_size = ${String(size)}\n`,
  )
  for (const file of [users, settings]) chmodSync(file, 0o644)
  const child = spawn(real ?? '', [settings], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const out of [child.stdout, child.stderr]) out.on('data', (part: Buffer) => (said += part.toString()))
  while (!said.includes('process up')) {
    if (child.exitCode !== null) throw new Error(said)
    await sleep(20)
  }
  return {
    url: at(url, port),
    statements: [],
    lines: () => 0,
    close: async () => {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
