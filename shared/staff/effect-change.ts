import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import type { Profile } from '../profiles/profile.ts'
import { changeNeeds } from './change-needs.ts'
import type { StaffChange } from './staff-change.ts'
import type { Refused } from './refusals.ts'

/** What keeps a change of staff from taking effect (SSC 十二): consent or filing (SZIT 四.3(2) 备案), a successor with a day, no case left behind. */
export function changeFault(image: StaffChange, openCases: number, profile: Profile | null): Refused | null {
  if (image.state === 'asked') return { code: 'staffChange.noConsent', facts: { needs: changeNeeds(profile) } }
  if (image.state !== 'consented') return { code: 'staffChange.state', facts: {} }
  if (!image.successor) return { code: 'staffChange.noSuccessor', facts: {} }
  return openCases > 0 ? { code: 'staffChange.openCases', facts: { count: openCases } } : null
}

/** 更换生效: ends one person's service and begins the other's on the day named; posts change in the same tap. */
export const effectChange = command({
  type: 'staffChange.effect',
  v: 1,
  nature: 'claim',
  on: 'staffChange',
  by: ['supervisor', 'admin'],
  /** Open cases of the person at the window, as the server counted them at the tap. */
  args: z.strictObject({ openCases: z.int().min(0).max(100_000) }),
  touches: () => ['state'],
  decide(image: StaffChange, { openCases }, ctx) {
    const fault = changeFault(image, openCases, ctx.profile)
    if (fault) return rejected(fault)
    return applied([set('state', 'effective'), set('effectiveOn', image.successor?.on ?? null)])
  },
})
