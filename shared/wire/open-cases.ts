import { z } from 'zod'

/** A case under way as supervisors count them: what it was promised and received under, nothing personal. */
export const OpenCase = z.strictObject({
  id: z.string(),
  number: z.string(),
  itemId: z.string(),
  itemName: z.string(),
  windowId: z.string(),
  state: z.string(),
  handlerName: z.string(),
  receivedAt: z.number(),
  dueOn: z.string().nullable(),
  workingDays: z.number().nullable(),
})
export type OpenCase = z.infer<typeof OpenCase>

/** At most this many are told; `count` is how many there are. */
export const mostOpenCases = 5000

/** Open cases of a hall, or of one of its windows. */
export const OpenCases = z.strictObject({ count: z.number(), cases: z.array(OpenCase) })
export type OpenCases = z.infer<typeof OpenCases>
export const OpenCasesQuery = z.strictObject({ windowId: z.string().max(64).optional() })
