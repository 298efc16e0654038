import { shallowRef, watch } from 'vue'
import { listKeys, type Case } from '../../shared/cases/index.ts'
import type { Item } from '../../shared/profiles/item-sheet.ts'
import { countKeyed, countOn } from '../local/counts.ts'
import { tabletStore } from '../local/db.ts'
import { heldOf } from '../local/held.ts'
import { useLive, type Live } from '../local/live.ts'
import { useLiveRows, type Listing } from '../local/live-rows.ts'
import { ownPart, type OwnPart } from '../local/own-part.ts'
import type { ViewRow } from '../local/store.ts'
import { useSession } from '../local/session.ts'
import { decideKey, isThin } from '../local/view.ts'

/** A case's row; its image is a plain record to those who know no rooms. */
export type CaseRecord = Omit<ViewRow, 'image'> & { image: Case & ViewRow['image'] }

/** The lists of cases, by the word on their tab: by state, and those that cut across the states. */
export type CaseTab = 'open' | 'waiting' | 'paused' | 'ended' | 'decide' | 'mine' | 'receipt' | 'transfer' | 'appeal'

/** Whose list 我经办的 is. */
const me = () => useSession().actor?.signer.grant.actorId ?? ''

/** The key a list is found by, where it is no state. */
function keyOf(tab: CaseTab): string | undefined {
  if (tab === 'decide') return decideKey
  if (tab === 'mine') return listKeys.own(me())
  return tab === 'receipt' || tab === 'transfer' || tab === 'appeal' ? listKeys[tab] : undefined
}

/** A page of a list, and how many there are in it. */
export interface CaseList {
  rows: CaseRecord[]
  count: number
}

/** One page of a list by its index, never the whole store: 10,000 cases open as fast as ten. */
function listingOf(tab: CaseTab, limit: number): Listing {
  const key = keyOf(tab)
  if (key !== undefined) return { kind: 'case', key, limit }
  return { kind: 'case', shelf: tab, limit, isNewestFirst: tab === 'ended' }
}

async function readCount(tab: CaseTab): Promise<number> {
  const key = keyOf(tab)
  return key === undefined ? countOn('case', tab) : countKeyed('case', key)
}

/** How many stand in each list; 已结 only grows, so nobody counts it. */
async function readCounts(): Promise<Record<CaseTab, number>> {
  const [open, waiting, paused] = await Promise.all([readCount('open'), readCount('waiting'), readCount('paused')])
  return {
    ...{ open, waiting, paused, ended: 0, decide: await readCount('decide'), mine: await readCount('mine') },
    ...{ receipt: await readCount('receipt'), transfer: await readCount('transfer') },
    appeal: await readCount('appeal'),
  }
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

const noCounts: Record<CaseTab, number> = {
  ...{ open: 0, waiting: 0, paused: 0, ended: 0, decide: 0, mine: 0, receipt: 0, transfer: 0, appeal: 0 },
}

/** The counts on the tabs, live; apart from the list, which must not wait for them. */
export function useCaseCounts(): Live<Record<CaseTab, number>> {
  return useLive(readCounts, noCounts)
}

/** One case as the screens show it: its image, the sheet it was received under, and this tablet's own acts on it. */
export interface CaseFacts extends OwnPart {
  row: CaseRecord
  item: Item | null
}

/** Read a case with all that a screen or paper of it needs; undefined when this tablet does not hold it. */
export async function readCase(caseId: string): Promise<CaseFacts | undefined> {
  return tabletStore().transact('read', ['view', 'outcome', 'meta'], async (tx) => {
    const row = (await tx.get('view', caseId)) as CaseRecord | undefined
    if (row?.kind !== 'case' || isThin(row.image)) return undefined
    heldOf(tabletStore()).keep(row)
    const sheet = await tx.get('view', row.image.itemId)
    return { row, item: (sheet?.image ?? null) as unknown as Item | null, ...(await ownPart(tx, caseId)) }
  })
}

/** One case, live. */
export function useCase(caseId: () => string): Live<CaseFacts | undefined> {
  return useLive<CaseFacts | undefined>(() => readCase(caseId()), undefined, caseId)
}
