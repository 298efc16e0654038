import { z } from 'zod'
import { command, type Ctx } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { add, applied, set, type Change } from '../core/outcome.ts'
import { plainId } from '../core/text.ts'
import { isEnded, type Case } from './case.ts'
import { caseRules } from './merge.ts'
import { goOn, underPause } from './pauses.ts'
import { byOf, clashes, doubt, lacking, sheetOf, unseenNotices } from './rules.ts'

const Mark = z.strictObject({ id: plainId, state: z.enum(['present', 'unfit', 'missing', 'returned']) })

/** 补正: materials brought, found not to conform, or given back. Same marks unite; opposite ones become 待核 (§6). */
export const materialGiven = command({
  type: 'case.materialGiven',
  v: 1,
  nature: 'fact',
  on: 'case',
  by: ['roleA', 'roleB'],
  args: z.strictObject({ materials: z.array(Mark).min(1).max(40) }),
  touches: (args) => [...args.materials.map((mark) => `materials.${mark.id}.state`), 'notices.length'],
  decide(image: Case, { materials }, ctx) {
    const known = materials.filter((mark) => image.materials[mark.id])
    const clashing = known.filter((mark) => clashes(image, mark, ctx))
    const quiet = known.filter((mark) => !clashing.includes(mark))
    const changes: Change[] = [
      ...known.map((mark) => add(`materials.${mark.id}.marks`, { ...byOf(ctx), state: mark.state })),
      ...quiet.map((mark) => set(`materials.${mark.id}.state`, mark.state)),
      ...clashing.map((mark) => set(`materials.${mark.id}.state`, 'doubt')),
    ]
    const after = { materials: { ...image.materials, ...stateAfter(image, quiet) } }
    const complete = clashing.length === 0 && lacking(after, sheetOf(ctx)).length === 0
    if (complete && underPause(image) === 'waiting') changes.push(goOn(image, 'open'))
    if (clashing.length > 0) {
      const rule = unseenNotices(image, ctx).length > 0 ? caseRules.markNotice : caseRules.markOther
      return meet(rule, { changes, conflicts: clashing.map((mark) => doubt(image, mark, ctx)) })
    }
    if (isEnded(image.state)) return meet(caseRules.markAfterEnd, { changes, detail: { after: image.state } })
    const agreed = quiet.filter((mark) => isMarkedMeanwhile(image, mark, ctx)).map(({ id }) => id)
    return agreed.length > 0 ? meet(caseRules.markSame, { changes, detail: { agreed } }) : applied(changes)
  },
})

type MarkOf = z.infer<typeof Mark>

/** Someone else has put the same mark there. */
function isMarkedMeanwhile(image: Case, { id, state }: MarkOf, ctx: Ctx): boolean {
  return image.materials[id]?.state === state && ctx.seen[`materials.${id}.state`] !== state
}

function stateAfter(image: Case, marks: readonly MarkOf[]): Case['materials'] {
  return Object.fromEntries(
    marks.map((mark) => [mark.id, { state: mark.state, marks: image.materials[mark.id]?.marks ?? [] }]),
  )
}
