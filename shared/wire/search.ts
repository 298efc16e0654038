import { z } from 'zod'
import { text } from '../core/text.ts'

const moment = z.number()

/** The most cases of one page of a search. */
export const searchPage = 30

/** A search over all of a hall's cases: what was typed, and the place after which the next page begins. */
export const SearchQuery = z.strictObject({
  q: text(60).pipe(z.string().min(2, '请至少输入两个字')),
  after: z
    .string()
    .regex(/^-?\d{1,16}~[\w:@.\-一-鿿]{1,128}$/)
    .optional(),
})
export type SearchQuery = z.infer<typeof SearchQuery>

/** A case as the list of finds shows it; number and telephone are covered before they leave the server (REF-PRIV). */
export const FoundCase = z.strictObject({
  id: z.string(),
  number: z.string(),
  itemName: z.string(),
  windowId: z.string(),
  state: z.string(),
  name: z.string(),
  studentNo: z.string(),
  receivedAt: moment,
  endedAt: moment.nullable(),
  handlerName: z.string(),
})
export type FoundCase = z.infer<typeof FoundCase>

/** One page of finds, the newest first; `next` is where the following page begins, null at the end. */
export const SearchAnswer = z.strictObject({ rows: z.array(FoundCase), next: z.string().nullable() })
export type SearchAnswer = z.infer<typeof SearchAnswer>

/** One case as the server has it, with the sheet it was received under: a tablet or PC may hold it no more. */
export const CaseAnswer = z.strictObject({
  image: z.record(z.string(), z.unknown()),
  item: z.record(z.string(), z.unknown()).nullable(),
})
export type CaseAnswer = z.infer<typeof CaseAnswer>
