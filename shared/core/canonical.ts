/** A JSON value as commands and images may hold it: no fractions, so that every engine writes the same bytes. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/**
 * Canonical JSON text (RFC 8785 for integers and strings): keys sorted by UTF-16 unit, no white space.
 * Throws on fractions, unsafe integers, lone surrogates, NUL and `undefined`, which the record cannot hold.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return canonicalNumber(value)
  if (typeof value === 'string') return canonicalString(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object') return canonicalObject(value as Record<string, unknown>)
  throw new TypeError(`not a JSON value: ${typeof value}`)
}

function canonicalNumber(value: number): string {
  if (!Number.isSafeInteger(value)) throw new TypeError('only safe integers are canonical')
  return Object.is(value, -0) ? '0' : String(value)
}

function canonicalString(value: string): string {
  if (!isStorable(value)) throw new TypeError('text is not well formed')
  return JSON.stringify(value)
}

function canonicalObject(value: Record<string, unknown>): string {
  let members = ''
  for (const key of Object.keys(value).sort()) {
    const member = value[key]
    if (member === undefined) continue
    members += `${members === '' ? '' : ','}${canonicalString(key)}:${canonicalJson(member)}`
  }
  return `{${members}}`
}

// Nearly no text has any of these: one cheap look before the careful one.
const suspect = /[\0\uD800-\uDFFF]/
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

/** Whether Postgres can keep the text: no NUL (22P05) and no lone surrogate (22P02). */
export function isStorable(text: string): boolean {
  return !suspect.test(text) || (!text.includes('\u0000') && !loneSurrogate.test(text))
}
