import { z } from 'zod'

/** One place where a file is wrong: which row and column, what should be there and what is. */
export const ImportError = z.strictObject({
  file: z.string(),
  sheet: z.string(),
  /** As the spreadsheet numbers it, from 1; null for the file as a whole. */
  row: z.int().nullable(),
  column: z.string(),
  expected: z.string(),
  found: z.string(),
})
export type ImportError = z.infer<typeof ImportError>

/** One entry that a file changes: what stands now and what would, field by field. */
export const ImportChange = z.strictObject({
  code: z.string(),
  name: z.string(),
  fields: z.array(z.strictObject({ field: z.string(), before: z.string(), after: z.string() })),
})
export type ImportChange = z.infer<typeof ImportChange>
