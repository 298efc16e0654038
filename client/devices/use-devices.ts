import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { DevicesAnswer, type DeviceRow } from '../../shared/wire/log.ts'
import { NetFault } from '../local/engine.ts'
import { fetchJson, reach } from '../sync/online.ts'
import { netSentence } from '../sync/problem-fault.ts'

/** The hall's tablets and browsers, as the server last heard of them (SUP-3). */
export interface Devices {
  rows: Readonly<ShallowRef<readonly DeviceRow[]>>
  isFirst: Readonly<ShallowRef<boolean>>
  isBusy: Readonly<ShallowRef<boolean>>
  /** Why there is no newer answer, as a sentence. */
  fault: Readonly<ShallowRef<string | null>>
  refresh(): Promise<void>
}

/** How often the list is read again while it is looked at. */
const everyMs = 30_000
const mostPages = 20

/** Read the list, again every half minute and when the network is back; what was read stays. */
export function useDevices(): Devices {
  const rows = shallowRef<readonly DeviceRow[]>([])
  const fault = shallowRef<string | null>(null)
  const isFirst = shallowRef(true)
  const isBusy = shallowRef(false)

  async function refresh(): Promise<void> {
    if (isBusy.value) return
    isBusy.value = true
    try {
      rows.value = await readAll()
      fault.value = null
      isFirst.value = false
    } catch (error) {
      if (!(error instanceof NetFault)) throw error
      fault.value = netSentence(error)
    } finally {
      isBusy.value = false
    }
  }

  const timer = setInterval(() => {
    if (!document.hidden) void refresh()
  }, everyMs)
  onScopeDispose(() => clearInterval(timer))
  watch(
    () => reach.value.state === 'online',
    (isOnline) => {
      if (isOnline && fault.value !== null) void refresh()
    },
  )
  void refresh()
  return { rows, isFirst, isBusy, fault, refresh }
}

async function readAll(): Promise<DeviceRow[]> {
  const rows: DeviceRow[] = []
  let after: string | null = null
  for (let page = 0; page < mostPages; page += 1) {
    const query: string = after === null ? '' : `?after=${encodeURIComponent(after)}`
    const answer: DevicesAnswer = await fetchJson(DevicesAnswer, `/api/v1/devices${query}`)
    rows.push(...answer.rows)
    if (answer.next === null) break
    after = answer.next
  }
  return rows
}
