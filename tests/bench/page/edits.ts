import { watch } from 'vue'
import type { Case } from '../../../shared/cases/index.ts'
import { tabletStore } from '../../../client/local/db.ts'
import type { Live } from '../../../client/local/live.ts'
import { liveRowsOn, type RowOf } from '../../../client/local/rows.ts'
import { freshStore, putRows, type RawStore } from './raw-store.ts'
import { keep, noteOn } from './tablet.ts'
import { takeParts, type Parts } from './timed-engine.ts'

/** Rows of a live list. */
export const listed = 50

/** Of each edit, ms: kept (strict) and seen in the live list; and the raw limit's two parts. */
export interface EditTimes {
  kept: number[]
  seen: number[]
  rawPut: number[]
  rawSign: number[]
  /** The transactions of each edit. */
  parts: Parts[]
  bytes: number
}

interface Raw {
  store: RawStore
  key: CryptoKey
}

/** Edit the open cases of a live list of 50 in turn; after each edit the raw limit with the very rows it wrote. */
export async function timeEdits({ count, warmUp }: { count: number; warmUp: number }): Promise<EditTimes> {
  const list = liveRowsOn<Case>('case', 'open', listed)
  await until(list, () => list.data.value.length === listed)
  const raw = { store: await freshStore('bench-edit'), key: await signingKey() }
  const times: EditTimes = { kept: [], seen: [], rawPut: [], rawSign: [], parts: [], bytes: 0 }
  for (let index = 0; index < warmUp + count; index += 1) {
    const one = await timeOne(list, raw, index)
    if (index < warmUp) continue
    times.kept.push(one.kept)
    times.seen.push(one.seen)
    times.rawPut.push(one.rawPut)
    times.rawSign.push(one.rawSign)
    times.parts.push(one.parts)
    times.bytes = one.bytes
  }
  list.stop()
  raw.store.close()
  return times
}

/** A live list of cases. */
export type List = Live<RowOf<Case>[]>

async function timeOne(list: List, raw: Raw, index: number) {
  const row = list.data.value[index % listed]
  if (!row) throw new Error('the list has lost its rows')
  const draft = noteOn({ id: row.id, itemId: row.image.itemId }, `示例备注 ${index}`)
  const before = row.after
  takeParts()
  const from = performance.now()
  const shown = until(list, () => (list.data.value.find(({ id }) => id === row.id)?.after ?? 0) > before)
  const seq = await keep(draft)
  const kept = performance.now() - from
  await shown
  const seen = performance.now() - from
  return { kept, seen, parts: takeParts(), ...(await timeRaw(raw, row.id, seq)) }
}

async function timeRaw({ store, key }: Raw, id: string, seq: number) {
  const rows = await writtenBy(id, seq)
  const text = new TextEncoder().encode(rows.outbox?.env)
  const from = performance.now()
  await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, text)
  const signed = performance.now()
  await putRows(store, [{ id: seq, ...rows }])
  const put = performance.now()
  return { rawSign: signed - from, rawPut: put - signed, bytes: JSON.stringify(rows).length }
}

/** The rows one edit writes: outbox, outcome, view, stream, and the copy of the confirmed row. */
function writtenBy(id: string, seq: number) {
  return tabletStore().transact('read', ['meta', 'outbox', 'outcome', 'base', 'view'], async (tx) => {
    const stream = await tx.get('meta', 'stream')
    if (stream?.key !== 'stream') throw new Error('no stream')
    const outbox = await tx.get('outbox', [stream.streamId, seq])
    const [outcome, view] = [await tx.get('outcome', outbox?.cmdId ?? ''), await tx.get('view', id)]
    return { stream, outbox, outcome, view, base: await tx.get('base', id) }
  })
}

async function signingKey(): Promise<CryptoKey> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
  return pair.privateKey
}

/** Resolves as soon as a live answer makes it true; a list that stays silent fails the run. */
export function until(list: List, isTrue: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const silent = setTimeout(() => reject(new Error('the live list never showed it')), 10_000)
    const stop = watch(
      list.data,
      () => {
        if (!isTrue()) return
        clearTimeout(silent)
        queueMicrotask(() => stop())
        resolve()
      },
      { flush: 'sync', immediate: true },
    )
  })
}
