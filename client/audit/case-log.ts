import { shallowRef, watch, type ShallowRef } from 'vue'
import { LogAnswer, type LogRow } from '../../shared/wire/log.ts'
import { NetFault } from '../local/engine.ts'
import { fetchJson, reach } from '../sync/online.ts'

/** What the server's log says of a case's acts, by command; empty while there is no network. */
export function useCaseLog(caseId: () => string): Readonly<ShallowRef<ReadonlyMap<string, LogRow>>> {
  const rows = shallowRef<ReadonlyMap<string, LogRow>>(new Map())
  const read = async () => {
    const id = caseId()
    const answer = await readLog(id)
    if (answer && id === caseId()) rows.value = new Map(answer.rows.map((row) => [row.cmdId, row]))
  }
  watch(
    [caseId, () => reach.value.state === 'online'],
    ([id, isOnline], before) => {
      if (id !== before[0]) rows.value = new Map()
      if (isOnline && rows.value.size === 0) void read()
    },
    { immediate: true },
  )
  return rows
}

/** Only what stands beside the two values: without it the page still does its work. */
async function readLog(caseId: string): Promise<LogAnswer | null> {
  try {
    return await fetchJson(LogAnswer, `/api/v1/log?case=${encodeURIComponent(caseId)}`)
  } catch (error) {
    if (error instanceof NetFault) return null
    throw error
  }
}
