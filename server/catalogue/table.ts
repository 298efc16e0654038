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

/** 窗口自印的服务指南 (SSC-17): which sheet's version lies where, and how many. */
export const guides = hall.table('guides', aggregate(), (t) => [primaryKey({ columns: [t.hallId, t.id] })])
