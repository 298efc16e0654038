import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, create, rejected } from '../core/outcome.ts'
import { day, filledText, plainId, text } from '../core/text.ts'
import { staffSetting } from '../profiles/staff-settings.ts'
import { termFrom, type Office } from './office.ts'
import type { Refused } from './refusals.ts'
import type { Profile } from '../profiles/profile.ts'

const Args = z.strictObject({
  officeId: plainId,
  departmentId: plainId.nullable(),
  personId: plainId.nullable(),
  personName: filledText(60),
  chosenOn: day,
  basis: text(200),
  approvedOn: day.nullable(),
  from: day,
  /** Others who hold the same office from that day on, as the page saw them. */
  others: z.int().min(0).max(100),
})
type Args = z.infer<typeof Args>

/** What keeps an office from being given by the hall's charter: unknown, full, or not approved yet (REF 章程 五). */
export function officeFault({ officeId, departmentId, approvedOn, others }: Args, profile: Profile): Refused | null {
  const office = staffSetting(profile, 'offices').find(({ id }) => id === officeId)
  const isKnown = departmentId === null || staffSetting(profile, 'departments').some(({ id }) => id === departmentId)
  if (!office || !isKnown) return { code: 'office.unknown', facts: {} }
  if (office.most !== null && others >= office.most) return { code: 'office.full', facts: { most: office.most } }
  if (office.approvedBy !== '' && approvedOn === null)
    return { code: 'office.approval', facts: { by: office.approvedBy } }
  return null
}

/** 任职: the director elected, deputies named and approved, heads of departments, each for one term (REF 章程 四–八). */
export const appointOffice = command({
  type: 'office.appoint',
  v: 1,
  nature: 'claim',
  on: 'office',
  by: ['supervisor', 'admin'],
  creates: true,
  args: Args,
  decide(_none: null, args, ctx) {
    const known = ctx.profile && staffSetting(ctx.profile, 'offices').find(({ id }) => id === args.officeId)
    const fault = ctx.profile && officeFault(args, ctx.profile)
    if (fault || !known) return rejected(fault ?? { code: 'office.unknown' })
    const image: Office = {
      ...{ id: ctx.aggId, hallId: ctx.hallId, kind: 'office', officeId: args.officeId, title: known.title },
      ...{ departmentId: args.departmentId, personId: args.personId, personName: args.personName },
      chosen: { how: known.chosen, by: known.chosenBy, on: args.chosenOn, basis: args.basis },
      approval: args.approvedOn === null ? null : { by: known.approvedBy, on: args.approvedOn },
      ...{ terms: [termFrom(args.from, ctx.profile)], end: null, acts: [], flags: [], conflicts: [] },
    }
    return applied([create(image)])
  },
})
