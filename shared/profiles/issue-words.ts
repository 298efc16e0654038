import type { z } from 'zod'

/** One place where a profile, an item or a spreadsheet row is wrong. */
export interface ProfileError {
  readonly file: string
  /** `windows[3].unitIds[0]`, `items[2].name`; empty for the file as a whole. */
  readonly path: string
  /** What should be there, a Chinese sentence. */
  readonly expected: string
  /** What is there, as short JSON. */
  readonly found: string
}

const TYPES: Record<string, string> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: '是或否（true / false）',
  array: '列表',
  object: '一组字段',
  null: '空值 null',
}

const SHORT = 60

const sized = (origin: string, limit: string, word: string): string => {
  if (origin === 'string') return `应${word} ${limit} 个字`
  if (origin === 'array') return `应${word} ${limit} 项`
  return `应${word} ${limit}`
}

/** What a schema issue asks for, as a Chinese sentence. */
export function expectedOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `应是${TYPES[issue.expected] ?? issue.expected}`
    case 'too_small':
      return sized(issue.origin, String(issue.minimum), '不少于')
    case 'too_big':
      return sized(issue.origin, String(issue.maximum), '不多于')
    case 'invalid_value':
      return `应是其中之一：${issue.values.map(String).join('、')}`
    case 'unrecognized_keys':
      return `没有这样的字段：${issue.keys.join('、')}`
    default:
      return issue.message
  }
}

/** A path of keys and indexes as `windows[3].unitIds[0]`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${String(key)}]`
    return text === '' ? String(key) : `${text}.${String(key)}`
  }, '')
}

/** The value at a path, undefined where there is none. */
export function valueAt(source: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    return (value as Record<PropertyKey, unknown>)[key]
  }, source)
}

const jsonOf = (value: unknown): string => {
  if (typeof value === 'function' || typeof value === 'symbol') return typeof value
  try {
    return JSON.stringify(value)
  } catch {
    return typeof value
  }
}

/** A value as JSON cut to about 60 characters; （缺少） when there is none. */
export function foundText(value: unknown): string {
  if (value === undefined) return '（缺少）'
  const chars = Array.from(jsonOf(value))
  return chars.length > SHORT ? `${chars.slice(0, SHORT).join('')}…` : chars.join('')
}

/** The error as one Chinese sentence for a person who edits the file. */
export function describe(error: ProfileError): string {
  const where = error.path === '' ? '整个文件' : error.path
  return `${error.file} 的 ${where}：${error.expected}，现在是 ${error.found}。`
}
