import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { itemsInForce } from '../../shared/catalogue/index.ts'
import type { Item } from '../../shared/profiles/item-sheet.ts'
import { useDraft } from '../local/drafts.ts'
import { uuid7 } from '../local/entropy.ts'
import { liveItems } from '../local/rows.ts'
import { useSession } from '../local/session.ts'
import { useHall } from '../local/use-hall.ts'
import { besideActs, outcomeActs, receiveAct, type Student } from './outcome-acts.ts'
import { doneWords, paperOf } from './outcome-done.ts'
import type { Outcome, OutcomeRules } from './outcome-for.ts'
import { mayNotOf } from './outcome-rights.ts'
import { emptyOutcome } from './outcome-form.ts'
import { emptyReceive, studentReason, type ReceiveForm, type ReceiveResult } from './receive-form.ts'
import { useOutcomes } from './use-outcome.ts'

const formId = 'receive'

/** 收件 at the window: the form that outlives everything, the sheet in it, and keeping the case with its outcome in one tap. */
export interface Receive {
  form: Ref<ReceiveForm>
  items: ComputedRef<Item[]>
  rules: ComputedRef<OutcomeRules | null>
  /** Why the case cannot be received yet, beside its materials. */
  reason: ComputedRef<string | undefined>
  done: ShallowRef<ReceiveResult | null>
  refusal: Readonly<ShallowRef<string | null>>
  isBusy: Readonly<ShallowRef<boolean>>
  isReady: ComputedRef<boolean>
  draftFault: Readonly<ShallowRef<string | null>>
  choose(itemId: string): void
  setStudent(student: Student): void
  close(): void
  next(): void
  keep(outcome: Outcome): Promise<void>
}

/** The window screen's state for who is at the tablet. */
export function useReceive(): Receive {
  const session = useSession()
  const hall = useHall()
  const form = ref<ReceiveForm>(emptyReceive())
  const draft = useDraft(session.personId ?? '', formId, form)
  const { data: versions, isReady: hasItems } = liveItems()
  const done = shallowRef<ReceiveResult | null>(null)
  const outcomes = useOutcomes()

  const items = computed(() => itemsInForce(versions.value, hall.today.value))
  const item = computed(() => versions.value.find(({ id }) => id === form.value.itemId))
  const rules = computed<OutcomeRules | null>(() => {
    const [{ actor }, profile] = [session, hall.profile.value]
    if (!actor || !profile || !item.value) return null
    const { now, calendars } = hall
    return { item: item.value, profile, calendars: calendars.value, mayNot: mayNotOf(actor), now: now.value, image: null }
  })
  const reason = computed(() => {
    if (!session.device?.lanes[0]) return '这个浏览器不是登记的平板，只能看，不能收件。'
    const home = item.value?.windowId
    if (home !== session.actor?.windowId) return elsewhere(home)
    return studentReason(form.value.student)
  })

  function elsewhere(home: string | undefined): string {
    const window = hall.windowOf(home)
    return window ? `由${window.name}承办，请指引学生到${window.place}。` : '由别的窗口承办，本窗口不能受理。'
  }

  function choose(itemId: string): void {
    done.value = null
    if (itemId !== form.value.itemId) form.value = { ...form.value, itemId, outcome: emptyOutcome() }
  }

  function setStudent(student: Student): void {
    done.value = null
    form.value = { ...form.value, student, isPicked: studentReason(student) === undefined }
  }

  async function keep(outcome: Outcome): Promise<void> {
    const windowCode = hall.windowOf(session.actor?.windowId)?.code
    if (!rules.value || !windowCode) return
    const before = JSON.parse(JSON.stringify(form.value)) as ReceiveForm
    const on = { caseId: uuid7(), form: before.outcome, outcome, rules: rules.value }
    const drafts = [receiveAct(on, { student: before.student, windowCode }), ...besideActs(on), ...outcomeActs(on)]
    const text = doneWords(outcome, rules.value)
    const tap = { drafts, itemId: rules.value.item.id, text, draftId: formId }
    const kept = await outcomes.keep(tap, (isVoided) => {
      if (isVoided) restore(before, on.caseId)
    })
    if (!kept) return
    form.value = emptyReceive()
    done.value = { caseId: on.caseId, text, paper: paperOf(outcome) }
    await draft.drop()
  }

  /** After 撤销 what was filled in comes back, unless the next student is already here. */
  function restore(before: ReceiveForm, caseId: string): void {
    if (done.value?.caseId !== caseId) return
    done.value = null
    form.value = before
  }

  return {
    ...{ form, items, rules, reason, done, choose, setStudent, keep },
    ...{ refusal: outcomes.refusal, isBusy: outcomes.isBusy, draftFault: draft.fault },
    isReady: computed(() => hasItems.value && draft.isReady.value),
    close: () => {
      form.value = { ...form.value, itemId: null, outcome: emptyOutcome() }
    },
    next: () => {
      done.value = null
    },
  }
}
