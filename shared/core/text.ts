import { z } from 'zod'
import { isStorable, type Json } from './canonical.ts'

const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u0085\u2028\u2029]/

/** One line or paragraph typed by a person: NFC, well formed, no control characters but tab and line feed (X6, X7). */
export const text = (max: number) =>
  z
    .string()
    .max(max, `最多 ${String(max)} 个字`)
    .refine((value) => isStorable(value) && !control.test(value), '含有不能保存的字符')
    .transform((value) => value.normalize('NFC').trim())

/** The same, and not empty once trimmed. */
export const filledText = (max: number) => text(max).pipe(z.string().min(1, '不能为空'))

const reserved = new Set(['__proto__', 'constructor', 'prototype'])

/** A key or id from outside: short, plain, and never a name that reaches a prototype (X5). */
export const plainId = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w:@.\-一-鿿]+$/, '编号格式不对')
  .refine((value) => !reserved.has(value), '编号格式不对')

/** UUID text in lower case. */
export const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, '编号格式不对')

/** The hall's local day, `YYYY-MM-DD`. */
export const day = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, '日期格式应为 2026-11-20')

/** Milliseconds since 1970, UTC; negative and far values stay possible, since a tablet's clock may say anything (I19). */
export const instant = z.int().min(-8_640_000_000_000_000).max(8_640_000_000_000_000)

/** A value read by JSON.parse: its shape is checked by whoever knows what it should be. */
export const jsonValue = z.unknown() as z.ZodType<Json>
