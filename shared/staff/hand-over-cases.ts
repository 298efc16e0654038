import { z } from 'zod'
import { command } from '../core/command.ts'
import { add, applied, rejected } from '../core/outcome.ts'
import { filledText, plainId, uuid } from '../core/text.ts'
import type { StaffChange } from './staff-change.ts'

/** 移交办件: the open cases given to the successor in the same tap, by number (SSC 十二 保证窗口工作连续性). */
export const handOverCases = command({
  type: 'staffChange.handOver',
  v: 1,
  nature: 'claim',
  on: 'staffChange',
  by: ['supervisor', 'admin'],
  args: z.strictObject({
    cases: z
      .array(z.strictObject({ caseId: uuid, number: plainId, itemName: filledText(80) }))
      .min(1)
      .max(100),
  }),
  decide(image: StaffChange, { cases }, ctx) {
    if (!image.successor) return rejected({ code: 'staffChange.noSuccessor' })
    const known = new Set(image.handed.map(({ caseId }) => caseId))
    const fresh = cases.filter(({ caseId }) => !known.has(caseId))
    return applied(fresh.map((one) => add('handed', { ...one, act: ctx.cmdId, at: ctx.at })))
  },
})
