import { jsonb, primaryKey, text } from 'drizzle-orm/pg-core'
import { hall, moment } from '../db/columns.ts'

/** A key rescue files are locked for (sync.md 2.5): the newest is given out, older ones still open files for a time. */
export const rescueKey = hall.table(
  'rescue_key',
  {
    hallId: text().notNull(),
    id: text().notNull(),
    privateJwk: jsonb().$type<object>().notNull(),
    publicJwk: jsonb().$type<object>().notNull(),
    createdAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.hallId, t.id] })],
)
