import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { SearchAnswer, type FoundCase } from '../../../shared/wire/search.ts'
import { tabletStore } from '../../local/db.ts'
import { NetFault } from '../../local/engine.ts'
import { findIn, searchVersion } from '../../local/search.ts'
import { fetchJson, reach } from '../../sync/online.ts'
import { netSentence } from '../../sync/problem-fault.ts'
import type { CaseRecord } from '../queries.ts'

const mostHere = 60
/** Asked once the hands rest: every search is on the log. */
const restMs = 500
const fewest = 2

/** Cases this tablet or PC holds that a text leads to, own ones first as the index ranks them; live. */
export function useCasesHere(text: () => string): Readonly<ShallowRef<readonly CaseRecord[]>> {
  const rows = shallowRef<readonly CaseRecord[]>([])
  watch(
    [text, searchVersion],
    async () => {
      const asked = text()
      const found = findIn(asked, { windowIds: [], limit: mostHere * 10 })
      const ids = found.filter(({ kind }) => kind === 'case').map(({ id }) => id)
      const held = await tabletStore().transact('read', ['view'], (tx) => tx.getMany('view', ids.slice(0, mostHere)))
      if (asked === text()) rows.value = held.flatMap((row) => (row ? [row as CaseRecord] : []))
    },
    { immediate: true },
  )
  return rows
}

/** What the server finds among all cases of the hall. */
export interface CasesThere {
  rows: Readonly<ShallowRef<readonly FoundCase[]>>
  isBusy: Readonly<ShallowRef<boolean>>
  /** Why there is no answer; null when all is well. */
  fault: Readonly<ShallowRef<string | null>>
  hasMore: Readonly<ShallowRef<boolean>>
  more(): Promise<void>
}

/** The server's finds for a text, asked for when typing rests and again when the network is back. */
export function useCasesThere(text: () => string): CasesThere {
  const [rows, isBusy] = [shallowRef<readonly FoundCase[]>([]), shallowRef(false)]
  const [fault, next] = [shallowRef<string | null>(null), shallowRef<string | null>(null)]
  const hasMore = shallowRef(false)
  let run = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function ask(after: string | null): Promise<void> {
    const mine = (run += 1)
    isBusy.value = true
    try {
      const body = { q: text().trim(), ...(after === null ? {} : { after }) }
      const answer = await fetchJson(SearchAnswer, '/api/v1/search', { method: 'POST', body })
      if (mine !== run) return
      rows.value = after === null ? answer.rows : [...rows.value, ...answer.rows]
      ;[fault.value, next.value, hasMore.value] = [null, answer.next, answer.next !== null]
    } catch (error) {
      if (!(error instanceof NetFault)) throw error
      if (mine === run) fault.value = sentenceFor(error)
    } finally {
      if (mine === run) isBusy.value = false
    }
  }

  watch(
    [text, () => reach.value.state === 'online'],
    ([now, isOnline], [before, wasOnline]) => {
      // The network's coming or going must not drop the question that is about to be asked.
      if (now === before && (wasOnline === isOnline || fault.value === null)) return
      clearTimeout(timer)
      run += 1
      ;[rows.value, fault.value, hasMore.value] = [[], null, false]
      isBusy.value = now.trim().length >= fewest
      if (!isBusy.value) return
      timer = setTimeout(() => void ask(null), restMs)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
  })
  return { rows, isBusy, fault, hasMore, more: () => ask(next.value) }
}

function sentenceFor(fault: NetFault): string {
  if (fault.kind !== 'unreachable') return netSentence(fault)
  return '现在没有网络，只查了本机有的办件；联网后会接着查全部。'
}
