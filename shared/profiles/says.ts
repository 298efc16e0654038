import { z } from 'zod'
import { line } from './text.ts'

/** Where the regulation says it (`ZJJ-27`); null where it is silent and the value is 本厅约定. */
const Cite = line(40).nullable()

/** A setting: its value and the article that says it. */
export const says = <Value extends z.ZodType>(value: Value) => z.strictObject({ value, cite: Cite })

/** A setting that came later: profiles of before lack it and read as our proposal, 本厅约定. */
export const saysLater = <Value extends z.ZodType>(value: Value, proposed: z.input<Value>) => {
  const setting = says(value)
  // TypeScript cannot see that the input of a generic object is the object of its inputs.
  return setting.prefault({ value: proposed, cite: null } as z.input<typeof setting>)
}

/** A value the regulation states, with its article. */
export function said<const Value>(value: Value, cite: string): { value: Value; cite: string } {
  return { value, cite }
}

/** A value the regulation is silent on: 本厅约定. */
export function ours<const Value>(value: Value): { value: Value; cite: null } {
  return { value, cite: null }
}
