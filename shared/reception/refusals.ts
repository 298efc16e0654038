import { refusal, type RefusalKind } from '../core/refusal.ts'

/** The matter is over, so this claim no longer applies. */
export const contactEnded = refusal('contact.ended', {
  cite: 'NBU-6',
  say: (facts) => `这件首问已经${facts.state === 'voided' ? '作废' : '办结或答复'}，没有再改动。`,
})

/** Another colleague handed it on first. */
export const alreadyHanded = refusal('contact.alreadyHanded', {
  cite: 'REF-CQ3.2',
  say: (facts) => `${String(facts.by)}已把它转给别的窗口，以先转的为准。`,
})

/** Somebody else took it first. */
export const alreadyHeld = refusal('contact.alreadyHeld', {
  cite: 'REF-CQ3.2',
  say: (facts) => (facts.holder ? `已由${String(facts.holder)}接手。` : '它已经不在本窗口。'),
})

/** Only a window that has it hands it on or takes it. */
export const notHere = refusal('contact.notHere', {
  cite: 'REF-CQ3.2',
  say: () => '这件首问不在本窗口，本窗口不能转交或接手。',
})

/** To hand on is to another window of the hall. */
export const noSuchWindow = refusal('contact.noSuchWindow', {
  cite: 'REF-CQ3.2',
  say: () => '要转给本厅的另一个窗口；厅外的事请用“指引”。',
})

/** ZJJ 二十八: reported to the school leader first, then passed on. */
export const notReported = refusal('contact.notReported', {
  cite: 'ZJJ-28',
  say: () => '无明确承办部门的事，先向有关校领导汇报并记下，再转交部门办理。',
})

/** ZJJ 二十八: which department does it is decided above the window. */
export const leaderAssigns = refusal('contact.leaderAssigns', {
  cite: 'ZJJ-28',
  say: () => '由哪个部门办理，由校领导或督查定，窗口不能自己转。',
})

/** SZIT 三: the desk coordinates what no unit has, and passes it on. */
export const deskPasses = refusal('contact.deskPasses', {
  cite: 'SZIT-3',
  say: () => '没有单位负责的事由咨询台协调、转送；请转给咨询台。',
})

/** The unit is none of the hall's profile, or the window is not that unit's. */
export const noSuchUnit = refusal('contact.noSuchUnit', {
  cite: 'ZJJ-28',
  say: () => '要转给规章配置里有的单位，或它自己的窗口。',
})

/** Somebody else has assigned it meanwhile. */
export const alreadyPassed = refusal('contact.alreadyPassed', {
  cite: 'ZJJ-28',
  say: () => '它已由别人转交，以先转的为准；请看过再定。',
})

/** Only a fresh entry of one's own is taken back. */
export const contactMovedOn = refusal('contact.movedOn', {
  cite: 'NBU-6',
  say: () => '这件首问已有后续，或不是您登记的，不能作废；请写明答复后了结。',
})

/** The lapse was verified, or found to be none, by somebody else. */
export const alreadyVerified = refusal('contact.alreadyVerified', {
  cite: 'REF-CQ6',
  say: (facts) => `这条已由${String(facts.by)}核实过。`,
})

/** Nobody verifies what is held against themselves. */
export const ownLapse = refusal('contact.ownLapse', {
  cite: 'REF-CQ6',
  say: () => '关于本人的情况，要由另一位督查核实。',
})

/** The record is none of what the act is about. */
export const notLapse = refusal('contact.notLapse', { cite: 'REF-CQ6', say: () => '这不是一条待核实的首问失误。' })

const flags: RefusalKind[] = [
  refusal('contact.unnamed', {
    cite: 'REF-CQ3.4',
    say: (facts) => `举报或投诉要记下反映人的姓名和联系电话，还缺：${(facts.missing as string[]).join('、')}。`,
  }),
  refusal('contact.untold', { cite: 'REF-CQ3.4', say: () => '请写明反映的事项，再登记。' }),
  refusal('contact.noReplyDate', {
    cite: 'ZJJ-28',
    say: () => '无明确承办部门的事，要向学生承诺回复时间，请选定日期。',
  }),
  refusal('contact.replyLate', {
    cite: 'ZJJ-28',
    say: (facts) => `承诺的回复时间晚于本厅约定的 ${String(facts.last)}。`,
  }),
  refusal('contact.nothingTold', {
    cite: 'REF-CQ4.2',
    say: () => '要先把了解到的结果告知学生并写下来，才能了结，不能一推了之。',
  }),
  refusal('contact.pointedOnly', {
    cite: 'REF-CQ3.2',
    say: () => '本厅规定首问要移交到对方窗口，不能只指路，请用“转首问”。',
  }),
  refusal('contact.elsewhere', { cite: 'REF-CQ3.2', say: () => '这一步由不在名单上的窗口做了，请督查看一看。' }),
  refusal('contact.otherPerson', { cite: 'NBU-6', say: () => '转成办件的不是首问经办人本人，请核对是不是同一件事。' }),
  refusal('contact.handedOnLate', { cite: 'REF-CQ6', say: (facts) => `${whoOf(facts)}移交晚于本厅约定的时间。` }),
  refusal('contact.takenLate', { cite: 'REF-CQ6', say: (facts) => `${whoOf(facts)}接手晚于本厅约定的时间。` }),
  refusal('contact.answeredLate', { cite: 'REF-CQ6', say: (facts) => `${whoOf(facts)}答复晚于应答复的日期。` }),
]

function whoOf({ actorName }: Record<string, unknown>): string {
  return typeof actorName === 'string' ? actorName : '对方窗口'
}

/** Sentences of refusals and flags of this room, by code. */
export const receptionSentences: RefusalKind[] = [
  ...[contactEnded, alreadyHanded, alreadyHeld, notHere, noSuchWindow, notReported, leaderAssigns, deskPasses],
  noSuchUnit,
  ...[alreadyPassed, contactMovedOn, alreadyVerified, ownLapse, notLapse],
  ...flags,
]
