import { z } from 'zod'
import { command, type Ctx } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { add, applied, flag, set, type Change, type Flag, type Verdict } from '../core/outcome.ts'
import { filledText, plainId } from '../core/text.ts'
import { isEnded, type Case, type NoticeLine } from './case.ts'
import { caseRules } from './merge.ts'
import { goOn } from './pauses.ts'
import { byOf, clashes, doubt, pausedFlags, profileOf, unseenNotices } from './rules.ts'

/** One line of the notice: a material of the sheet, missing or not conforming, and how to put it right (ZJJ-25). */
const Line = z.strictObject({
  materialId: plainId,
  name: filledText(60),
  state: z.enum(['missing', 'unfit']),
  how: filledText(400),
})

/** 一次性告知: every missing material and matter, once (SSC-20.1, ZJJ-25). The slip is in the student's hand: never refused. */
export const supplementNotice = command({
  type: 'case.supplementNotice',
  v: 1,
  nature: 'fact',
  on: 'case',
  by: ['roleA', 'roleB'],
  args: z
    .strictObject({ missing: z.array(Line).max(40), matters: z.array(filledText(400)).max(20) })
    .refine((args) => args.missing.length + args.matters.length > 0, '告知书上至少要有一项'),
  touches: (args) => ['state', 'notices.length', ...args.missing.map((line) => `materials.${line.materialId}.state`)],
  decide(image: Case, args, ctx) {
    const by = byOf(ctx)
    const marks = args.missing
      .filter((line) => image.materials[line.materialId])
      .map((line) => ({ id: line.materialId, state: line.state }))
    const clashing = marks.filter((mark) => clashes(image, mark, ctx))
    const changes = [
      ...marks.map((mark) => set(`materials.${mark.id}.state`, clashing.includes(mark) ? 'doubt' : mark.state)),
      ...marks.map((mark) => add(`materials.${mark.id}.marks`, { ...by, state: mark.state })),
      add('notices', { nth: image.notices.length + 1, ...args, by }),
    ]
    return noticeVerdict(image, ctx, {
      changes,
      flags: [...toldFlags(image, args, ctx), ...pausedFlags(image)],
      clashing,
    })
  },
})

interface Told {
  changes: Change[]
  flags: Flag[]
  clashing: readonly { id: string; state: 'missing' | 'unfit' }[]
}

/** Where the notice comes to stand: over marks that differ, after an end, beside another notice, or as intended. */
function noticeVerdict(image: Case, ctx: Ctx, { changes, flags, clashing }: Told): Verdict {
  const isOver = isEnded(image.state) || image.state === 'disputed'
  const after = isOver ? [flag('OFF-4', 'editedAfterEnd', { state: image.state })] : []
  const all = { changes: isOver ? changes : [...changes, goOn(image, 'waiting')], flags: [...flags, ...after] }
  if (clashing.length > 0)
    return meet(caseRules.noticeMark, { ...all, conflicts: clashing.map((mark) => doubt(image, mark, ctx)) })
  if (isOver) return meet(caseRules.noticeAfterEnd, { ...all, detail: { after: image.state } })
  const others = unseenNotices(image, ctx).map((notice) => notice.by.actorName)
  return others.length > 0 ? meet(caseRules.noticeTwice, { ...all, detail: { others } }) : applied(all.changes, flags)
}

/** What this notice names that an earlier one could have named: the sheet has not changed under the case. */
export function toldTooLate(
  notices: Case['notices'],
  args: { missing: readonly Pick<NoticeLine, 'materialId' | 'name'>[]; matters: readonly string[] },
): string[] {
  if (notices.length === 0) return []
  const told = new Set(notices.flatMap((notice) => notice.missing.map((line) => line.materialId)))
  const matters = new Set(notices.flatMap((notice) => notice.matters))
  return [
    ...args.missing.filter((line) => !told.has(line.materialId)).map((line) => line.name),
    ...args.matters.filter((matter) => !matters.has(matter)),
  ]
}

/** A second notice the sheet did not ask for, or one beside another: a supervisor looks whether it is 二次告知. */
function toldFlags(image: Case, args: Parameters<typeof toldTooLate>[1], ctx: Ctx): Flag[] {
  if (!profileOf(ctx).settings.isMissingToldOnce.value) return []
  const others = unseenNotices(image, ctx).map((notice) => notice.by.actorName)
  if (others.length > 0) return [flag('SSC-20.1', 'toldTwice', { others })]
  const late = toldTooLate(image.notices, args)
  return late.length > 0 ? [flag('SSC-20.1', 'toldTooLate', { late, nth: image.notices.length + 1 })] : []
}
