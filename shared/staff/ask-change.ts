import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, create } from '../core/outcome.ts'
import { day, filledText, plainId } from '../core/text.ts'
import type { StaffChange } from './staff-change.ts'
import { isEarlyEnd } from './tenure.ts'

const PersonName = {
  personId: plainId,
  personName: filledText(60),
  personKind: z.enum(['staff', 'student', 'supervisor']),
}

/** 提出更换: a finding (不能胜任、严重违纪违规) or the unit's own request, always with its reason (SSC 十二, ZJJ 三十). */
export const askChange = command({
  type: 'staffChange.ask',
  v: 1,
  nature: 'claim',
  on: 'staffChange',
  by: ['supervisor', 'admin'],
  creates: true,
  personal: ['finding'],
  args: z.strictObject({
    windowId: plainId,
    unitId: plainId.nullable(),
    reason: z.enum(['cannotDo', 'breach', 'unitRequest']),
    finding: filledText(1000),
    person: z.strictObject({ ...PersonName, postIds: z.array(plainId).min(1).max(20), from: day }),
    askedOn: day,
  }),
  decide(_none: null, { windowId, unitId, reason, finding, person, askedOn }, ctx) {
    const held = { windowId, personKind: person.personKind, from: person.from }
    const image: StaffChange = {
      ...{ id: ctx.aggId, hallId: ctx.hallId, kind: 'staffChange', windowId, state: 'asked', reason, unitId, person },
      isEarly: ctx.profile !== null && isEarlyEnd(held, askedOn, ctx.profile),
      ...{ askedOn, consent: null, successor: null, handed: [], effectiveOn: null, pii: { finding } },
      ...{ acts: [], flags: [], conflicts: [] },
    }
    return applied([create(image)])
  },
})
