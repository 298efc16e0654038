import { connect } from 'node:net'
import { lineKeeper } from './chaos-proxy.ts'

/** A line between the server and Postgres with a hand on it (reliability.md 2, "pg proxy"). */
export interface PgProxy {
  readonly url: string
  /** Swallow what Postgres says, or no longer. */
  mute(on: boolean): void
  /** Swallow it from the next statement on. */
  loseNextAnswer(): void
  /** Reset all lines. */
  cut(): void
  close(): Promise<void>
}

/** Listens on a free port before the Postgres of `url`. */
export async function pgProxy(url: string): Promise<PgProxy> {
  const to = new URL(url)
  const [host, port] = [to.hostname, Number(to.port || 5432)]
  let muted = false
  let armed = false
  const lines = lineKeeper((near) => {
    const far = lines.keep(connect(port, host))
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
    near.on('data', (bytes: Buffer) => {
      if (armed && bytes[0] === 0x42) muted = true // Bind: the statement is described, now it will run
      far.write(bytes)
    })
    far.on('data', (bytes: Buffer) => {
      if (!muted) near.write(bytes)
    })
  })
  to.port = String(await lines.listen())
  to.hostname = '127.0.0.1'
  return {
    url: to.href,
    mute: (on) => {
      muted = on
      armed = false
    },
    loseNextAnswer: () => {
      armed = true
    },
    ...{ cut: lines.cut, close: lines.close },
  }
}
