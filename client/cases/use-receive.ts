import { shallowRef, type ShallowRef } from 'vue'
import type { Began, Slot } from '../../shared/cases/index.ts'
import type { ActDraft } from '../local/act-types.ts'
import { uuid7 } from '../local/entropy.ts'
import { besideActs, outcomeActs, receiveAct, type Student } from './outcome-acts.ts'
import { doneWords, paperOf } from './outcome-done.ts'
import type { Outcome } from './outcome-for.ts'
import {
  bookingCame,
  emptyReceive,
  sheetChosen,
  sheetLeft,
  studentReason,
  type ReceiveForm,
  type ReceiveResult,
} from './receive-form.ts'
import { arrivalActs } from './slots/arrival.ts'
import type { BookingLine } from './slots/slot-lines.ts'
import { useOutcomes } from './use-outcome.ts'
import { receiveDraft, useReceiveForm, type ReceiveDesk } from './use-receive-form.ts'

/** 收件 at the window: the form, and keeping the case with its outcome in one tap. */
export interface Receive extends ReceiveDesk {
  done: ShallowRef<ReceiveResult | null>
  refusal: Readonly<ShallowRef<string | null>>
  isBusy: Readonly<ShallowRef<boolean>>
  choose(itemId: string): void
  setStudent(student: Student): void
  /** 到了: whoever had an appointment, with the item and the number it goes on under (NBU-8). */
  arrive(line: BookingLine): void
  close(): void
  next(): void
  keep(outcome: Outcome): Promise<void>
}

/** The number the matter began under, if one was given. */
function beganIn({ began }: ReceiveForm): Began | undefined {
  return began && began.number.trim() !== '' ? began : undefined
}

type OnCase = Parameters<typeof receiveAct>[0]

interface At {
  windowCode: string
  /** The day's appointments this tablet holds. */
  slots: readonly Slot[]
}

/** All acts of the tap: the receipt first, 到了 with it where there was an appointment, the outcome last. */
function draftsOf(on: OnCase, form: ReceiveForm, { windowCode, slots }: At): ActDraft[] {
  const began = beganIn(form)
  const receipt = receiveAct(on, { student: form.student, windowCode, began })
  const who = { studentNo: form.student.studentNo, windowId: on.rules.item.windowId, caseId: on.caseId }
  const arrival = began?.by === 'appointment' ? arrivalActs(slots, { ...who, number: began.number }) : []
  return [receipt, ...arrival, ...besideActs(on), ...outcomeActs(on)]
}

/** The window screen's state for who is at the tablet. */
export function useReceive(): Receive {
  const desk = useReceiveForm()
  const { form } = desk
  const outcomes = useOutcomes()
  const done = shallowRef<ReceiveResult | null>(null)

  async function keep(outcome: Outcome): Promise<void> {
    const [rules, windowCode] = [desk.rules.value, desk.windowCode.value]
    if (!rules || !windowCode) return
    const before = JSON.parse(JSON.stringify(form.value)) as ReceiveForm
    const on = { caseId: uuid7(), form: before.outcome, outcome, rules }
    const drafts = draftsOf(on, before, { windowCode, slots: desk.slots.value })
    const text = doneWords(outcome, rules)
    // After 撤销 what was filled in comes back, unless the next student is already here.
    const restore = (isVoided: boolean): void => {
      if (done.value?.caseId !== on.caseId) return
      done.value = isVoided ? null : { caseId: on.caseId, text: '已撤销这一步，办件还没有结果', paper: undefined }
      if (isVoided) form.value = before
    }
    const kept = await outcomes.keep({ drafts, itemId: rules.item.id, text, draftId: receiveDraft }, restore)
    if (!kept) return
    form.value = emptyReceive()
    done.value = { caseId: on.caseId, text, paper: paperOf(outcome) }
    await desk.dropDraft()
  }

  function change(to: Partial<ReceiveForm>): void {
    done.value = null
    form.value = { ...form.value, ...to }
  }

  return {
    ...{ ...desk, done, keep, refusal: outcomes.refusal, isBusy: outcomes.isBusy },
    choose: (itemId) => {
      change(sheetChosen(form.value, desk.current(itemId)))
    },
    setStudent: (student) => {
      change({ student, isPicked: studentReason(student) === undefined, began: null })
    },
    arrive: (line) => {
      change(bookingCame(form.value, line, desk.items.value))
    },
    close: () => {
      change(sheetLeft(form.value))
    },
    next: () => {
      change({})
    },
  }
}
