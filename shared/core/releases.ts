/** Which client versions a server wants run (F39): none below `minClient`, none of `stoppedClients`. */
export interface WantedClients {
  readonly minClient: string | null
  readonly stoppedClients: readonly string[]
}

/** A release as it is written: `1.4.0`. */
export const releasePattern = /^\d{1,5}\.\d{1,5}\.\d{1,5}$/

/** Whether pages of this client version are to be replaced. Its acts are taken all the same: only what it shows may be wrong. */
export function isClientStopped(version: string, { minClient, stoppedClients }: WantedClients): boolean {
  return stoppedClients.includes(version) || (minClient !== null && isOlder(version, minClient))
}

function isOlder(version: string, than: string): boolean {
  const [mine, least] = [partsOf(version), partsOf(than)]
  const at = least.findIndex((part, index) => part !== mine[index])
  return at >= 0 && (mine[at] ?? 0) < (least[at] ?? 0)
}

const partsOf = (version: string): number[] => version.split('.').map(Number)

/** What a server's `/version` says of clients; one that says nothing, or nothing we can read, stops nobody. */
export function wantedClients(said: unknown): WantedClients {
  const { minClient, stoppedClients } = (said ?? {}) as { minClient?: unknown; stoppedClients?: unknown }
  return {
    minClient: isRelease(minClient) ? minClient : null,
    stoppedClients: Array.isArray(stoppedClients) ? stoppedClients.filter(isRelease) : [],
  }
}

function isRelease(value: unknown): value is string {
  return typeof value === 'string' && releasePattern.test(value)
}
