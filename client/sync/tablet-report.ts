import type { Engine } from '../local/engine.ts'
import { oldestOpen, serverMeta, streamMeta } from '../local/meta.ts'
import type { StorageReport } from '../local/storage.ts'
import { estimate } from './clock.ts'

/** As often as the server keeps it (SUP-3). */
const everyMs = 30_000

type Told = Pick<Engine, 'store' | 'clock' | 'app'>

/**
 * What this browser tells of itself beside a pull, at most every half minute: acts that wait and the age of the oldest,
 * its build, its storage, its clock. Nothing personal; a report that cannot be made keeps no pull from going out.
 */
export function tabletReporter(
  storage: () => Promise<StorageReport>,
): (engine: Told) => Promise<Record<string, string>> {
  let due = 0
  return async (engine) => {
    const now = engine.clock.mono()
    if (now < due) return {}
    due = now + everyMs
    try {
      return { ...(await queueReport(engine)), ...storageWords(await storage()) }
    } catch {
      return {}
    }
  }
}

async function queueReport({ store, clock, app }: Told): Promise<Record<string, string>> {
  const [stream, oldest, server] = await store.transact('read', ['meta', 'outcome'], (tx) =>
    Promise.all([streamMeta(tx), oldestOpen(tx), serverMeta(tx)]),
  )
  const { off, offErr } = estimate(server.samples, clock)
  const pending = stream && oldest ? Math.max(1, stream.nextSeq - oldest.seq) : 0
  const age = oldest ? Math.max(0, Math.floor(clock.wall() + off - oldest.at)) : 0
  const known = server.samples.length > 0 ? { off: String(off), offErr: String(offErr) } : {}
  return { pending: String(pending), oldest: String(age), app: app.slice(0, 64), ...known }
}

function storageWords({ weak, lost }: StorageReport): Record<string, string> {
  return { weak: weak ? '1' : '0', ...(lost === null ? {} : { lost: String(lost) }) }
}
