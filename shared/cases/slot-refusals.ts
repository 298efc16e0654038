import { refusal, type RefusalKind } from '../core/refusal.ts'

/** This hall takes no appointments. */
export const slotNotOffered = refusal('slot.notOffered', { cite: 'NBU-8', say: () => '本厅没有开预约办理。' })

/** A slot of another window, or one that ends before it begins. */
export const slotMisplaced = refusal('slot.misplaced', {
  cite: 'NBU-8',
  say: () => '只能给自己的窗口开预约时段，结束要晚于开始。',
})

/** No place left: whoever was first has it. */
export const slotFull = refusal('slot.full', {
  cite: 'NBU-8',
  say: () => '这一时段已经约满，先约到的为准；请换一个时段。',
})

/** No new bookings in this slot. */
export const slotClosed = refusal('slot.closed', {
  cite: 'NBU-8',
  say: (facts) => `这一时段已停约${facts.reason ? `：${String(facts.reason)}` : ''}，请换一个时段。`,
})

/** One place a student in a slot. */
export const slotTwice = refusal('slot.twice', {
  cite: 'NBU-8',
  say: (facts) => `这位学生这一时段已有预约 ${String(facts.number)}，不用再约。`,
})

/** A number is given once. */
export const slotNumberTaken = refusal('slot.numberTaken', {
  cite: 'NBU-8',
  say: () => '这个预约号刚给了别人，请再约一次。',
})

/** There is no such booking, or it stands no longer. */
export const slotNoBooking = refusal('slot.noBooking', { cite: 'NBU-8', say: () => '没有这个预约，或已经取消、办理。' })

/** The slot's day is not long over, or it is put away already. */
export const slotNotOver = refusal('slot.notOver', { cite: 'NBU-8', say: () => '这个预约时段还在用，没有归档。' })

/** Sentences of appointments, by code. */
export const slotSentences: RefusalKind[] = [
  ...[slotNotOffered, slotMisplaced, slotFull, slotClosed, slotTwice, slotNumberTaken, slotNoBooking, slotNotOver],
  refusal('arrivedTwice', {
    cite: 'NBU-8',
    say: (facts) => `预约 ${String(facts.number)} 另有一件已经收下，请核对是否重复。`,
  }),
  refusal('notBooked', {
    cite: 'NBU-8',
    say: (facts) => `收件时写的预约 ${String(facts.number)} 不在这一时段，或已取消。`,
  }),
]
