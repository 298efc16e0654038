import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import { day, filledText, text } from '../core/text.ts'
import { changeNeeds } from './change-needs.ts'
import type { StaffChange } from './staff-change.ts'

/** 同意或不同意更换: the centre's answer (SSC 十二 应征得师生服务中心同意); or 备案, where nothing more is asked (SZIT 四.3(2)). */
export const consentChange = command({
  type: 'staffChange.consent',
  v: 1,
  nature: 'claim',
  on: 'staffChange',
  by: ['supervisor', 'admin'],
  args: z.strictObject({ isGiven: z.boolean(), by: filledText(60), on: day, note: text(300) }),
  touches: () => ['state'],
  decide(image: StaffChange, consent, ctx) {
    if (image.state !== 'asked') return rejected({ code: 'staffChange.state' })
    if (!consent.isGiven && changeNeeds(ctx.profile) === 'filing') return rejected({ code: 'staffChange.filingOnly' })
    return applied([set('consent', consent), set('state', consent.isGiven ? 'consented' : 'declined')])
  },
})
