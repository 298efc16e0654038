/** Requests to one route of sync, and the bytes of their answers as they came and as they were read. */
export interface Traffic {
  requests: number
  wireBytes: number
  plainBytes: number
}

performance.setResourceTimingBufferSize(10_000)

/** What went over the wire to `/sync/v1/<route>` since the last time this was asked. */
export function takeTraffic(route: 'push' | 'pull'): Traffic {
  const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
  const ours = entries.filter(({ name }) => new URL(name).pathname === `/sync/v1/${route}`)
  performance.clearResourceTimings()
  const sum = (of: (entry: PerformanceResourceTiming) => number) => ours.reduce((total, entry) => total + of(entry), 0)
  return {
    requests: ours.length,
    wireBytes: sum(({ encodedBodySize }) => encodedBodySize),
    plainBytes: sum(({ decodedBodySize }) => decodedBodySize),
  }
}

/** How long the requests to `/sync/v1/push` since the last time took, ms, as the page saw them. */
export function takePushTimes(): number[] {
  const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
  performance.clearResourceTimings()
  return entries.filter(({ name }) => new URL(name).pathname === '/sync/v1/push').map(({ duration }) => duration)
}
