import { sql } from 'drizzle-orm'
import { index, integer, jsonb, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { aggregate, hall, moment } from '../db/columns.ts'

/** 服务事项, one row a version of an item. The image is the item of shared/catalogue. */
export const items = hall.table(
  'items',
  {
    ...aggregate(),
    code: text().generatedAlwaysAs(sql`image->>'code'`),
    version: text().generatedAlwaysAs(sql`image->>'version'`),
  },
  (t) => [primaryKey({ columns: [t.hallId, t.id] }), index().on(t.hallId, t.code)],
)

/** 窗口自印的服务指南 (SSC-17): which sheet's version lies where, and how many. */
export const guides = hall.table('guides', aggregate(), (t) => [primaryKey({ columns: [t.hallId, t.id] })])

/**
 * 邮件订阅 (NBU-5): an address that its reader has confirmed, and the items it follows by code, as asked for last at
 * `askedAt`. `since`: the day from which news are sent; `told`: ids of those that were. While somebody sends to it, and
 * for longer with each of its `tries` in vain, `tryingUntil` keeps others off.
 */
export const mailFollows = hall.table(
  'mail_follow',
  {
    hallId: text().notNull(),
    id: text().notNull(),
    email: text().notNull(),
    codes: jsonb().$type<string[]>().notNull(),
    told: jsonb().$type<string[]>().notNull(),
    since: text().notNull(),
    askedAt: moment().notNull(),
    tries: integer().notNull().default(0),
    tryingUntil: moment(),
  },
  (t) => [primaryKey({ columns: [t.hallId, t.id] }), unique().on(t.hallId, t.email)],
)
