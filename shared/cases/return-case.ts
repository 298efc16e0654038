import { z } from 'zod'
import { command, type Ctx } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { add, applied, set, stop, type Change, type Flag } from '../core/outcome.ts'
import { filledText } from '../core/text.ts'
import { isEnded, type Case } from './case.ts'
import { caseRules } from './merge.ts'
import { byOf, endChanges, endConflict, lacking, pausedFlags, sheetOf } from './rules.ts'

/**
 * 退件: the papers go back without an outcome, since they were not put right, belong elsewhere or were handed in twice.
 * No way round a refusal: what is complete and qualifies is done (ZJJ-26), what is missing is told first (SSC-20.1).
 */
export const returnCase = command({
  type: 'case.return',
  v: 1,
  nature: 'fact',
  on: 'case',
  by: ['roleA', 'roleB'],
  args: z.strictObject({ why: z.enum(['notSupplemented', 'elsewhere', 'duplicate']), reason: filledText(1000) }),
  touches: () => ['state'],
  decide(image: Case, args, ctx) {
    const flags = [...(args.why === 'notSupplemented' ? untoldFlags(image, ctx) : []), ...pausedFlags(image)]
    if (isEnded(image.state) || image.state === 'disputed') {
      const conflict = endConflict(image, ctx, { state: 'returned', result: args.reason, said: args })
      const changes = [set('state', 'disputed'), set('endedAt', null)]
      return meet(caseRules.returnEnd, { changes, conflicts: [conflict], flags })
    }
    const returned = set('returned', { ...args, by: byOf(ctx) })
    return applied([returned, ...givenBack(image, ctx), ...endChanges('returned', ctx)], flags)
  },
})

function untoldFlags(image: Case, ctx: Ctx): Flag[] {
  const missing = lacking(image, sheetOf(ctx))
  if (missing.length === 0 && image.notices.every(({ matters }) => matters.length === 0))
    return [stop('ZJJ-26', 'returnComplete')]
  return image.notices.length === 0 ? [stop('SSC-20.1', 'returnUntold', { missing })] : []
}

/** Every paper that was there is in the student's hand again. */
function givenBack(image: Case, ctx: Ctx): Change[] {
  return heldPapers(image).flatMap((id) => [
    set(`materials.${id}.state`, 'returned'),
    add(`materials.${id}.marks`, { ...byOf(ctx), state: 'returned' }),
  ])
}

/** Materials the window holds, whether they conform or not. */
export function heldPapers(image: Pick<Case, 'materials'>): string[] {
  return Object.entries(image.materials).flatMap(([id, { state }]) =>
    state === 'present' || state === 'unfit' || state === 'doubt' ? [id] : [],
  )
}

/** What 撤销 of a return puts back: each paper as it was marked before. */
export function takenBack(image: Case, act: string): Change[] {
  return Object.entries(image.materials).flatMap(([id, { marks }]) => {
    const before = marks.at(-1)?.act === act ? marks.at(-2) : undefined
    return before ? [set(`materials.${id}.state`, before.state)] : []
  })
}
