import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, create } from '../core/outcome.ts'
import { BusyTime } from './free-time.ts'
import { PersonFields, Training, type Person } from './person.ts'

/** 建档: a person of the hall (SSC-9, ZJJ-5), by hand, from a list or when a student is selected. */
export const recordPerson = command({
  type: 'person.record',
  v: 1,
  nature: 'claim',
  on: 'person',
  by: ['supervisor', 'admin', 'system'],
  creates: true,
  args: z.strictObject({
    fields: PersonFields,
    trainings: z.array(Training).max(40),
    busy: z.array(BusyTime).max(60),
  }),
  decide(_none: null, { fields, trainings, busy }, ctx) {
    const image: Person = {
      ...fields,
      ...{ id: ctx.aggId, hallId: ctx.hallId, kind: 'person', state: 'active', trainings, busy },
      ...{ leftOn: null, pii: {}, acts: [], flags: [], conflicts: [] },
    }
    return applied([create(image)])
  },
})
