import { computed, ref, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { itemsInForce } from '../../shared/catalogue/index.ts'
import { serviceFlags, type Slot } from '../../shared/cases/index.ts'
import { sentenceOf } from '../../shared/sentences.ts'
import type { Item } from '../../shared/profiles/item-sheet.ts'
import { useDraft } from '../local/drafts.ts'
import { useLiveRows } from '../local/live-rows.ts'
import { liveItems } from '../local/rows.ts'
import { useSession } from '../local/session.ts'
import { useHall } from '../local/use-hall.ts'
import type { OutcomeRules } from './outcome-for.ts'
import { mayNotOf } from './outcome-rights.ts'
import { beganReason, emptyReceive, studentReason, type ReceiveForm } from './receive-form.ts'

/** The name of the window screen's draft. */
export const receiveDraft = 'receive'

/** The window screen's form, kept as a draft, and all that its sheet and hall say of it. */
export interface ReceiveDesk {
  form: Ref<ReceiveForm>
  items: ComputedRef<Item[]>
  rules: ComputedRef<OutcomeRules | null>
  /** Why the case cannot be received yet, beside its materials. */
  reason: ComputedRef<string | undefined>
  windowCode: ComputedRef<string | undefined>
  /** The version in force of the sheet of this id: a list may still show the one before it. */
  current(itemId: string): string
  /** The day's appointments this tablet holds, for 到了. */
  slots: ComputedRef<readonly Slot[]>
  isReady: ComputedRef<boolean>
  draftFault: Readonly<ShallowRef<string | null>>
  dropDraft(): Promise<void>
}

/** The form of who is at the tablet; it outlives a lock, a reload, a crash. */
export function useReceiveForm(): ReceiveDesk {
  const session = useSession()
  const hall = useHall()
  const form = ref<ReceiveForm>(emptyReceive())
  const draft = useDraft(session.personId ?? '', receiveDraft, form)
  const { data: versions, isReady: hasItems } = liveItems()
  const { data: slots } = useLiveRows(() => ({ kind: 'slot', shelf: hall.today.value }))
  const item = computed(() => versions.value.find(({ id }) => id === form.value.itemId))

  const rules = computed<OutcomeRules | null>(() => {
    const [{ actor }, profile] = [session, hall.profile.value]
    if (!actor || !profile || !item.value) return null
    const [calendars, now] = [hall.calendars.value, hall.now.value]
    return { item: item.value, profile, calendars, mayNot: mayNotOf(actor), now, image: null }
  })
  // The rule would stop the tap (NBU 二); the bar says so before it.
  const serviceReason = computed(() => {
    const [profile, at] = [hall.profile.value, hall.now.value]
    const [flag] = item.value ? serviceFlags(item.value, { at, profile }) : []
    return flag && sentenceOf(flag.code, flag.facts)
  })
  const reason = computed(() => {
    if (!session.device?.lanes[0]) return '这个浏览器不是登记的平板，只能看，不能收件。'
    const home = item.value?.windowId
    if (home === session.actor?.windowId)
      return serviceReason.value ?? studentReason(form.value.student) ?? beganReason(form.value.began)
    const window = hall.windowOf(home)
    return window ? `由${window.name}承办，请指引学生到${window.place}。` : '由别的窗口承办，本窗口不能受理。'
  })

  const items = computed(() => itemsInForce(versions.value, hall.today.value))
  function current(itemId: string): string {
    const code = versions.value.find(({ id }) => id === itemId)?.code
    return items.value.find((one) => one.code === code)?.id ?? itemId
  }

  return {
    ...{ form, items, rules, reason, current, draftFault: draft.fault, dropDraft: draft.drop },
    slots: computed(() => slots.value.map(({ image }) => image as unknown as Slot)),
    windowCode: computed(() => hall.windowOf(session.actor?.windowId)?.code),
    isReady: computed(() => hasItems.value && draft.isReady.value),
  }
}
