import type { LiveHint } from '../../shared/wire/push.ts'
import { NetFault } from '../local/engine.ts'
import { askedMs, backOffMs, spreadOver } from './back-off.ts'
import type { LiveListener } from './live.ts'
import { isOver, Nap, type Timers } from './nap.ts'

/** A page nobody has looked at for so long lets its stream go (battery, sync.md §5). */
const hiddenMs = 60_000

/** A stream that was there is missed by others too: the second try is as far from the first as theirs are apart. */
const returnFailures = 3

/** What a stream's life needs of the page. */
export interface LivePage extends Timers {
  random(): number
  isHidden(): boolean
  /** Hear when the page is hidden or seen again; returns how to stop. */
  onSight(hear: () => void): () => void
  live(listener: LiveListener, signal: AbortSignal): Promise<void>
}

/** Who is told of the stream. `isReturn`: there was one before, so others may be returning too. */
export interface LiveHost {
  hello(hint: LiveHint, isReturn: boolean): void
  hint(hint: LiveHint): void
  /** It ended; `wasGreeted` false when it never said hello, as behind a proxy that buffers. */
  ended(wasGreeted: boolean): void
  fault(error: unknown): void
}

/**
 * Keep one stream, and never two, until `signal` ends: closed a minute after the page is hidden, opened when it is
 * seen, taken up again spread over 10 s after a drop and by back-off while it cannot be had.
 */
export async function keepLive(page: LivePage, host: LiveHost, signal: AbortSignal): Promise<void> {
  let failures = 0
  let isReturn = false
  const nap = new Nap(page)
  signal.addEventListener('abort', () => nap.within(0))
  while (!signal.aborted) {
    await sight(page, signal)
    if (isOver(signal)) return
    const life = await oneLife(page, { ...host, hello: (hint) => host.hello(hint, isReturn) }, signal)
    isReturn ||= life.wasGreeted
    failures = life.wasGreeted ? 0 : failures + 1
    if (isOver(signal)) return
    host.ended(life.wasGreeted)
    if (!life.isLetGo) await nap.sleep(waitOf(page, life, { failures, isReturn }))
  }
}

interface Life {
  wasGreeted: boolean
  /** We closed it ourselves: nobody was looking. */
  isLetGo: boolean
  fault: unknown
}

interface Tries {
  failures: number
  isReturn: boolean
}

function waitOf({ random }: LivePage, { wasGreeted, fault }: Life, tries: Tries): number {
  const { failures, isReturn } = tries
  const asked = fault instanceof NetFault ? fault.retryAfterMs : null
  if (asked !== null) return askedMs(asked, random)
  if (wasGreeted) return spreadOver(random)
  return backOffMs(isReturn ? failures + returnFailures : failures - 1, random)
}

async function oneLife(
  page: LivePage,
  host: Pick<LiveHost, 'hint' | 'fault'> & { hello(hint: LiveHint): void },
  signal: AbortSignal,
): Promise<Life> {
  const term = new AbortController()
  const stopWatching = whenHidden(page, () => term.abort())
  const life: Life = { wasGreeted: false, isLetGo: false, fault: null }
  const listener: LiveListener = {
    hello: (hint) => {
      life.wasGreeted = true
      host.hello(hint)
    },
    hint: (hint) => host.hint(hint),
  }
  try {
    await page.live(listener, AbortSignal.any([signal, term.signal]))
  } catch (error) {
    life.fault = error
    if (!term.signal.aborted) host.fault(error)
  } finally {
    stopWatching()
  }
  life.isLetGo = term.signal.aborted
  return life
}

/** Resolves once somebody looks, or has looked within the last minute. */
async function sight(page: LivePage, signal: AbortSignal): Promise<void> {
  if (!page.isHidden()) return
  await new Promise<void>((resolve) => {
    const stop = page.onSight(() => {
      if (page.isHidden()) return
      stop()
      resolve()
    })
    signal.addEventListener('abort', () => {
      stop()
      resolve()
    })
  })
}

function whenHidden(page: LivePage, close: () => void): () => void {
  let cancel: (() => void) | null = null
  const look = () => {
    if (!page.isHidden()) cancel?.()
    cancel = page.isHidden() ? (cancel ?? page.after(hiddenMs, close)) : null
  }
  const stop = page.onSight(look)
  look()
  return () => {
    stop()
    cancel?.()
  }
}
