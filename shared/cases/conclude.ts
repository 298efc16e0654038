import { z } from 'zod'
import { command, type Ctx } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { add, applied, flag, set, stop, type Flag } from '../core/outcome.ts'
import { filledText, text } from '../core/text.ts'
import { awaitsReceipt, isEnded, type Case } from './case.ts'
import { beforeEnd } from './machine.ts'
import { caseRules } from './merge.ts'
import { stepFlags } from './steps-open.ts'
import { undoneActs } from './undo.ts'
import {
  byOf,
  endChanges,
  endConflict,
  incompleteFlags,
  pausedFlags,
  profileOf,
  sawState,
  unseenNotices,
} from './rules.ts'

/**
 * 办结 (即办件 at once: NBU-7; 承诺件 after its steps). It happened at the window: two that agree are one,
 * two that differ make the case 结果不一致 and the student is not told until a person decides (§6).
 */
export const conclude = command({
  type: 'case.conclude',
  v: 1,
  nature: 'fact',
  on: 'case',
  by: ['roleA', 'roleB'],
  args: z.strictObject({ result: filledText(60), resultNote: text(500) }),
  touches: () => ['state', 'notices.length'],
  decide(image: Case, args, ctx) {
    const conclusion = { ...args, by: byOf(ctx) }
    const flags = [...lapses(image, ctx), ...noticeFlags(image, ctx)]
    const timed = { ...conclusion, err: ctx.atErr }
    const kept = [add('conclusions', timed)]
    if (!isEnded(image.state) && image.state !== 'disputed') {
      const changes = [...kept, set('conclusion', conclusion), ...endChanges('concluded', ctx)]
      const rule = overUnseen(image, ctx)
      return rule ? meet(rule, { changes, detail: { after: image.state }, flags }) : applied(changes, flags)
    }
    if (image.state === 'concluded' && image.conclusion?.result === args.result) {
      const changes = [...kept, set('endedAt', earliest([...standing(image), timed], ctx))]
      return meet(caseRules.concludeSame, { changes, detail: { same: 'result' }, flags })
    }
    const conflict = endConflict(image, ctx, { state: 'concluded', result: args.result, said: args })
    const rule = image.conclusion ? caseRules.concludeOther : caseRules.concludeEnd
    return meet(rule, {
      changes: [...kept, set('state', 'disputed'), set('endedAt', null)],
      conflicts: [conflict],
      flags,
    })
  },
})

/** The line for what the one who concluded had not seen: a notice handed out, or 中止. */
function overUnseen(image: Case, ctx: Ctx) {
  if (unseenNotices(image, ctx).length > 0) return caseRules.endOverNotice
  return image.state === 'paused' && !sawState(image, ctx) ? caseRules.endOverPause : undefined
}

function lapses(image: Case, ctx: Ctx): Flag[] {
  const isLate = beforeEnd[image.itemKind].length > 0 && !image.promise
  return [
    ...incompleteFlags(image, ctx),
    ...stepFlags(image),
    ...(isLate ? [stop('SSC-20.2', 'notInstant')] : []),
    ...pausedFlags(image),
    ...unpaidFlags(image, ctx),
  ]
}

/** ZJJ-24: what was assessed and is paid elsewhere is done only with its receipt. */
function unpaidFlags(image: Case, ctx: Ctx): Flag[] {
  const isApart = profileOf(ctx).settings.chargesApart.value
  return isApart && awaitsReceipt(image) ? [stop('ZJJ-24', 'unpaid', { amount: image.charge?.amount ?? 0 })] : []
}

/** The student holds a notice the one who concluded knew nothing of. */
function noticeFlags(image: Case, ctx: Ctx): Flag[] {
  const names = unseenNotices(image, ctx).map((notice) => notice.by.actorName)
  return names.length > 0 ? [flag('OFF-4', 'endedOverNotice', { by: names })] : []
}

function standing({ acts, conclusions }: Case): Case['conclusions'] {
  const undone = undoneActs(acts)
  return conclusions.filter(({ by }) => !undone.has(by.act))
}

/** The earliest moment that can be trusted counts; where no clock could, the earliest of all. */
function earliest(conclusions: readonly { by: { at: number }; err?: number }[], ctx: Ctx): number {
  const most = (ctx.profile?.settings.clockErrorFlagMinutes.value ?? 15) * 60_000
  const trusted = conclusions.filter((one) => (one.err ?? 0) <= most)
  return Math.min(...(trusted.length > 0 ? trusted : conclusions).map((one) => one.by.at))
}
