import { holdLease, watchLease, type LeaseSite } from './lease.ts'
import { isOver } from './nap.ts'
import { onPoke, poke } from './poke.ts'

/** What a leader does until its leadership ends. */
export type Lead = (signal: AbortSignal) => Promise<void>

const leaving = ['pagehide', 'freeze'] as const
const returning = ['pageshow', 'resume'] as const

/** Who stands: for which hall, what it does as leader, its lease. */
export interface Candidate {
  hallId: string
  lead: Lead
  site: LeaseSite
  report(event: string, facts: Record<string, string | number>): void
}

/**
 * Elect one tab of this browser for the hall by a Web Lock (sync.md 2.3) and let it lead until `signal` ends. A hidden
 * leader makes way for a visible tab, lets go when its page is frozen or left, and loses the lock by steal when it has
 * shown no work for a minute (F35). Only an optimisation: two are harmless.
 */
export async function standForLeader(candidate: Candidate, signal: AbortSignal): Promise<void> {
  const want = () => {
    if (!document.hidden) poke({ about: 'want' })
  }
  const stopHearing = onPoke(({ about }) => {
    if (about === 'offer') want()
  })
  document.addEventListener('visibilitychange', want)
  const presence = new Presence(signal)
  want()
  while (!signal.aborted) {
    await presence.back()
    await oneTerm(candidate, signal).catch(async (error: unknown) => {
      candidate.report('leader-failed', { why: error instanceof Error ? error.name : 'unknown' })
      await new Promise<void>((resolve) => candidate.site.after(1_000, resolve))
    })
  }
  document.removeEventListener('visibilitychange', want)
  stopHearing()
}

/** Wait for the lock, or take it from a leader that shows no life; lead until it is lost or let go. */
async function oneTerm(candidate: Candidate, signal: AbortSignal): Promise<void> {
  const [term, queue] = [new AbortController(), new AbortController()]
  const both = AbortSignal.any([signal, term.signal])
  const name = `sync:${candidate.hallId}`
  const standing = { hasLed: false, isStale: false }
  const hold = () => {
    standing.hasLed = true
    queue.abort()
    return leadOnce(candidate, term, both)
  }
  watchLease(
    candidate.site,
    () => {
      standing.isStale = true
      queue.abort()
    },
    AbortSignal.any([both, queue.signal]),
  )
  try {
    await navigator.locks.request(name, { signal: AbortSignal.any([signal, queue.signal]) }, hold)
  } catch (error) {
    if (isOver(signal) || standing.hasLed) return // hasLed: it was stolen from us
    if (!standing.isStale) throw error
    candidate.report('lead-stolen', {})
    await navigator.locks.request(name, { steal: true }, hold).catch(() => undefined)
  } finally {
    queue.abort()
    term.abort()
  }
}

/** Lead, and let the lock go the moment leadership ends, whatever is still under way. */
async function leadOnce({ lead, site, report }: Candidate, term: AbortController, both: AbortSignal): Promise<void> {
  const resign = () => term.abort()
  const stopHearing = onPoke(({ about }) => {
    if (about === 'want' && document.hidden) resign()
  })
  const offer = () => {
    if (document.hidden) poke({ about: 'offer' })
  }
  document.addEventListener('visibilitychange', offer)
  // `freeze` is the document's, and does not bubble; `pagehide` is the window's: capture hears both.
  for (const event of leaving) window.addEventListener(event, resign, true)
  holdLease(site, both)
  const ended = new Promise<void>((resolve) => both.addEventListener('abort', () => resolve()))
  const leading = lead(both).catch((error: unknown) => {
    report('lead-broke', { why: error instanceof Error ? error.name : 'unknown' })
  })
  try {
    await Promise.race([leading, ended])
  } finally {
    stopHearing()
    document.removeEventListener('visibilitychange', offer)
    for (const event of leaving) window.removeEventListener(event, resign, true)
  }
}

/** Whether this page is frozen or left: such a page must not stand again before it is back, or it would hold the lock asleep. */
class Presence {
  #isAway = false
  #back: (() => void)[] = []

  constructor(signal: AbortSignal) {
    const options = { capture: true, signal }
    for (const event of leaving) window.addEventListener(event, () => (this.#isAway = true), options)
    for (const event of returning) window.addEventListener(event, () => this.#return(), options)
    window.addEventListener('visibilitychange', () => !document.hidden && this.#return(), options)
    signal.addEventListener('abort', () => this.#return())
  }

  async back(): Promise<void> {
    if (this.#isAway) await new Promise<void>((resolve) => this.#back.push(resolve))
  }

  #return(): void {
    this.#isAway = false
    for (const resolve of this.#back.splice(0)) resolve()
  }
}
