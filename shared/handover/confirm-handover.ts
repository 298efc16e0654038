import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { applied, flag, rejected, set } from '../core/outcome.ts'
import { refusal, type RefusalKind } from '../core/refusal.ts'
import { filledText, plainId } from '../core/text.ts'
import { handoverRules } from './merge.ts'
import type { Handover } from './handover.ts'

/** Someone else took this shift over first. */
export const alreadyConfirmed = refusal('handover.alreadyConfirmed', {
  cite: 'ZJJ-19',
  say: (facts) => `这一班已由${String(facts.holder)}接下。`,
})

/** Nobody takes a shift over from themselves: both persons sign (ZJJ-19). */
export const samePerson = refusal('handover.samePerson', {
  cite: 'ZJJ-19',
  say: () => '交班人和接班人不能是同一个人。',
})

/** Sentences of refusals and flags of this room, by code. */
export const handoverSentences: RefusalKind[] = [
  alreadyConfirmed,
  samePerson,
  refusal('notAsListed', { cite: 'SSC-30', say: (facts) => `有 ${String(facts.count)} 项与交班清单不符，已写明。` }),
]

/** 接班: the incoming person signs for every line, and writes what is not as listed (ZJJ-19, OFF-5). */
export const confirmHandover = command({
  type: 'handover.confirm',
  v: 1,
  nature: 'claim',
  on: 'handover',
  by: ['roleA', 'roleB'],
  args: z.strictObject({
    remarks: z.array(z.strictObject({ lineId: plainId, remark: filledText(300) })).max(200),
  }),
  touches: () => ['state'],
  decide(image: Handover, { remarks }, ctx) {
    if (image.state === 'confirmed') {
      return meet(handoverRules.confirm, {
        refusal: { code: alreadyConfirmed.code, facts: { holder: image.to?.actorName ?? '' } },
      })
    }
    if (image.from.actorId === ctx.actorId) return rejected({ code: samePerson.code })
    const known = remarks.filter((line) => image.lines.some((item) => item.id === line.lineId))
    return applied(
      [
        set('state', 'confirmed'),
        set('to', { actorId: ctx.actorId, actorName: ctx.actorName, role: ctx.role }),
        set('confirmedAt', ctx.at),
        set('remarks', Object.fromEntries(known.map((line) => [line.lineId, line.remark]))),
      ],
      known.length > 0 ? [flag('SSC-30', 'notAsListed', { count: known.length })] : [],
    )
  },
})
