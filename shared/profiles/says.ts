import { z } from 'zod'
import { line } from './text.ts'

/** Where the regulation says it (`ZJJ-27`); null where it is silent and the value is 本厅约定. */
const Cite = line(40).nullable()

/** A setting: its value, and the article that says it. */
export const says = <Value extends z.ZodType>(value: Value) => z.strictObject({ value, cite: Cite })
