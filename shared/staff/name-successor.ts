import { z } from 'zod'
import { command } from '../core/command.ts'
import { isChangedSince } from '../core/merge.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import { day, filledText, plainId } from '../core/text.ts'
import type { StaffChange } from './staff-change.ts'

const isOpen = ({ state }: StaffChange): boolean => state === 'asked' || state === 'consented'

/** 写明接替的人: who comes and from which day; it may be put right until it takes effect. */
export const nameSuccessor = command({
  type: 'staffChange.name',
  v: 1,
  nature: 'claim',
  on: 'staffChange',
  by: ['supervisor', 'admin'],
  args: z.strictObject({
    personId: plainId,
    personName: filledText(60),
    personKind: z.enum(['staff', 'student', 'supervisor']),
    on: day,
  }),
  touches: () => ['successor'],
  decide(image: StaffChange, successor, ctx) {
    if (!isOpen(image) || isChangedSince(image.successor as never, ctx.seen.successor))
      return rejected({ code: 'staffChange.state' })
    if (successor.personId === image.person.personId) return rejected({ code: 'staffChange.samePerson' })
    return applied([set('successor', successor)])
  },
})
