import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import { day } from '../core/text.ts'
import type { Person } from './person.ts'
import { personLeft } from './refusals.ts'

/** 离开本厅: the record stays, and is out of the lists of those who serve. */
export const leavePerson = command({
  type: 'person.leave',
  v: 1,
  nature: 'claim',
  on: 'person',
  by: ['supervisor', 'admin'],
  args: z.strictObject({ on: day }),
  decide(image: Person, { on }) {
    if (image.state === 'left') return rejected({ code: personLeft.code })
    return applied([set('state', 'left'), set('leftOn', on)])
  },
})
