import { z } from 'zod'
import { command } from '../core/command.ts'
import { add, applied, flag, merged, set, type Flag } from '../core/outcome.ts'
import { filledText, plainId } from '../core/text.ts'
import { isEnded, type Case, type NoticeLine } from './case.ts'
import { byOf } from './rules.ts'

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
  touches: () => ['state'],
  decide(image: Case, args, ctx) {
    const by = byOf(ctx)
    const flags = lateFlags(image, args)
    const told = args.missing.flatMap((line) => {
      const mark = { ...by, state: line.state }
      return image.materials[line.materialId]
        ? [set(`materials.${line.materialId}.state`, line.state), add(`materials.${line.materialId}.marks`, mark)]
        : []
    })
    const changes = [...told, add('notices', { nth: image.notices.length + 1, ...args, by })]
    if (isEnded(image.state) || image.state === 'disputed') {
      return merged(changes, { after: image.state }, [
        ...flags,
        flag('OFF-4', 'editedAfterEnd', { state: image.state }),
      ])
    }
    return applied([...changes, set('state', 'waiting')], flags)
  },
})

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

function lateFlags(image: Case, args: Parameters<typeof toldTooLate>[1]): Flag[] {
  const late = toldTooLate(image.notices, args)
  return late.length > 0 ? [flag('SSC-20.1', 'toldTooLate', { late, nth: image.notices.length + 1 })] : []
}
