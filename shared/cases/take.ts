import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import { isMoved, takenBy } from './assign.ts'
import { isEnded, type Case } from './case.ts'
import { caseRules } from './merge.ts'
import { alreadyEnded } from './refusals.ts'

/** 接手 a case of the own window: first accepted wins, the other is told who holds it (§6). */
export const take = command({
  type: 'case.take',
  v: 1,
  nature: 'claim',
  on: 'case',
  by: ['roleA', 'roleB'],
  args: z.strictObject({}),
  touches: () => ['handler.actorId'],
  decide(image: Case, _args, ctx) {
    if (isEnded(image.state)) return rejected({ code: alreadyEnded.code, facts: { state: image.state } })
    if (isMoved(image, ctx) && image.handler.actorId !== ctx.actorId) {
      const isAssigned = image.acts.some(({ type, actorId }) => type === 'case.assign' && actorId !== ctx.actorId)
      return meet(isAssigned ? caseRules.takeAssigned : caseRules.take, { refusal: takenBy(image) })
    }
    return applied([set('handler', { actorId: ctx.actorId, actorName: ctx.actorName, role: ctx.role })])
  },
})
