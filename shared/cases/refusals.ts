import { refusal, type RefusalKind } from '../core/refusal.ts'
import { courseSentences } from './refusals-course.ts'
import { outsideService } from './service-flags.ts'
import { slotSentences } from './slot-refusals.ts'
import { stepSentences } from './step-refusals.ts'

export { serviceFlags } from './service-flags.ts'
export { alreadyMoving, appealSettled, noSuchWindow, notComing, ownDecision, yuan } from './refusals-course.ts'

/** The case is over, so this claim no longer applies. */
export const alreadyEnded = refusal('case.alreadyEnded', {
  cite: 'OFF-4',
  say: (facts) => `这件事已经${word(facts.state)}，没有再改动。`,
})

/** Someone else has acted since, so this act can no longer be taken back. */
export const movedOn = refusal('case.movedOn', {
  cite: 'OFF-4',
  say: () => '在您撤销之前，这件事已有后续办理，所以没有撤销。',
})

/** The conflict was decided by someone else first, or never stood here. */
export const alreadySettled = refusal('case.alreadySettled', {
  cite: 'OFF-4',
  say: (facts) => (facts.by ? `这处不一致已由${String(facts.by)}裁决。` : '这处不一致已不需要裁决。'),
})

/** Another handler's `case.take` was decided first. */
export const alreadyTaken = refusal('case.alreadyTaken', {
  cite: 'REF-CQ3.2',
  say: (facts) => `已由${String(facts.holder)}接手。`,
})

/** Two results that differ: the student is told nothing until a supervisor has decided (§6). */
export const forSupervisor = refusal('case.forSupervisor', {
  cite: 'OFF-4',
  say: () => '两处办结结果不同，由督查裁决；裁决之前不通知学生。',
})

/** What was decided has been changed since, so the decision can no longer simply be revised. */
export const changedSince = refusal('case.changedSince', {
  cite: 'OFF-4',
  say: () => '裁决之后这里又有改动，不能再改这次裁决；请直接更正或重新办理。',
})

/** Two receipts are joined or kept apart by `case.link`, nothing else. */
export const linkInstead = refusal('case.linkInstead', {
  cite: 'OFF-4',
  say: () => '重复收件请按“并入”或“两件都办”核对。',
})

/** The case is not over, or no longer the way it was when it was to be put away. */
export const notOver = refusal('case.notOver', { cite: 'OFF-4', say: () => '这件事还没有了结，或已有变动，没有归档。' })

/** Sentences of refusals and flags of this room, by code. */
export const caseSentences: RefusalKind[] = [
  ...courseSentences,
  ...stepSentences,
  ...slotSentences,
  ...[alreadyEnded, movedOn, alreadySettled, alreadyTaken, notOver, forSupervisor, changedSince, linkInstead],
  refusal('toldTwice', {
    cite: 'SSC-20.1',
    say: (facts) => `两处各出了一次告知书（另一处：${list(facts.others)}），是否算二次告知由督查核定。`,
  }),
  refusal('endedOverNotice', {
    cite: 'OFF-4',
    say: (facts) => `办结时没有看到${list(facts.by)}已出的一次性告知书，请核对。`,
  }),
  refusal('sameMatter', {
    cite: 'OFF-4',
    say: (facts) => `同一学生当天的同一事项另收了一件：${String(facts.number)}，请核对是否重复。`,
  }),
  refusal('joinedHere', {
    cite: 'OFF-4',
    say: (facts) => `${String(facts.number)} 与本件是同一件事，已并入本件办理。`,
  }),
  refusal('toldTooLate', {
    cite: 'SSC-20.1',
    say: (facts) => `再次告知：${list(facts.late)}本可在第一次告知时一并说明，记为二次告知。`,
  }),
  refusal('incomplete', {
    cite: 'SSC-20.1',
    say: (facts) => `材料还不齐：${list(facts.missing)}。请先一次性告知，或补齐后再办。`,
  }),
  refusal('promiseDiffers', {
    cite: 'ZJJ-27',
    say: (facts) => `告知的日期是 ${String(facts.told)}，按工作日历应为 ${String(facts.due)}。`,
  }),
  refusal('noGround', {
    cite: 'ZJJ-26',
    say: () => '不予办理要选一事一表上列明的依据；材料齐全、符合条件的应当受理。',
  }),
  refusal('groundReworded', {
    cite: 'ZJJ-26',
    say: (facts) =>
      `告知书写的理由是「${String(facts.ground)}」，列明的依据是「${String(facts.stated)}」；不予办理要照列明的写，说明另写。`,
  }),
  refusal('editedAfterEnd', { cite: 'OFF-4', say: (facts) => `这件事已经${word(facts.state)}，之后又有改动。` }),
  outsideService,
  refusal('notInstant', { cite: 'NBU-7', say: () => '这是承诺件，请先受理并承诺日期，再办结。' }),
]

const words: Record<string, string> = {
  open: '在办理中',
  waiting: '在等补正',
  concluded: '办结',
  refused: '不予办理',
  declined: '不予受理',
  paused: '中止',
  returned: '退件',
  withdrawn: '撤回',
  voided: '作废',
  disputed: '有两个不同的结果',
}

function word(state: unknown): string {
  return words[String(state)] ?? '结束'
}

function list(names: unknown): string {
  return Array.isArray(names) ? names.map((name) => `「${String(name)}」`).join('') : ''
}
