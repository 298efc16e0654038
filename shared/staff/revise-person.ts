import { z } from 'zod'
import { command } from '../core/command.ts'
import type { Json } from '../core/canonical.ts'
import { isChangedSince } from '../core/merge.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import { PersonFields, type Person } from './person.ts'
import { personChanged } from './refusals.ts'

const Revised = PersonFields.partial()

/** 改档案: facts of a person; a field somebody else changed meanwhile has to be looked at again. */
export const revisePerson = command({
  type: 'person.revise',
  v: 1,
  nature: 'claim',
  on: 'person',
  by: ['supervisor', 'admin'],
  args: z.strictObject({ fields: Revised }),
  touches: ({ fields }) => Object.keys(fields),
  decide(image: Person, { fields }, ctx) {
    const named = Object.entries(fields) as [keyof PersonFields, Json][]
    if (named.some(([key]) => isChangedSince(image[key], ctx.seen[key]))) return rejected({ code: personChanged.code })
    return applied(named.map(([key, value]) => set(key, value)))
  },
})
