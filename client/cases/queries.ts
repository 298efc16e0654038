import { shallowRef, watch } from 'vue'
import type { Case } from '../../shared/cases/index.ts'
import type { Item } from '../../shared/profiles/item-sheet.ts'
import { tabletStore } from '../local/db.ts'
import { heldOf } from '../local/held.ts'
import { useLive, type Live } from '../local/live.ts'
import { useLiveRows, type Listing } from '../local/live-rows.ts'
import type { DeviceMeta, OutcomeRow, StreamMeta, Tx, ViewRow } from '../local/store.ts'
import { decideKey, isThin } from '../local/view.ts'

/** A case's row; its image is a plain record to those who know no rooms. */
export type CaseRecord = Omit<ViewRow, 'image'> & { image: Case & ViewRow['image'] }

/** The lists of cases, by the word on their tab. */
export type CaseTab = 'open' | 'waiting' | 'ended' | 'decide'

/** A page of a list, and how many there are in it. */
export interface CaseList {
  rows: CaseRecord[]
  count: number
}

const shelf = (name: string) =>
  tabletStore().db.table<CaseRecord>('view').where('[kind+shelf+at]').between(['case', name], ['case', name, []])

/** One page of a list by its index, never the whole store: 10,000 cases open as fast as ten. */
function listingOf(tab: CaseTab, limit: number): Listing {
  if (tab === 'decide') return { kind: 'case', key: decideKey, limit }
  return { kind: 'case', shelf: tab, limit, isNewestFirst: tab === 'ended' }
}

async function readCount(tab: CaseTab): Promise<number> {
  await tabletStore().open()
  return tab === 'decide' ? (await toDecide()).length : shelf(tab).count()
}

/** How many stand in each list; 已结 only grows, so nobody counts it. */
async function readCounts(): Promise<Record<CaseTab, number>> {
  await tabletStore().open()
  const [open, waiting] = [await shelf('open').count(), await shelf('waiting').count()]
  return { open, waiting, ended: 0, decide: (await toDecide()).length }
}

/** Cases with two ends or two values of a field that nobody has decided yet, found by their key. */
async function toDecide(): Promise<CaseRecord[]> {
  const rows = await tabletStore().db.table<CaseRecord>('view').where('keys').equals(decideKey).toArray()
  return rows.filter((row) => row.kind === 'case')
}

async function ownActs(tx: Tx, caseId: string): Promise<OutcomeRow[]> {
  return tx.byIndex('outcome', 'aggId+open+seq', { prefix: [caseId] })
}

/** A list, live: an act of this tablet is in it as soon as it is kept. How many there are may follow a moment later. */
export function useCaseList(tab: () => CaseTab, limit: () => number): Live<CaseList> {
  const rows = useLiveRows(() => listingOf(tab(), limit())) as unknown as Live<CaseRecord[]>
  const count = useLive(() => readCount(tab()), 0, tab)
  const data = shallowRef<CaseList>({ rows: [], count: 0 })
  const join = () => {
    data.value = { rows: rows.data.value, count: Math.max(count.data.value, rows.data.value.length) }
  }
  watch([rows.data, count.data], join, { flush: 'sync' })
  const stop = () => {
    rows.stop()
    count.stop()
  }
  return { data, fault: rows.fault, isReady: rows.isReady, stop }
}

/** The counts on the tabs, live; apart from the list, which must not wait for them. */
export function useCaseCounts(): Live<Record<CaseTab, number>> {
  return useLive(readCounts, { open: 0, waiting: 0, ended: 0, decide: 0 })
}

/** One case as the screens show it: its image, the sheet it was received under, and this tablet's own acts on it. */
export interface CaseFacts {
  row: CaseRecord
  item: Item | null
  outcomes: OutcomeRow[]
  device: DeviceMeta | null
  lane: string | null
}

/** Read a case with all that a screen or paper of it needs; undefined when this tablet does not hold it. */
export async function readCase(caseId: string): Promise<CaseFacts | undefined> {
  return tabletStore().transact('read', ['view', 'outcome', 'meta'], async (tx) => {
    const row = (await tx.get('view', caseId)) as CaseRecord | undefined
    if (row?.kind !== 'case' || isThin(row.image)) return undefined
    heldOf(tabletStore()).keep(row)
    const sheet = await tx.get('view', row.image.itemId)
    const device = (await tx.get('meta', 'device')) as DeviceMeta | undefined
    const stream = (await tx.get('meta', 'stream')) as StreamMeta | undefined
    return {
      row,
      item: (sheet?.image ?? null) as unknown as Item | null,
      outcomes: await ownActs(tx, caseId),
      device: device ?? null,
      lane: stream?.lane ?? null,
    }
  })
}

/** One case, live. */
export function useCase(caseId: () => string): Live<CaseFacts | undefined> {
  return useLive<CaseFacts | undefined>(() => readCase(caseId()), undefined, caseId)
}
