import { defineStore } from 'pinia'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { tabletStore } from '../local/db.ts'
import { useLive } from '../local/live.ts'
import { useSession } from '../local/session.ts'
import { setCanarySoon } from '../local/storage.ts'
import type { OutcomeRow, ServerMeta, ViewRow } from '../local/store.ts'
import { unreadableKey } from '../local/view.ts'
import { rowMark, type SyncWord, type Troubles } from './marks.ts'
import { reach, refusal } from './online.ts'
import { isOffline, pillOf } from './pill.ts'
import { restartedAt } from './restarts.ts'
import { readWaiting, waitingLines, type Waiting } from './waiting.ts'

const tickMs = 10_000
/** A restart stays on the screen this long. */
const restartShownMs = 600_000

interface Read extends Waiting {
  halted: ServerMeta['halted']
  unreadable: number
}

const nothing: Read = { open: [], refused: [], held: [], contended: [], views: new Map(), halted: null, unreadable: 0 }

async function readStatus(): Promise<Read> {
  return tabletStore().transact('read', ['outcome', 'view', 'meta'], async (tx) => {
    const server = await tx.get('meta', 'server')
    const [device, stream] = [await tx.get('meta', 'device'), await tx.get('meta', 'stream')]
    // The canary follows the stream, so that a store lost later can be told from one that never was.
    const waiting = await readWaiting(tx)
    if (device?.key === 'device' && stream?.key === 'stream') setCanarySoon(device, stream, waiting.open.length)
    const unreadable = (await tx.byIndex('view', '*keys', { prefix: [unreadableKey] })).length
    return { ...waiting, unreadable, halted: server?.key === 'server' ? server.halted : null }
  })
}

function troublesOf({ refused, held }: Waiting): Troubles {
  const troubles = new Map<string, OutcomeRow[]>()
  for (const act of [...refused, ...held]) troubles.set(act.aggId, [...(troubles.get(act.aggId) ?? []), act])
  return troubles
}

/** Wall time, moved on now and then, for ages. */
function ticking() {
  const now = shallowRef(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), tickMs)
  onScopeDispose(() => clearInterval(timer))
  return now
}

/** The most acts that waited since nothing did: the whole of the run of sending that goes on. */
function runTotal(open: () => number) {
  const total = shallowRef(0)
  watch(open, (count) => (total.value = count === 0 ? 0 : Math.max(total.value, count)), { immediate: true })
  return total
}

const haltWords: Record<NonNullable<ServerMeta['halted']>, string> = {
  fork: '本机的发送记录与服务器对不上，已停止发送，什么都没有丢。请联系主管。',
  'server-too-old': '服务器还没有更新，暂时收不下本机的记录；更新后会自动发送。',
  'upgrade-required': '本机的应用版本太旧，请更新；已办的照样会发送。',
}

/** Where this tablet's work is (OFF-2): true counts, the pill's words, the drawer's lines, the mark of each row. */
export const useStatus = defineStore('status', () => {
  const session = useSession()
  const { data, fault, isReady } = useLive(readStatus, nothing)
  const now = ticking()
  const onlyHere = computed(() => data.value.open.length)
  const total = runTotal(() => onlyHere.value)
  const counts = computed(() => ({
    onlyHere: onlyHere.value,
    matters: new Set(data.value.open.map((act) => act.aggId)).size,
    refused: data.value.refused.length,
    toDecide: data.value.held.length + data.value.contended.length,
    total: total.value,
  }))
  const troubles = computed(() => troublesOf(data.value))
  const oldestMs = computed(() => (data.value.open[0] ? Math.max(0, now.value - data.value.open[0].at) : 0))
  const isOutdated = computed(() => data.value.halted === 'upgrade-required')
  return {
    isReady,
    /** This app is too old to be given data: only an update helps (sync.md 4.7). */
    isOutdated,
    /** Rows held that this build cannot read: 需更新应用. */
    unreadable: computed(() => data.value.unreadable),
    fault,
    counts,
    reach,
    now,
    isOffline: computed(() => isOffline(reach.value, now.value)),
    /** The portal asks to sign in to the network itself (F7). */
    isPortal: computed(() => reach.value.state === 'portal'),
    /** Age of the oldest act that waits, ms; 0 when none does. */
    oldestMs,
    pill: computed(() => {
      const waits = { isShut: refusal.value !== null, isOutdated: isOutdated.value, oldestMs: oldestMs.value }
      return pillOf({ ...counts.value, ...waits }, reach.value, now.value)
    }),
    /** When sending was restarted after a stall, within the last ten minutes; 0 otherwise (R9). */
    restartedAt: computed(() => (now.value - restartedAt.value < restartShownMs ? restartedAt.value : 0)),
    waiting: computed(() => waitingLines(data.value, session.personId)),
    /** Why nothing is sent although the server answers, as a sentence. */
    halted: computed(() => (data.value.halted ? haltWords[data.value.halted] : null)),
    /** Why no data comes although the server answers, in its words; what is sent is sent all the same (P12). */
    refusal,
    markOf: (row: Pick<ViewRow, 'id' | 'after' | 'image'>): SyncWord => rowMark(row, troubles.value),
  }
})
