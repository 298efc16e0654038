import { z } from 'zod'
import { Item } from '../profiles/item-sheet.ts'
import { Profile } from '../profiles/profile.ts'
import { ImportChange, ImportError } from '../wire/import.ts'

/** What a file would change. Nothing is written: the browser publishes `items` (and adopts `profile`) as commands. */
export const ImportPreview = z.strictObject({
  rows: z.int(),
  adds: z.array(z.strictObject({ code: z.string(), name: z.string() })),
  changes: z.array(ImportChange),
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
