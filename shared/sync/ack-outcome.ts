import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, create } from '../core/outcome.ts'
import { filledText, plainId } from '../core/text.ts'
import type { OutcomeRecord } from './outcome-record.ts'

const About = z.strictObject({
  kind: z.string().max(32),
  aggId: plainId,
  type: z.string().max(64),
  code: z.string().max(64),
})

/**
 * 回应未被接受的一步: its author has read why and says what follows. It is an act like any other: logged, also offline;
 * until then the refusal stays on the pill (I13). A reason may name the student, so it stands in `pii`.
 */
export const ackOutcome = command({
  type: 'outcome.ack',
  v: 1,
  nature: 'fact',
  on: 'outcome',
  by: ['roleA', 'roleB', 'supervisor', 'admin'],
  creates: true,
  personal: ['reason'],
  args: z
    .strictObject({
      about: About,
      way: z.enum(['corrected', 'handed', 'dropped']),
      to: z.strictObject({ actorId: plainId, actorName: filledText(60) }).nullable(),
      reason: filledText(500).nullable(),
    })
    .refine((args) => args.way !== 'dropped' || args.reason !== null, '放弃要写明原因')
    .refine((args) => (args.way === 'handed') === (args.to !== null), '转给谁没有写明'),
  decide(_none: null, { about, way, to, reason }, ctx) {
    const { aggId: id, hallId, windowId, actorId, actorName, role, at } = ctx
    const image: OutcomeRecord = {
      ...{ id, hallId, kind: 'outcome', windowId, about, way, to, state: 'answered' },
      by: { actorId, actorName, role, at },
      pii: reason === null ? {} : { reason },
      ...{ acts: [], flags: [], conflicts: [] },
    }
    return applied([create(image)])
  },
})
