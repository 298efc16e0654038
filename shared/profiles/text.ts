import { z } from 'zod'

/** Lone surrogates, control characters and bidirectional overrides: Postgres, paper or the reader would trip over them. */
const UNCLEAN = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u

/** True when a text is well-formed Unicode with no control character or direction override in it. */
const isCleanText = (text: string): boolean => !UNCLEAN.test(text)

const clean = (max: number) =>
  z
    .string()
    .max(max)
    .refine(isCleanText, { error: '不能含控制字符或残缺的字' })
    .refine((text) => text === text.normalize('NFC'), { error: '应是规范写法的文字（NFC）' })

/** One line of text, 1–`max` characters, clean, with no blank at either end. */
export const line = (max: number) =>
  clean(max)
    .min(1)
    .refine((text) => text === text.trim(), { error: '首尾不能有空格' })

/** As `line`, but may be empty. */
export const lineOrEmpty = (max: number) =>
  clean(max).refine((text) => text === text.trim(), { error: '首尾不能有空格' })

const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** True for a day of the calendar written `YYYY-MM-DD`, years 2000–2099. */
const isDay = (text: string): boolean => {
  const parts = /^(20\d\d)-(0[1-9]|1[0-2])-([0-2]\d|3[01])$/.exec(text)
  if (!parts) return false
  const day = Number(parts[3])
  return day >= 1 && day <= daysInMonth(Number(parts[1]), Number(parts[2]))
}

/** The hall's local day, `YYYY-MM-DD`. */
export const Day = z.string().refine(isDay, { error: '应是存在的日期，写成 2026-09-01 的样子' })

/** An id inside a hall's data: small Latin letters, digits and hyphens. */
export const Slug = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, { error: '应是小写字母开头的编号（字母、数字、连字符，至多 40 个）' })

/** A version number, from 1. */
export const Version = z.int().min(1).max(9999)
