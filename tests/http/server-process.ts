import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const root = new URL('../..', import.meta.url).pathname
const { DATABASE_URL: _, DATABASE_OWNER_URL: __, ...environment } = process.env
const running = new Set<ChildProcess>()

/** A server of its own process, with what it has printed. */
export interface Started {
  readonly child: ChildProcess
  readonly port: number
  text(): string
}

/** Starts `npm start`'s process, without the build. */
export const launch = (env: Record<string, string>, args: string[] = []): Started => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts', ...args], {
    cwd: root,
    env: { ...environment, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let out = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (out += chunk.toString()))
  return { child, port: Number(env['PORT']), text: () => out }
}
/** Waits for the end; its exit code, null when it was killed. */
export const ended = async ({ child }: Started): Promise<number | null> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  running.delete(child)
  return child.exitCode
}
/** Waits until it is so. */
export const until = async (what: () => boolean | Promise<boolean>, ms = 40_000): Promise<void> => {
  const from = Date.now()
  while (!(await what())) {
    if (Date.now() - from > ms) throw new Error('waited in vain')
    await sleep(50)
  }
}
/** Starts it and waits until it listens. */
export const started = async (env: Record<string, string>, args: string[] = []): Promise<Started> => {
  const one = launch(env, args)
  await until(() => one.text().includes('Changkai is running') || one.child.exitCode !== null)
  if (one.child.exitCode !== null) throw new Error(one.text())
  return one
}
/** A port nobody has. */
export const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}
/** Its address. */
export const url = ({ port }: Started): string => `http://localhost:${String(port)}`
/** Signs in as a browser would. */
export const signIn = (one: Started, login: string, password: string) =>
  fetch(`${url(one)}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-changkai': '1', origin: url(one) },
    body: JSON.stringify({ login, password }),
  })

/** Ends whatever a failed test has left running. */
export const endAll = async (): Promise<void> => {
  for (const child of running) child.kill('SIGTERM')
  await Promise.all([...running].map((child) => once(child, 'exit')))
}
