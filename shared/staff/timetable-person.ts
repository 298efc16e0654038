import { z } from 'zod'
import { command } from '../core/command.ts'
import { isChangedSince } from '../core/merge.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import { BusyTime } from './free-time.ts'
import type { Person } from './person.ts'
import { personChanged } from './refusals.ts'

/** 课表: a student's class, training and internship times (ZJJ-6), the whole week at once. */
export const timetablePerson = command({
  type: 'person.timetable',
  v: 1,
  nature: 'claim',
  on: 'person',
  by: ['supervisor', 'admin'],
  args: z.strictObject({ busy: z.array(BusyTime).max(60) }),
  touches: () => ['busy'],
  decide(image: Person, { busy }, ctx) {
    if (isChangedSince(image.busy, ctx.seen.busy)) return rejected({ code: personChanged.code })
    return applied([set('busy', busy)])
  },
})
