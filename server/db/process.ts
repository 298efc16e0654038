import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

// Read from /proc where there is one: small containers have no `ps`.
const look = (pid: number): { name: string; state: string } | null => {
  try {
    if (process.platform === 'linux') {
      const [, name = '', state = ''] =
        /^\d+ \((.*)\) (\S)/s.exec(readFileSync(`/proc/${String(pid)}/stat`, 'utf8')) ?? []
      return { name, state }
    }
    const line = execFileSync('ps', ['-o', 'stat=,comm=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    return { name: line.replace(/^\S+\s+/, ''), state: line.charAt(0) }
  } catch {
    return null
  }
}

/** Whether a process still runs. One that has ended but was not yet collected by its parent (a zombie) does not. */
export const isAlive = (pid: number): boolean => {
  if (process.platform !== 'win32') return ![undefined, 'Z', 'X'].includes(look(pid)?.state)
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Whether a running process is a Postgres. Windows cannot be asked cheaply: there the answer is its being alive. */
export const isPostgres = (pid: number): boolean =>
  isAlive(pid) && (process.platform === 'win32' || (look(pid)?.name.includes('postgres') ?? false))
