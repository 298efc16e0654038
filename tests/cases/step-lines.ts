/** Lines of the table of §6 about the steps of a joint case: joint.rule.test.ts plays each of them. */
export const stepLines = ['stepApart', 'stepSame', 'stepReturned', 'stepTake', 'stepAgain'] as const

/** Lines of the table of §6 about appointments: slots.rule.test.ts plays each of them. */
export const slotLines = ['slotApart', 'slotFull', 'slotClosed', 'slotCancel', 'slotArrive'] as const
