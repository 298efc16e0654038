import { sql } from 'drizzle-orm'
import { index, primaryKey, text } from 'drizzle-orm/pg-core'
import { aggregate, hall } from '../db/columns.ts'

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

/** 关注事项 (NBU-5): who wants to hear of changes. */
export const follows = hall.table('follows', aggregate(), (t) => [primaryKey({ columns: [t.hallId, t.id] })])

/** 窗口自印指南 (SSC-17): what is printed and where it is put. */
export const guides = hall.table('guides', aggregate(), (t) => [primaryKey({ columns: [t.hallId, t.id] })])
