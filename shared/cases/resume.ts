import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { applied, set } from '../core/outcome.ts'
import type { Case } from './case.ts'
import { caseRules } from './merge.ts'
import { isForPayment, pausesEnded, underPause } from './pauses.ts'

/** 恢复办理: the case goes on where 中止 had found it, and its time counts again. */
export const resumeCase = command({
  type: 'case.resume',
  v: 1,
  nature: 'fact',
  on: 'case',
  by: ['roleA', 'roleB', 'supervisor'],
  args: z.strictObject({}),
  touches: () => ['state'],
  decide(image: Case, _args, ctx) {
    if (image.state !== 'paused') return meet(caseRules.resumeTwice, { detail: { same: image.state } })
    const ended = pausesEnded(image, ctx.at, (pause) => !isForPayment(image, pause))
    return applied([...ended, set('state', underPause(image))])
  },
})
