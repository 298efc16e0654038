import { z } from 'zod'

/** Open cases of a person at a window, by number: what goes to the successor (SSC 十二). */
export const OpenCasesAnswer = z.strictObject({
  rows: z.array(z.strictObject({ caseId: z.string(), number: z.string(), itemName: z.string() })),
})
export type OpenCasesAnswer = z.infer<typeof OpenCasesAnswer>
