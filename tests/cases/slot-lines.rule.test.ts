import { describe, expect, test } from 'vitest'
import { placesOf } from '../../client/app/places.ts'
import { emptyReceive, bookingCame, type ReceiveForm } from '../../client/cases/receive-form.ts'
import { arrivalActs } from '../../client/cases/slots/arrival.ts'
import { emptyOpen, openReason } from '../../client/cases/slots/open-form.ts'
import { bookingLines, daysAhead, daySummary, type SlotRow } from '../../client/cases/slots/slot-lines.ts'
import { stateWords, visitorReason } from '../../client/cases/slots/public/booking-words.ts'
import { momentOf } from '../../shared/calendar/day.ts'
import type { Booking, Slot } from '../../shared/cases/index.ts'
import type { PublicBooking } from '../../shared/wire/appointments.ts'

const day = '2026-11-24'
const made = { actorId: 'a', actorName: '示例·方老师', role: 'roleA', at: 1, act: 'c' }
const booking = (number: string, state: Booking['state'], at: number): Booking => ({
  ...{ number, via: 'public', state, made: { ...made, at }, ended: null },
})
const student = (n: number) => ({ name: `示例·${String(n)}`, studentNo: `2024011${String(n)}`, phone: '' })
const slot: Slot = {
  ...{ id: 's', hallId: 'nbu', kind: 'slot', windowId: 'student-affairs', itemCode: null, itemName: '本窗口各事项' },
  ...{ letter: 'A', day, from: '09:00', to: '10:00', capacity: 3, closed: null },
  bookings: {
    'A-1': booking('A-1', 'cancelled', 1),
    'A-2': booking('A-2', 'booked', 2),
    'A-3': booking('A-3', 'arrived', 3),
  },
  pii: { 'A-1': student(1), 'A-2': student(2), 'A-3': student(3) },
  ...{ acts: [], flags: [], conflicts: [] },
}
const row = (image: Slot): SlotRow => ({ id: image.id, image }) as unknown as SlotRow

describe('the day’s list', () => {
  test('[NBU-8] says of each whether they are here; who did not come shows once the time is over', () => {
    const words = (at: string) =>
      bookingLines(slot, momentOf(day, at)).map(({ booking: b, word }) => `${b.number} ${word}`)
    expect(words('09:30')).toEqual(['A-2 还没到', 'A-3 已到', 'A-1 已取消'])
    expect(words('10:30')).toEqual(['A-2 未到', 'A-3 已到', 'A-1 已取消'])
  })

  test('[NBU-8] reads somebody whose data were erased as 已删除', () => {
    const [line] = bookingLines({ ...slot, pii: {} }, 0)
    expect(line?.student).toEqual({ name: '已删除', studentNo: '', phone: '' })
  })

  test('[NBU-8] counts places and who is due on the days ahead, of one window or of all', () => {
    const other = { ...slot, id: 't', windowId: 'careers', day: '2026-11-25' }
    const rows = [row(slot), row(other)]
    expect(daySummary([row(slot)])).toBe('1 个时段，约了 2 / 3 位，已到 1 位')
    expect(daysAhead(rows, { windowId: null, today: day })).toEqual([
      { day, waiting: 1 },
      { day: '2026-11-25', waiting: 1 },
    ])
    expect(daysAhead(rows, { windowId: 'careers', today: day })).toHaveLength(1)
    expect(daysAhead(rows, { windowId: null, today: '2026-11-26' })).toEqual([])
  })
})

describe('到了', () => {
  const items = [{ id: 'i1', code: 'XG-001' }]
  const line = { student: student(2), item: { code: 'XG-001' }, booking: { number: 'A-2' } }

  test('[NBU-8] fills in who, for what and the number; a sheet left open for somebody else waits aside', () => {
    const before: ReceiveForm = { ...emptyReceive(), itemId: 'i0', student: student(9), isPicked: true }
    const came = bookingCame(before, line, items)
    expect(came).toMatchObject({ itemId: 'i1', student: student(2), isPicked: true, aside: { itemId: 'i0' } })
    expect(came.began).toEqual({ by: 'appointment', number: 'A-2' })
    expect(bookingCame(before, { ...line, item: null }, items).itemId).toBeNull()
    expect(bookingCame(before, { ...line, item: { code: 'XG-999' } }, items).itemId).toBeNull()
  })

  const asked = { number: ' a-2 ', studentNo: student(2).studentNo, windowId: slot.windowId, caseId: 'c' }
  test('[NBU-8] is kept with the receipt for that number and that student alone', () => {
    expect(arrivalActs([slot], asked)).toMatchObject([
      { type: 'slot.arrive', aggId: 's', args: { number: 'A-2', caseId: 'c' } },
    ])
  })

  test.each([
    ['another student', { studentNo: '20240999' }],
    ['a number of nobody', { number: 'A-9' }],
    ['who is here already', { number: 'A-3', studentNo: student(3).studentNo }],
    ['who cancelled', { number: 'A-1', studentNo: student(1).studentNo }],
    ['another window', { windowId: 'careers' }],
    ['a name of the prototype', { number: 'constructor' }],
  ])('[NBU-8] of %s says nothing', (_who, more) => {
    expect(arrivalActs([slot], { ...asked, ...more })).toEqual([])
  })
})

test('[NBU-8] what cannot be opened is said before the tap', () => {
  const form = emptyOpen(day, 'student-affairs')
  expect(openReason(form, day)).toBeUndefined()
  for (const [more, words] of [
    [{ windowId: '' }, '窗口'],
    [{ firstDay: '' }, '哪天'],
    [{ firstDay: '2026-11-23' }, '过去'],
    [{ lastDay: '2026-11-23' }, '不早于'],
    [{ to: '08:00' }, '晚于'],
    [{ capacity: '0' }, '名额'],
    [{ capacity: '2.5' }, '名额'],
  ] as const)
    expect(openReason({ ...form, ...more }, day)).toContain(words)
})

test('[NBU-8] a student is told in words where the booking stands, and what is missing to make one', () => {
  const told = { state: 'arrived', caseNumber: 'XG-261124-K7-1' } as PublicBooking
  expect(stateWords(told).next).toContain('XG-261124-K7-1')
  expect(stateWords({ ...told, state: 'booked' }).word).toBe('已预约')
  expect(visitorReason({ name: '', studentNo: '', phone: '' })).toBe('请填姓名和学号。')
  expect(visitorReason({ ...student(1), phone: 'abc' })).toBe('电话格式不对')
  expect(visitorReason(student(1))).toBeUndefined()
})

test('[NBU-8] a hall without appointments has no place for them in the rail, nor has who works for a unit', () => {
  const has = (role: Parameters<typeof placesOf>[0], hasAppointment: boolean) =>
    placesOf(role, { hasAppointment }).some(({ id }) => id === 'slots')
  expect([has('roleA', true), has('roleB', true), has('supervisor', true)]).toEqual([true, true, true])
  expect([has('roleA', false), has('supervisor', false), has('approver', true)]).toEqual([false, false, false])
})
