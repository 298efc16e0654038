import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import { slotBook } from '../../../shared/cases/slot-book.ts'
import { slotOpen } from '../../../shared/cases/slot-open.ts'
import type { Role } from '../../../shared/core/roles.ts'
import type { Json } from '../../../shared/core/canonical.ts'
import { useAct } from '../../local/act.ts'
import type { ActDraft, Mint } from '../../local/act-types.ts'
import { uuid7 } from '../../local/entropy.ts'
import { useLiveRows } from '../../local/live-rows.ts'
import type { Live } from '../../local/live.ts'
import { useSession } from '../../local/session.ts'
import { useHall } from '../../local/use-hall.ts'
import { useToast } from '../../ui/use-toast.ts'
import type { SlotRow } from './slot-lines.ts'

/** All slots this tablet or browser holds, live; of one day alone when asked. */
export function useSlotRows(day?: () => string): Live<SlotRow[]> {
  return useLiveRows(() => (day ? { kind: 'slot', shelf: day() } : { kind: 'slot' })) as unknown as Live<SlotRow[]>
}

/** What somebody may do with appointments here: only an A or a supervisor opens and changes (NBU-8). */
export interface SlotRights {
  /** The window one works at; null for who sees the whole hall. */
  windowId: ComputedRef<string | null>
  isOffered: ComputedRef<boolean>
  /** Why one may not open or change; undefined when one may. */
  openReason: ComputedRef<string | undefined>
  /** Why one may not write bookings down. */
  bookReason: ComputedRef<string | undefined>
  /** Only at a window a student is received. */
  mayReceive: ComputedRef<boolean>
}

const mayDo = ({ by }: { by: readonly Role[] }, role: Role | undefined) => role !== undefined && by.includes(role)

/** The rights of who is at the tablet, by role and the hall's own setting. */
export function useSlotRights(): SlotRights {
  const session = useSession()
  const { profile } = useHall()
  const role = computed(() => session.post?.role)
  const word = computed(() => profile.value?.settings.roleWord.value ?? '角')
  return {
    windowId: computed(() => session.post?.windowId ?? null),
    isOffered: computed(() => profile.value?.settings.hasAppointment.value === true),
    openReason: computed(() =>
      mayDo(slotOpen, role.value) ? undefined : `预约时段由 A${word.value}或督查开、改，请找他们办。`,
    ),
    bookReason: computed(() => (mayDo(slotBook, role.value) ? undefined : '预约由窗口或督查登记。')),
    mayReceive: computed(() => (role.value === 'roleA' || role.value === 'roleB') && Boolean(session.device?.lanes[0])),
  }
}

/** Acts on slots, each one tap, told when kept. */
export interface SlotActs {
  isBusy: Readonly<ShallowRef<boolean>>
  refusal: Readonly<ShallowRef<string | null>>
  keep(acts: readonly ActDraft[], text: string): Promise<boolean>
}

/** Keep acts on slots and say so. */
export function useSlotActs(): SlotActs {
  const { run, isBusy, refusal } = useAct()
  const toast = useToast()
  async function keep(acts: readonly ActDraft[], text: string): Promise<boolean> {
    if (!(await run(acts))) return false
    toast.show({ text: `${text}，存在本机`, icon: 'tablet' })
    return true
  }
  return { isBusy, refusal, keep }
}

/** An act on a slot; none of them rests on a sheet. */
export function slotAct(type: string, aggId: string, args: Record<string, Json>): ActDraft {
  return { type: `slot.${type}`, kind: 'slot', aggId, args, itemId: null }
}

/** What stands between letter and count: the tablet's lane; a browser has none and takes a few signs of chance. */
export function laneHere({ lane }: Pick<Mint, 'lane'>): string {
  return lane ?? `X${uuid7().slice(-4).toUpperCase()}`
}

/** The dialog that is open, about which slot and which booking. */
export type SlotDialog =
  { is: 'open' } | { is: 'book' | 'change'; slot: SlotRow } | { is: 'cancel'; slot: SlotRow; number: string }

/** Which dialog is open. */
export function useSlotDialog(): ShallowRef<SlotDialog | null> {
  return shallowRef<SlotDialog | null>(null)
}
