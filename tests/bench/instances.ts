import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { TestDatabase } from '../support/postgres.ts'
import type { Usage } from './instance.ts'

/** A running server process. */
export interface Instance {
  readonly origin: string
  usage(): Promise<Usage>
  stop(): Promise<void>
}

/** Starts a server process over the database. */
export async function startInstance({ urls }: TestDatabase): Promise<Instance> {
  const child = fork(join(import.meta.dirname, 'instance.ts'), [urls.appUrl], {
    execArgv: ['--import', 'tsx', '--expose-gc'],
  })
  const { port } = (await answer(child)) as { port: number }
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    usage: async () => {
      child.send('usage')
      return (await answer(child)) as Usage
    },
    stop: async () => {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

async function answer(child: ChildProcess): Promise<unknown> {
  const [message] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('the instance ended'))),
  ])) as [unknown]
  return message
}
