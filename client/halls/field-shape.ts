import type { z } from 'zod'
import { Settings } from '../../shared/profiles/settings.ts'

/** How a part of a setting is edited, read from the schema that also checks it: one definition for both. */
export type Shape =
  | { kind: 'text'; isLong: boolean }
  | { kind: 'number' }
  | { kind: 'yesNo' }
  | { kind: 'fixed' }
  | { kind: 'choice'; options: readonly string[] }
  | { kind: 'ticks'; options: readonly (string | number)[] }
  | { kind: 'list'; of: z.ZodType; fresh: unknown }
  | { kind: 'maybe'; of: z.ZodType; fresh: unknown }
  | { kind: 'group'; parts: readonly { key: string; schema: z.ZodType }[] }

interface Def {
  type: string
  innerType?: z.ZodType
  in?: z.ZodType
  element?: z.ZodType
  shape?: Record<string, z.ZodType>
  entries?: Record<string, string>
}

const defOf = (schema: z.ZodType): Def => schema.def

/** The schema itself, without what only wraps it (a default, a pipe). */
function bare(schema: z.ZodType): z.ZodType {
  const { type, innerType, in: from } = defOf(schema)
  if ((type === 'default' || type === 'prefault' || type === 'optional') && innerType) return bare(innerType)
  return type === 'pipe' && from ? bare(from) : schema
}

/** The schema of a setting's value, without its article. */
export function valueSchemaOf(key: keyof Settings): z.ZodType {
  const value = defOf(bare(Settings.shape[key])).shape?.['value']
  if (!value) throw new Error(`the setting ${key} has no value`)
  return value
}

/** A value to begin with when a part is added. */
export function freshOf(schema: z.ZodType): unknown {
  const shape = shapeOf(schema)
  switch (shape.kind) {
    case 'text':
      return ''
    case 'number':
      return 1
    case 'yesNo':
      return false
    case 'choice':
      return shape.options[0]
    case 'ticks':
    case 'list':
      return []
    case 'group':
      return Object.fromEntries(shape.parts.map(({ key, schema: part }) => [key, freshOf(part)]))
    default:
      return null
  }
}

const longText = 60
const weekdays = [1, 2, 3, 4, 5, 6, 7]

function listShape(element: z.ZodType): Shape {
  const of = bare(element)
  const { type, entries } = defOf(of)
  if (type === 'enum' && entries) return { kind: 'ticks', options: Object.values(entries) }
  if (type === 'number') return { kind: 'ticks', options: weekdays }
  return { kind: 'list', of, fresh: freshOf(of) }
}

/** One value: text, number, yes or no, one of several; undefined for what has parts. */
function plainShape(own: z.ZodType): Shape | undefined {
  const { type, entries } = defOf(own)
  if (type === 'string') return { kind: 'text', isLong: ((own as z.ZodString).maxLength ?? 0) > longText }
  if (type === 'number') return { kind: 'number' }
  if (type === 'boolean') return { kind: 'yesNo' }
  return type === 'enum' && entries ? { kind: 'choice', options: Object.values(entries) } : undefined
}

/** How a schema's value is edited. */
export function shapeOf(schema: z.ZodType): Shape {
  const own = bare(schema)
  const { type, innerType, element, shape } = defOf(own)
  const plain = plainShape(own)
  if (plain) return plain
  if (type === 'nullable' && innerType) return { kind: 'maybe', of: innerType, fresh: freshOf(innerType) }
  if (type === 'array' && element) return listShape(element)
  if (!shape) return { kind: 'fixed' }
  return { kind: 'group', parts: Object.entries(shape).map(([key, part]) => ({ key, schema: part })) }
}
