import { shallowRef, watch, type ShallowRef } from 'vue'
import { LogAnswer, type LogRow } from '../../shared/wire/log.ts'
import { tabletStore } from '../local/db.ts'
import { NetFault } from '../local/engine.ts'
import { useLive } from '../local/live.ts'
import { fetchJson, reach } from '../sync/online.ts'
import { netSentence } from '../sync/problem-fault.ts'

/** Pages of the server's log as a screen reads them: newest first, kept while the network is away. */
export interface LogFeed {
  rows: Readonly<ShallowRef<readonly LogRow[]>>
  /** First answer not here yet; later pages and refreshes come without a word. */
  isFirst: Readonly<ShallowRef<boolean>>
  isBusy: Readonly<ShallowRef<boolean>>
  hasMore: Readonly<ShallowRef<boolean>>
  /** Why there is no newer answer, as a sentence; null when all is well. */
  fault: Readonly<ShallowRef<string | null>>
  /** When the newest answer came, wall time. */
  readAt: Readonly<ShallowRef<number>>
  more(): Promise<void>
  refresh(): Promise<void>
}

/** How soon after a hint the page is read again: a burst of acts is read once. */
const settleMs = 400

/**
 * The log at `path` with `query`, read again when the query changes, when the hall moves on and when the network is
 * back. A refresh reads the newest page and joins it to what is held; later pages come by `more`.
 */
export function useLogFeed(path: string, query: () => Readonly<Record<string, string>>): LogFeed {
  const feed = feedRefs()
  const { rows, hasMore, fault, isBusy, readAt, isFirst } = feed
  let run = 0

  async function load(before: number | null): Promise<void> {
    const mine = (run += 1)
    isBusy.value = true
    try {
      const answer = await fetchJson(LogAnswer, address(path, query(), before))
      if (mine === run) take(feed, answer, before)
    } catch (error) {
      if (!(error instanceof NetFault)) throw error
      if (mine === run) fault.value = netSentence(error)
    } finally {
      if (mine === run) isBusy.value = false
    }
  }

  const refresh = () => load(null)
  const more = async () => {
    const last = rows.value.at(-1)
    if (hasMore.value && !isBusy.value && last) await load(last.pos)
  }

  watch(query, () => {
    rows.value = []
    isFirst.value = true
    void refresh()
  })
  followHall(() => void refresh())
  watch(
    () => reach.value.state === 'online',
    (isOnline) => {
      if (isOnline && fault.value !== null) void refresh()
    },
  )
  void refresh()
  return { rows, isFirst, isBusy, hasMore, fault, readAt, more, refresh }
}

function feedRefs() {
  return {
    rows: shallowRef<readonly LogRow[]>([]),
    isFirst: shallowRef(true),
    isBusy: shallowRef(false),
    hasMore: shallowRef(false),
    fault: shallowRef<string | null>(null),
    readAt: shallowRef(0),
  }
}
type FeedRefs = ReturnType<typeof feedRefs>

function take(feed: FeedRefs, answer: LogAnswer, before: number | null): void {
  const joined = joinPage(feed.rows.value, answer, before)
  feed.rows.value = joined.rows
  if (joined.isWhole) feed.hasMore.value = answer.next !== null
  feed.fault.value = null
  feed.isFirst.value = false
  feed.readAt.value = Date.now()
}

/** Positions only rise, so a page joins what is held where it meets it; a newest page that does not meet it replaces it. */
export function joinPage(
  held: readonly LogRow[],
  answer: LogAnswer,
  before: number | null,
): { rows: readonly LogRow[]; isWhole: boolean } {
  if (before !== null) return { rows: [...held.filter((row) => row.pos >= before), ...answer.rows], isWhole: true }
  const oldest = answer.rows.at(-1)?.pos
  const meets = oldest !== undefined && answer.next !== null && held.some((row) => row.pos >= oldest)
  if (!meets) return { rows: answer.rows, isWhole: true }
  return { rows: [...answer.rows, ...held.filter((row) => row.pos < oldest)], isWhole: false }
}

function address(path: string, query: Readonly<Record<string, string>>, before: number | null): string {
  const all = before === null ? query : { ...query, before: String(before) }
  const text = new URLSearchParams(all).toString()
  return text === '' ? path : `${path}?${text}`
}

/** Each pull moves the cursors to the hall's position, also when none of its rows are ours: that is the hint. */
function followHall(moved: () => void): void {
  const { data: pos } = useLive(readPos, 0)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(pos, (now, before) => {
    clearTimeout(timer)
    if (before > 0 && now > before) timer = setTimeout(moved, settleMs)
  })
}

async function readPos(): Promise<number> {
  const scopes = await tabletStore().transact('read', ['scope'], (tx) => tx.all('scope'))
  return Math.max(0, ...scopes.map((row) => row.cursor))
}
