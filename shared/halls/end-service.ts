import { z } from 'zod'
import { command } from '../core/command.ts'
import { isChangedSince, meet } from '../core/merge.ts'
import { applied, set } from '../core/outcome.ts'
import { refusal, type RefusalKind } from '../core/refusal.ts'
import { day, filledText } from '../core/text.ts'
import type { ConcentratedService } from './concentrated-service.ts'
import { hallRules } from './merge.ts'

/** Someone else has set another end meanwhile. */
const endChanged = refusal('concentratedService.endChanged', {
  cite: 'OFF-4',
  say: () => '这次集中服务的结束日期已由别人改过，请看过新的日期再定。',
})

/** Sentences of refusals of `concentratedService.end`, by code. */
export const endServiceSentences: RefusalKind[] = [endChanged]

/** 提前结束集中服务: it is no longer held from a day on; the reason is on record (NBU 二). */
export const endService = command({
  type: 'concentratedService.end',
  v: 1,
  nature: 'claim',
  on: 'concentratedService',
  by: ['supervisor', 'admin'],
  args: z.strictObject({ on: day, reason: filledText(300) }),
  touches: () => ['endedOn'],
  decide(image: ConcentratedService, { on, reason }, ctx) {
    if (isChangedSince(image.endedOn, ctx.seen.endedOn))
      return meet(hallRules.endService, { refusal: { code: endChanged.code } })
    return applied([set('endedOn', on), set('endReason', reason)])
  },
})
