import { z } from 'zod'

const moment = z.number()

/** A case under way as supervisors count them: what its limit is derived from, nothing personal. */
export const OpenCase = z.strictObject({
  id: z.string(),
  number: z.string(),
  itemName: z.string(),
  windowId: z.string(),
  handlerName: z.string(),
  state: z.string(),
  acceptedAt: moment.nullable(),
  promise: z.strictObject({ on: z.string(), workingDays: z.number() }).nullable(),
  acts: z.array(z.strictObject({ type: z.string(), at: moment, from: z.string().nullable() })),
  pauses: z.array(z.strictObject({ from: moment, to: moment.nullable() })),
})
export type OpenCase = z.infer<typeof OpenCase>

/** At most this many are told; `count` is how many there are. */
export const mostOpenCases = 5000

/** Open cases of a hall, or of one of its windows. */
export const OpenCases = z.strictObject({ count: z.number(), cases: z.array(OpenCase) })
export type OpenCases = z.infer<typeof OpenCases>
export const OpenCasesQuery = z.strictObject({ windowId: z.string().max(64).optional() })
