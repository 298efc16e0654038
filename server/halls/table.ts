import { sql } from 'drizzle-orm'
import { index, primaryKey, text } from 'drizzle-orm/pg-core'
import { aggregate, hall } from '../db/columns.ts'

/** The regulation profile of a hall, one row a version. */
export const profiles = hall.table('profiles', aggregate(), (t) => [primaryKey({ columns: [t.hallId, t.id] })])

/** 工作日 calendar of a hall, one row a version. It stands here because a ▪ folder has no table of its own. */
export const calendars = hall.table('calendars', aggregate(), (t) => [primaryKey({ columns: [t.hallId, t.id] })])

/** 岗位: who holds which role at which window. */
export const posts = hall.table(
  'posts',
  {
    ...aggregate(),
    personId: text().generatedAlwaysAs(sql`image->>'personId'`),
    windowId: text().generatedAlwaysAs(sql`image->>'windowId'`),
  },
  (t) => [
    primaryKey({ columns: [t.hallId, t.id] }),
    index().on(t.hallId, t.personId),
    index().on(t.hallId, t.windowId),
  ],
)
