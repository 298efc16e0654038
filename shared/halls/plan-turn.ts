import { command } from '../core/command.ts'
import { applied, create, rejected } from '../core/outcome.ts'
import { refusal, type RefusalKind } from '../core/refusal.ts'
import { Turn, type WindowTurn } from './window-turn.ts'

/** Only a unit that answers for the window can have a turn there. */
const notItsWindow = refusal('windowTurn.notItsWindow', {
  cite: 'SZIT-2',
  say: () => '这个单位不是这个窗口的责任单位，不能排它轮流。',
})

/** Sentences of refusals of windowTurn, by code. */
export const turnSentences: RefusalKind[] = [notItsWindow]

/** 排定轮流: a unit keeps a window for a term or on some weekdays, from a day to a day (NBU-17, SZIT-2). */
export const planTurn = command({
  type: 'windowTurn.plan',
  v: 1,
  nature: 'claim',
  on: 'windowTurn',
  by: ['supervisor', 'admin'],
  creates: true,
  args: Turn,
  decide(_none: null, args, ctx) {
    const window = ctx.profile?.windows.find(({ id }) => id === args.windowId)
    // A turn may be planned for a window that comes later: then today's profile does not know it.
    if (window && !window.unitIds.includes(args.unitId)) return rejected({ code: notItsWindow.code })
    const image: WindowTurn = {
      ...{ id: ctx.aggId, hallId: ctx.hallId, kind: 'windowTurn', ...args, acts: [], flags: [], conflicts: [] },
    }
    return applied([create(image)])
  },
})
