import { formatDayLong } from '../../../../shared/calendar/day.ts'
import type { PublicBooking } from '../../../../shared/wire/appointments.ts'
import type { Student } from '../../outcome-acts.ts'
import { studentFault } from '../../receive-form.ts'

/** `11月24日（周二） 09:00–10:00`. */
export function whenWords({ day, from, to }: { day: string; from: string; to: string }): string {
  return `${formatDayLong(day)} ${from}–${to}`
}

/** Where a booking stands, in a word and in what the student does next. */
export function stateWords({ state, caseNumber }: PublicBooking): { word: string; next: string } {
  if (state === 'cancelled') return { word: '已取消', next: '这个预约已经取消，名额让给了别人。还要办，请再约一次。' }
  if (state === 'booked')
    return { word: '已预约', next: '请按时到窗口，报预约号或学号。来不了，请在这里取消，把名额让给别人。' }
  return { word: '已到窗口', next: caseNumber ? `已转为办件 ${caseNumber}，凭受理回执查进度。` : '窗口已经收件。' }
}

/** Why the form cannot be sent yet; undefined when it can. */
export function visitorReason(student: Student): string | undefined {
  if (student.name.trim() === '' || student.studentNo.trim() === '') return '请填姓名和学号。'
  const fields = ['name', 'studentNo', 'phone'] as const
  return fields.map((field) => studentFault(student, field)).find((fault) => fault !== undefined)
}

/** The page of one's own booking; the code stands behind the #, which no server is sent. */
export function bookingUrl(
  origin: string,
  { hallId, number, code }: { hallId: string; number: string; code: string },
): string {
  return `${origin}/public/${hallId}/booking/${number}#${code}`
}
