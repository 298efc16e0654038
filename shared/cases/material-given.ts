import { z } from 'zod'
import { readPath } from '../core/apply.ts'
import { command, type Ctx } from '../core/command.ts'
import { sideOf } from '../core/merge.ts'
import { add, applied, contended, merged, set, type Change, type Conflict } from '../core/outcome.ts'
import { plainId } from '../core/text.ts'
import { isEnded, type Case } from './case.ts'
import { byOf, lacking, sheetOf } from './rules.ts'

const Mark = z.strictObject({ id: plainId, state: z.enum(['present', 'unfit', 'missing', 'returned']) })

/** 补正: materials brought, found not to conform, or given back. Same marks unite; opposite ones become 待核 (§6). */
export const materialGiven = command({
  type: 'case.materialGiven',
  v: 1,
  nature: 'fact',
  on: 'case',
  by: ['roleA', 'roleB'],
  args: z.strictObject({ materials: z.array(Mark).min(1).max(40) }),
  touches: (args) => args.materials.map((mark) => `materials.${mark.id}.state`),
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
    if (complete && image.state === 'waiting') changes.push(set('state', 'open'))
    if (clashing.length > 0)
      return contended(
        changes,
        clashing.map((mark) => doubt(image, mark, ctx)),
      )
    return isEnded(image.state) ? merged(changes, { after: image.state }) : applied(changes)
  },
})

type MarkOf = z.infer<typeof Mark>

function clashes(image: Case, mark: MarkOf, ctx: Ctx): boolean {
  const now = image.materials[mark.id]?.state
  return now !== mark.state && now !== ctx.seen[`materials.${mark.id}.state`]
}

function stateAfter(image: Case, marks: readonly MarkOf[]): Case['materials'] {
  return Object.fromEntries(
    marks.map((mark) => [mark.id, { state: mark.state, marks: image.materials[mark.id]?.marks ?? [] }]),
  )
}

/** The two marks that differ, each with its author. */
function doubt(image: Case, mark: MarkOf, ctx: Ctx): Conflict {
  const path = `materials.${mark.id}.state`
  const last = image.materials[mark.id]?.marks.at(-1)
  if (!last) throw new Error('a marked material keeps its marks')
  const name = sheetOf(ctx).materials.find((line) => line.id === mark.id)?.name ?? mark.id
  const act = image.acts.find((item) => item.cmdId === last.act)
  return {
    ...{ id: `${ctx.cmdId}:${path}`, field: path, label: `材料「${name}」`, isPersonal: false, settled: null },
    kept: {
      ...{ cmdId: last.act, actorId: last.actorId, actorName: last.actorName, role: last.role, at: last.at },
      ...{ deviceId: act?.deviceId ?? '', online: act?.online ?? false, value: readPath(image, path) ?? null },
    },
    other: sideOf(ctx, mark.state),
  }
}
