import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, contended, flag, rejected, type Conflict } from '../core/outcome.ts'
import { Role } from '../core/roles.ts'
import { filledText, instant, plainId, uuid } from '../core/text.ts'
import type { Case } from './case.ts'
import { caseNumberPattern } from '../core/case-number.ts'
import { caseRules } from './merge.ts'
import { alreadySettled } from './refusals.ts'

/** What is said of the other receipt: which case, and who received it by which act. */
const Receipt = z.strictObject({
  caseId: plainId,
  number: z.string().regex(caseNumberPattern),
  cmdId: uuid,
  actorId: plainId,
  actorName: filledText(60),
  role: Role,
  deviceId: uuid,
  at: instant,
  online: z.boolean(),
})
/** The other receipt as the server names it. */
export type Receipt = z.infer<typeof Receipt>

/**
 * The server has found another receipt of the same student, item and day (§6): the later case asks a person whether to
 * join them, the earlier one is told; `joined` tells it that they were.
 */
export const markTwin = command({
  type: 'case.twin',
  v: 1,
  nature: 'claim',
  on: 'case',
  by: ['system'],
  args: z.strictObject({ other: Receipt, stands: z.enum(['earlier', 'later', 'joined']) }),
  decide(image: Case, { other, stands }) {
    const { caseId, number } = other
    if (isKnown(image, caseId, stands)) return rejected({ code: alreadySettled.code, facts: { by: null } })
    const code = stands === 'joined' ? 'joinedHere' : (caseRules.twin.flagged ?? '')
    const told = flag('OFF-4', code, { caseId, number })
    return stands === 'earlier' ? contended([], [twinConflict(image, other)], [told]) : applied([], [told])
  },
})

function isKnown(image: Case, caseId: string, stands: string): boolean {
  const code = stands === 'joined' ? 'joinedHere' : 'sameMatter'
  return image.flags.some((one) => one.code === code && one.facts.caseId === caseId)
}

function twinConflict(image: Case, { caseId, number, ...kept }: Receipt): Conflict {
  const [own] = image.acts
  if (!own) throw new Error('a case begins with its receipt')
  const { cmdId, actorId, actorName, role, deviceId, at, online } = own
  return {
    ...{ id: `twin:${caseId}`, field: 'twin', label: '同一件事收了两次', isPersonal: false, settled: null },
    kept: { ...kept, value: { caseId, number } },
    other: {
      ...{ cmdId, actorId, actorName, role, deviceId, at, online },
      value: { caseId: image.id, number: image.number },
    },
  }
}
