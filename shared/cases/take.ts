import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import { isEnded, type Case } from './case.ts'
import { alreadyEnded, alreadyTaken } from './refusals.ts'

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
    const movedMeanwhile = image.handler.actorId !== ctx.seen['handler.actorId']
    if (movedMeanwhile && image.handler.actorId !== ctx.actorId) {
      return rejected({ code: alreadyTaken.code, facts: { holder: image.handler.actorName } })
    }
    return applied([set('handler', { actorId: ctx.actorId, actorName: ctx.actorName, role: ctx.role })])
  },
})
