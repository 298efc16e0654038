import { BeganNumber, Phone, StudentNo, type Began } from '../../shared/cases/index.ts'
import type { Student } from './outcome-acts.ts'
import { emptyOutcome, type OutcomeForm } from './outcome-form.ts'
import type { PaperKind } from './papers/paper-facts.ts'

/** What is on the window screen, and all of it that must outlive a lock, a reload, a crash. */
export type ReceiveForm = {
  itemId: string | null
  student: Student
  /** The student stands as one line instead of fields. */
  isPicked: boolean
  outcome: OutcomeForm
  /** Where the matter began (NBU-8); drafts of before lack it. */
  began?: Began | null
  /** The sheet left last, by Esc or for another, until this student's case is kept or somebody else comes. */
  aside: { itemId: string; studentNo: string; outcome: OutcomeForm } | null
}

/** An empty window screen. */
export function emptyReceive(): ReceiveForm {
  const student = { name: '', studentNo: '', phone: '' }
  return { itemId: null, student, isPicked: false, outcome: emptyOutcome(), aside: null }
}

/** The window screen without the open sheet; what was on that waits aside for the same student. */
export function sheetLeft({ itemId, student, outcome, aside }: ReceiveForm): Partial<ReceiveForm> {
  const kept = itemId === null ? aside : { itemId, studentNo: student.studentNo, outcome }
  return { itemId: null, outcome: emptyOutcome(), aside: kept }
}

/** The window screen with a sheet open: as it was left when it comes back for the same student, else empty. */
export function sheetChosen(form: ReceiveForm, itemId: string): Partial<ReceiveForm> {
  if (itemId === form.itemId) return {}
  const { aside, student } = form
  // Ticks without a student might be anybody's.
  const isBack = aside?.itemId === itemId && aside.studentNo !== '' && aside.studentNo === student.studentNo
  return { ...sheetLeft(form), itemId, ...(isBack ? { outcome: aside.outcome } : {}) }
}

/** The window screen with somebody who had an appointment: who, for what, under which number; a sheet left open waits aside. */
export function bookingCame(
  form: ReceiveForm,
  { student, item, booking }: { student: Student; item: { code: string } | null; booking: { number: string } },
  items: readonly { id: string; code: string }[],
): ReceiveForm {
  const itemId = items.find(({ code }) => code === item?.code)?.id ?? null
  const isPicked = studentReason(student) === undefined
  const came: ReceiveForm = {
    ...form,
    ...sheetLeft(form),
    student,
    isPicked,
    began: { by: 'appointment', number: booking.number },
  }
  return itemId === null ? came : { ...came, ...sheetChosen(came, itemId) }
}

/** What is wrong with a field of the student, as a sentence; undefined when nothing is. */
export function studentFault(student: Student, field: keyof Student): string | undefined {
  const value = student[field].trim()
  if (field === 'name') return value.length > 50 ? '姓名太长' : undefined
  const checked = field === 'phone' ? Phone.safeParse(value) : StudentNo.safeParse(value)
  return value === '' || checked.success ? undefined : checked.error.issues[0]?.message
}

/** Why the student is not yet known well enough to receive the case. */
export function studentReason(student: Student): string | undefined {
  if (student.name.trim() === '' || student.studentNo.trim() === '') return '先填学生的姓名和学号。'
  const fields = ['name', 'studentNo', 'phone'] as const
  return fields.map((field) => studentFault(student, field)).find((fault) => fault !== undefined)
}

/** What is wrong with the number a matter began under; an empty one is none. */
export function beganReason(began: Began | null | undefined): string | undefined {
  const number = began?.number.trim() ?? ''
  return number === '' || BeganNumber.safeParse(number).success
    ? undefined
    : '网上申报号、预约号应为 2–40 位数字或字母。'
}

/** Whether a text can only be a student number: as a card or a code gives it. */
export function looksLikeNumber(text: string): boolean {
  return /^\d[\dA-Za-z]{5,23}$/.test(text.trim())
}

/** What the window screen remembers of the case just received. */
export interface ReceiveResult {
  caseId: string
  text: string
  paper: PaperKind | undefined
}
