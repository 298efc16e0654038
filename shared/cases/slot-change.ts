import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, set } from '../core/outcome.ts'
import { text } from '../core/text.ts'
import { byOf } from './rules.ts'
import { mostPlaces, type Slot } from './slot.ts'

/** 改名额、停约: fewer places than are taken only keeps new ones away; nobody loses theirs. */
export const slotChange = command({
  type: 'slot.change',
  v: 1,
  nature: 'claim',
  on: 'slot',
  by: ['roleA', 'supervisor', 'admin'],
  args: z.strictObject({ capacity: z.int().min(1).max(mostPlaces), isClosed: z.boolean(), reason: text(100) }),
  decide(_image: Slot, { capacity, isClosed, reason }, ctx) {
    return applied([set('capacity', capacity), set('closed', isClosed ? { reason, by: byOf(ctx) } : null)])
  },
})
