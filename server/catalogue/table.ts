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
