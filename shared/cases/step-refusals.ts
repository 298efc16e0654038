import type { Json } from '../core/canonical.ts'
import { refusal, type RefusalKind } from '../core/refusal.ts'

const listed = (names: Json | undefined): string =>
  Array.isArray(names) ? names.map((name) => `「${String(name)}」`).join('') : ''

/** The case has no such step, or no longer. */
export const stepGone = refusal('case.stepGone', { cite: 'SSC-20.3', say: () => '这件事没有这一步，或已不再需要。' })

/** A step is done by the unit it is for. */
export const notYourStep = refusal('case.notYourStep', {
  cite: 'NBU-8',
  say: (facts) => `「${String(facts.step)}」由它的单位来办，您的岗位不能代办。`,
})

/** Its turn has not come. */
export const stepLater = refusal('case.stepLater', {
  cite: 'ZJJ-8',
  say: (facts) => `要等${listed(facts.before)}先办好。`,
})

/** Somebody has done or returned it first. */
export const stepSettled = refusal('case.stepSettled', {
  cite: 'SSC-20.3',
  say: (facts) => `这一步已由${String(facts.by)}办过。`,
})

/** A colleague has it in hand. */
export const stepHeld = refusal('case.stepHeld', {
  cite: 'SSC-20.3',
  say: (facts) => `这一步已由${String(facts.holder)}接手。`,
})

/** Nobody checks or approves their own work. */
export const ownWork = refusal('case.ownWork', {
  cite: 'NBU-8',
  say: () => '复核、审批要由没有经办过这件事的人来做，请交给本单位的同事。',
})

/** Only what a unit has returned is sent to it again. */
export const notReturned = refusal('case.notReturned', {
  cite: 'SSC-20.3',
  say: () => '这一步没有退回主办，不用再送。',
})

/** Sentences of the steps of a joint case, by code. */
export const stepSentences: RefusalKind[] = [
  ...[stepGone, notYourStep, stepLater, stepSettled, stepHeld, ownWork, notReturned],
  refusal('stepsOpen', {
    cite: 'SSC-20.3',
    say: (facts) => `还有${listed(facts.steps)}没有办好，不能办结；各单位都办好后，由主办一并办结。`,
  }),
]
