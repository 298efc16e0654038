import type { Case } from '../../../shared/cases/index.ts'
import { useLive } from '../../../client/local/live.ts'
import { rowsOn } from '../../../client/local/rows.ts'
import { actKept, startSync } from '../../../client/sync/start-sync.ts'
import { tabletStore } from '../../../client/local/db.ts'
import { listed, until, type List } from './edits.ts'
import { keep, noteOn } from './tablet.ts'
import { takePushTimes } from './traffic.ts'

let list: List | null = null

/** Moments of two pages on one machine, comparable: ms of the wall clock in steps of 5 µs. */
const moment = (): number => performance.timeOrigin + performance.now()

const openCases = (): List => (list ??= useLive(async () => rowsOn<Case>('case', 'open', listed), []))

/** Send, pull and follow the live hints as the app does, with the list of open cases on screen. */
export async function lead(): Promise<void> {
  const device = await tabletStore().transact('read', ['meta'], (tx) => tx.get('meta', 'device'))
  if (device?.key !== 'device') throw new Error('not enrolled')
  startSync(device.hallId)
  const open = openCases()
  await until(open, () => open.data.value.length === listed)
}

/** The cases of the list. */
export function openIds(): string[] {
  return openCases().data.value.map(({ id }) => id)
}

/** The moment at which the list shows a newer image of the case than it shows now. */
export async function whenShown(id: string): Promise<number> {
  const open = openCases()
  const ver = () => open.data.value.find((row) => row.id === id)?.ver ?? 0
  const before = ver()
  await until(open, () => ver() > before)
  return moment()
}

/** One edit, sent by the loop: the moment of the tap, and how long its push request took once the list shows it settled. */
export async function editAndSend(id: string, text: string): Promise<{ tap: number; pushMs: number }> {
  const row = openCases().data.value.find((one) => one.id === id)
  if (!row) throw new Error('the list has lost its rows')
  takePushTimes()
  const tap = moment()
  const settled = whenShown(id)
  await keep(noteOn({ id, itemId: row.image.itemId }, text))
  actKept()
  await settled
  return { tap, pushMs: takePushTimes()[0] ?? Number.NaN }
}
