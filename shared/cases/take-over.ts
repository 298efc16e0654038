import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import { takenBy } from './assign.ts'
import { isEnded, pendingTransfer, type Case } from './case.ts'
import { caseRules } from './merge.ts'
import { alreadyEnded, notComing } from './refusals.ts'
import { byOf } from './rules.ts'

/**
 * The windows a case's last 转办 has to do with, also once it is over: who comes too late is told what became of it,
 * not that the window has no right.
 */
export function bothWindows({ windowId, transfers }: Case): string[] {
  const last = transfers?.at(-1)
  return [windowId, ...(last ? [last.from.windowId, last.to.windowId] : [])]
}

/** 接收转办: the case leaves the other window and becomes this one's, its handler whoever takes it. First wins. */
export const takeOver = command({
  type: 'case.takeOver',
  v: 1,
  nature: 'claim',
  on: 'case',
  by: ['roleA', 'roleB'],
  args: z.strictObject({}),
  homes: bothWindows,
  touches: () => ['windowId', 'transfers.length'],
  decide(image: Case, _args, ctx) {
    if (isEnded(image.state)) return rejected({ code: alreadyEnded.code, facts: { state: image.state } })
    const coming = pendingTransfer(image)
    const isHere = image.transfers?.at(-1)?.taken && image.windowId === ctx.windowId
    if (isHere) return meet(caseRules.takeOver, { refusal: takenBy(image) })
    if (!coming || coming.to.windowId !== ctx.windowId)
      return rejected({ code: notComing.code, facts: { number: image.number } })
    const { actorId, actorName, role } = ctx
    return applied([
      set('windowId', coming.to.windowId),
      set('handler', { actorId, actorName, role }),
      set(`transfers.${String((image.transfers?.length ?? 0) - 1)}.taken`, byOf(ctx)),
    ])
  },
})
