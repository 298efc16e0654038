import { z } from 'zod'
import { addDays } from '../calendar/day.ts'
import { command } from '../core/command.ts'
import { isChangedSince, meet } from '../core/merge.ts'
import { applied, set } from '../core/outcome.ts'
import { refusal, type RefusalKind } from '../core/refusal.ts'
import { day } from '../core/text.ts'
import { hallRules } from './merge.ts'
import type { WindowTurn } from './window-turn.ts'

/** Someone else has set another end meanwhile. */
const turnChanged = refusal('windowTurn.changed', {
  cite: 'OFF-4',
  say: () => '这一轮的结束日期已由别人改过，请看过新的日期再定。',
})

/** Sentences of refusals of `windowTurn.end`, by code. */
export const endTurnSentences: RefusalKind[] = [turnChanged]

/** 结束轮流: the turn's last day; a day before its first takes it out altogether (NBU-17, SZIT-2). */
export const endTurn = command({
  type: 'windowTurn.end',
  v: 1,
  nature: 'claim',
  on: 'windowTurn',
  by: ['supervisor', 'admin'],
  args: z.strictObject({ on: day }),
  touches: () => ['to'],
  decide(image: WindowTurn, { on }, ctx) {
    if (isChangedSince(image.to, ctx.seen.to)) return meet(hallRules.endTurn, { refusal: { code: turnChanged.code } })
    return applied([set('to', on < image.from ? addDays(image.from, -1) : on)])
  },
})
