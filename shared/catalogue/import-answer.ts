import { z } from 'zod'
import { Item } from '../profiles/item-sheet.ts'
import { Profile } from '../profiles/profile.ts'

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

const Change = z.strictObject({
  code: z.string(),
  name: z.string(),
  fields: z.array(z.strictObject({ field: z.string(), before: z.string(), after: z.string() })),
})

/** What a file would change. Nothing is written: the browser publishes `items` (and adopts `profile`) as commands. */
export const ImportPreview = z.strictObject({
  rows: z.int(),
  adds: z.array(z.strictObject({ code: z.string(), name: z.string() })),
  changes: z.array(Change),
  same: z.int(),
  /** The first 500, where reading stops; with any error `items` is empty. */
  errors: z.array(ImportError),
  errorCount: z.int(),
  /** Sheets to publish, each under its next version. */
  items: z.array(Item),
  profile: Profile.nullable(),
})
export type ImportPreview = z.infer<typeof ImportPreview>

/** The answer of the import route: the preview, and how the file was read. */
export const ImportAnswer = ImportPreview.extend({
  file: z.string(),
  format: z.enum(['xlsx', 'csv', 'profile']),
  encoding: z.string().nullable(),
  /** SHA-256 of the file: the same file gives the same preview. */
  sha256: z.string(),
})
export type ImportAnswer = z.infer<typeof ImportAnswer>
