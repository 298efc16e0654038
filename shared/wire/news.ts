import { z } from 'zod'
import { PublicHall } from './public.ts'

/** One field of a sheet, what it said and what it says now. */
const Change = z.strictObject({ key: z.string(), label: z.string(), before: z.string(), after: z.string() })

/** What changed lately in a hall's items, for anybody (NBU-5). */
export const PublicNews = z.strictObject({
  hall: PublicHall,
  entries: z.array(
    z.strictObject({
      id: z.string(),
      what: z.enum(['added', 'changed', 'retired']),
      on: z.string(),
      itemId: z.string(),
      code: z.string(),
      name: z.string(),
      version: z.int(),
      changes: z.array(Change),
    }),
  ),
})
export type PublicNews = z.infer<typeof PublicNews>
