import { sql } from 'drizzle-orm'
import { index, primaryKey, text } from 'drizzle-orm/pg-core'
import { aggregate, hall } from '../db/columns.ts'

/** 交接班. The image is the handover of shared/handover. */
export const handovers = hall.table(
  'handovers',
  {
    ...aggregate(),
    windowId: text().generatedAlwaysAs(sql`image->>'windowId'`),
  },
  (t) => [primaryKey({ columns: [t.hallId, t.id] }), index().on(t.hallId, t.windowId)],
)
