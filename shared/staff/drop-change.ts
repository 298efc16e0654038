import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import { filledText } from '../core/text.ts'
import type { StaffChange } from './staff-change.ts'

/** 撤销更换: it is not followed further; what was said stays on record. */
export const dropChange = command({
  type: 'staffChange.drop',
  v: 1,
  nature: 'claim',
  on: 'staffChange',
  by: ['supervisor', 'admin'],
  personal: ['why'],
  args: z.strictObject({ why: filledText(300) }),
  touches: () => ['state'],
  decide(image: StaffChange, { why }) {
    if (image.state !== 'asked' && image.state !== 'consented') return rejected({ code: 'staffChange.state' })
    return applied([set('state', 'dropped'), set('pii.dropped', why)])
  },
})
