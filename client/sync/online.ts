import { shallowRef } from 'vue'
import type { z } from 'zod'
import { tabletStore } from '../local/db.ts'
import { NetFault, type Net } from '../local/engine.ts'
import { retryAfterOf } from './back-off.ts'
import { ProblemFault, readProblem } from './problem-fault.ts'

/** A request that takes longer in all is given up (F9). */
const timeoutMs = 30_000

/** What the last request taught about the network; `navigator.onLine` has no say in it (F12). */
export interface Reach {
  state: 'unknown' | 'online' | 'offline' | 'portal' | 'busy'
  /** Wall time since when it has been so, and when the server last answered; 0 when never. */
  since: number
  answeredAt: number
}

/** The network as this tab, or the leader of its browser, last found it. */
export const reach = shallowRef<Reach>({ state: 'unknown', since: 0, answeredAt: 0 })

/** Why the server gives this device no data any more, in its own words; null while it does (P12). */
export const refusal = shallowRef<string | null>(null)

/** Note a verdict; another tab's is taken when it is newer. */
function noteReach(state: Reach['state'], at = Date.now()): void {
  const { state: before, since, answeredAt } = reach.value
  reach.value = { state, since: before === state ? since : at, answeredAt: state === 'online' ? at : answeredAt }
}

const verdicts: Record<NetFault['kind'], Reach['state']> = {
  unreachable: 'offline',
  portal: 'portal',
  busy: 'busy',
  refused: 'online',
}

/** Methods the server knows. */
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** Ask the server: JSON of a 2xx (null for 204), else a `NetFault`. A `Blob` is sent as it is, anything else as JSON. */
export async function api(method: Method, path: string, body?: unknown): Promise<unknown> {
  try {
    const answer = await ask(path, { method, ...(await contentOf(body)) })
    noteReach('online')
    return answer
  } catch (error) {
    const fault = error instanceof NetFault ? error : new NetFault('unreachable')
    noteReach(verdicts[fault.kind])
    throw fault
  }
}

/** The same, checked by a schema: an answer of another shape is not from our server. */
export async function fetchJson<Schema extends z.ZodType>(
  schema: Schema,
  path: string,
  { method = 'GET', body }: { method?: Method; body?: unknown } = {},
): Promise<z.infer<Schema>> {
  const parsed = schema.safeParse(await api(method, path, body))
  if (!parsed.success) throw new NetFault('portal')
  return parsed.data
}

/** The two requests of sync, as the engine asks them. */
export const net: Net = {
  push: (body) => api('POST', '/sync/v1/push', body),
  pull,
}

async function pull(query: Record<string, string>): Promise<unknown> {
  try {
    const answer = await api('GET', `/sync/v1/pull?${new URLSearchParams(query).toString()}`)
    refusal.value = null
    return answer
  } catch (error) {
    // Without an answer the last one holds: a tablet put out of use stays so when its network goes.
    if (error instanceof ProblemFault && error.problem === 'forbidden') refusal.value = error.sentence
    throw error
  }
}

/** The device's token as a header; none before enrolment. */
export async function deviceHeader(): Promise<Record<string, string>> {
  const device = await tabletStore().transact('read', ['meta'], (tx) => tx.get('meta', 'device'))
  return device?.key === 'device' ? { Authorization: `Device ${device.token}` } : {}
}

async function contentOf(body: unknown): Promise<{ headers: Record<string, string>; body?: BodyInit }> {
  const headers = { Accept: 'application/json', 'X-Changkai': '1', ...(await deviceHeader()) }
  if (body === undefined) return { headers }
  if (body instanceof Blob) return { headers: { ...headers, 'Content-Type': body.type }, body }
  return { headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
}

async function ask(path: string, init: RequestInit): Promise<unknown> {
  const options: RequestInit = {
    ...init,
    credentials: 'same-origin',
    cache: 'no-store',
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  }
  const response = await fetch(path, options)
  const fault = faultBefore(response)
  if (fault) throw fault
  if (response.status === 204) return null
  const body: unknown = JSON.parse(await response.text())
  if (response.ok) return body
  const facts = factsOf(response)
  const kind = isBusy(response.status) ? 'busy' : 'refused'
  const problem = readProblem(body)
  throw problem ? new ProblemFault(kind, facts, problem) : new NetFault(kind, facts)
}

const isBusy = (status: number): boolean => status === 429 || status >= 500

/** What the status line and type tell already: a login page instead of ours (F7), a gateway's error page (F8). */
function faultBefore(response: Pick<Response, 'status' | 'headers'>): NetFault | null {
  if (response.status === 511) return new NetFault('portal', { status: 511 })
  if (response.status === 204) return null
  const type = (response.headers.get('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === 'application/json' || type === 'application/problem+json') return null
  return new NetFault(isBusy(response.status) ? 'busy' : 'portal', factsOf(response))
}

function factsOf({ status, headers }: Pick<Response, 'status' | 'headers'>): { status: number; retryAfterMs?: number } {
  const retryAfterMs = retryAfterOf(headers)
  return retryAfterMs === null ? { status } : { status, retryAfterMs }
}
