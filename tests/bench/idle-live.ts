import { setTimeout as pause } from 'node:timers/promises'
import { busyWindow } from './bench-hall.ts'
import { crowd, type CrowdTablet } from './crowd.ts'
import { figure } from './figures.ts'
import { startInstance } from './instances.ts'
import type { Workload } from './workload.ts'

const tablets = 200

/** Follow the hall's hints; resolves when the stream has said hello, with how long that took. */
async function follow(origin: string, { token }: CrowdTablet, signal: AbortSignal): Promise<number> {
  const from = performance.now()
  const headers = { accept: 'text/event-stream', 'x-changkai': '1', authorization: `Device ${token}` }
  const answer = await fetch(`${origin}/sync/v1/live`, { headers, signal })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  for (let text = ''; !text.includes('event: hello');) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
    if (done) throw new Error(`the stream ended: ${answer.status}`)
    text += value
  }
  // Whatever else is said is read and dropped.
  void (async () => {
    while (!(await reader?.read())?.done);
  })().catch(() => undefined)
  return performance.now() - from
}

/** What 200 tablets cost that follow the hall and do nothing. */
export const idleLive: Workload = {
  id: 'idle-live',
  size: 0,
  async run({ server, quick }) {
    const instance = await startInstance(server.pg)
    const all = await crowd(server.pg, busyWindow, tablets)
    const alone = await instance.usage()
    const end = new AbortController()
    const hello = await Promise.all(all.map((one) => follow(instance.origin, one, end.signal)))
    const seconds = quick ? 10 : 60
    const before = await instance.usage()
    await pause(seconds * 1000)
    const after = await instance.usage()
    end.abort()
    await instance.stop()
    return [
      figure({
        id: 'idle-live',
        label: 'server with 200 idle live tablets: ms until each has its hello, all at once',
        ours: hello,
        facts: {
          rssMb: after.rss / 1_048_576,
          rssAloneMb: alone.rss / 1_048_576,
          kbPerTablet: (after.rss - alone.rss) / 1024 / tablets,
          cpuPercent: (after.cpuUs - before.cpuUs) / (seconds * 10_000),
        },
      }),
    ]
  },
}
