const firstWait = 1_000
const longestWait = 60_000
const leastWait = 100
/** What comes back at once (a server restarted, a network returned) is spread over this long (sync.md §5). */
const spreadMs = 10_000
/** The longest pause a server may ask for: a gateway's slip must not silence a tablet for days. */
const longestAsked = 3_600_000

/** How long to wait after so many failures in a row: full jitter, 1 s → 60 s. */
export function backOffMs(failures: number, random: () => number): number {
  const top = Math.min(longestWait, firstWait * 2 ** Math.min(failures, 10))
  return leastWait + random() * (top - leastWait)
}

/** A pause the server asked for, never shorter, and a little longer for each, or all told 30 s would return together. */
export function askedMs(retryAfterMs: number, random: () => number): number {
  const asked = Math.min(retryAfterMs, longestAsked)
  return asked + random() * Math.min(spreadMs, Math.max(firstWait, asked))
}

/** Somewhere in the spread; over no longer than it was away, so that a hiccup costs a tablet little. */
export function spreadOver(random: () => number, awayMs = spreadMs): number {
  return random() * Math.min(spreadMs, Math.max(0, awayMs))
}

/** A period ± 20 %. */
export function about(ms: number, random: () => number): number {
  return ms * (0.8 + 0.4 * random())
}

/**
 * `Retry-After` of an answer, ms: seconds, or a date measured by the answer's own `Date`, never by the tablet's clock.
 * Null when it says nothing usable.
 */
export function retryAfterOf(headers: Pick<Headers, 'get'>): number | null {
  const value = headers.get('Retry-After')
  if (value === null) return null
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  const [until, now] = [Date.parse(value), Date.parse(headers.get('Date') ?? '')]
  return Number.isFinite(until - now) ? Math.max(0, until - now) : null
}
