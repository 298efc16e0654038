import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import { day } from '../core/text.ts'
import type { Slot } from './slot.ts'
import { slotNotOver } from './slot-refusals.ts'

/** 归档 of a slot whose day is long over: it leaves the tablets and stays in the record (sync.md 4.2). */
export const slotArchive = command({
  type: 'slot.archive',
  v: 1,
  nature: 'claim',
  on: 'slot',
  by: ['system'],
  args: z.strictObject({ before: day }),
  decide(image: Slot, { before }) {
    return image.day < before && !image.archived
      ? applied([set('archived', true)])
      : rejected({ code: slotNotOver.code })
  },
})
