import { z } from 'zod'
import { addDays } from '../calendar/day.ts'
import { command } from '../core/command.ts'
import { isChangedSince } from '../core/merge.ts'
import { add, applied, rejected } from '../core/outcome.ts'
import { day } from '../core/text.ts'
import { termFrom, type Office } from './office.ts'

/** 连任: exactly one more term behind the last (REF 章程 八); not a second one before that has begun. */
export const renewOffice = command({
  type: 'office.renew',
  v: 1,
  nature: 'claim',
  on: 'office',
  by: ['supervisor', 'admin'],
  args: z.strictObject({ on: day }),
  touches: () => ['terms.length'],
  decide(image: Office, { on }, ctx) {
    const last = image.terms.at(-1)
    if (image.end || !last || last.to === null) return rejected({ code: 'office.ended' })
    const isStale = isChangedSince(image.terms.length, ctx.seen['terms.length'])
    if (isStale || last.from > on) return rejected({ code: 'office.renewed' })
    return applied([add('terms', termFrom(addDays(last.to, 1), ctx.profile))])
  },
})
