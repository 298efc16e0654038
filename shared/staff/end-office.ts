import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import { day, filledText } from '../core/text.ts'
import type { Office } from './office.ts'

/** 卸任: the last day and why; the record stays. */
export const endOffice = command({
  type: 'office.end',
  v: 1,
  nature: 'claim',
  on: 'office',
  by: ['supervisor', 'admin'],
  args: z.strictObject({ on: day, reason: filledText(200) }),
  touches: () => ['end'],
  decide(image: Office, end) {
    return image.end ? rejected({ code: 'office.ended' }) : applied([set('end', end)])
  },
})
