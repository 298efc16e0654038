import { onPoke, poke } from './poke.ts'

/** What a leader does until its leadership ends. */
export type Lead = (signal: AbortSignal) => Promise<void>

/**
 * Elect one tab of this browser for the hall by a Web Lock (sync.md 2.3) and let it lead until `signal` ends. A hidden
 * leader makes way for a visible tab and lets go when its page is frozen or left. Only an optimisation: two are harmless.
 */
export async function standForLeader(hallId: string, lead: Lead, signal: AbortSignal): Promise<void> {
  const onVisible = () => {
    if (!document.hidden) poke({ about: 'want' })
  }
  document.addEventListener('visibilitychange', onVisible)
  onVisible()
  try {
    while (!signal.aborted) {
      await navigator.locks.request(`sync:${hallId}`, { signal }, () => leadOnce(lead, signal))
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    document.removeEventListener('visibilitychange', onVisible)
  }
}

async function leadOnce(lead: Lead, signal: AbortSignal): Promise<void> {
  const term = new AbortController()
  const resign = () => term.abort()
  const stopHearing = onPoke(({ about }) => {
    if (about === 'want' && document.hidden) resign()
  })
  const leaving = ['pagehide', 'freeze']
  for (const event of leaving) window.addEventListener(event, resign)
  try {
    await lead(AbortSignal.any([signal, term.signal]))
  } finally {
    stopHearing()
    for (const event of leaving) window.removeEventListener(event, resign)
  }
}
