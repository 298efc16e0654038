import { sql } from 'drizzle-orm'
import { bigint, index, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { aggregate, hall } from '../db/columns.ts'

// What a search reads (REF-PRIV): beside the image, since reading 10,000 images for one name takes a quarter of a second
// and these a thousandth. A value lawfully erased from the image is gone from them with it.
const part = (path: string) => `coalesce(image #>> '{${path}}', '')`
const findable = ['number', 'ticket', 'began,number', 'itemName', 'pii,studentNo', 'pii,name'].map(part)

/** 办件. The image is the case of shared/cases; the generated columns serve lists and reports, nothing writes them. */
export const cases = hall.table(
  'cases',
  {
    ...aggregate(),
    state: text().generatedAlwaysAs(sql`image->>'state'`),
    windowId: text().generatedAlwaysAs(sql`image->>'windowId'`),
    number: text().generatedAlwaysAs(sql`image->>'number'`),
    receivedAt: bigint({ mode: 'number' }).generatedAlwaysAs(sql`(image ->> 'receivedAt')::bigint`),
    studentName: text().generatedAlwaysAs(sql`image #>> '{pii,name}'`),
    findable: text().generatedAlwaysAs(sql.raw(`lower(${findable.join(" || E'\\n' || ")})`)),
  },
  (t) => [
    primaryKey({ columns: [t.hallId, t.id] }),
    index().on(t.hallId, t.windowId, t.state),
    index().on(t.hallId, t.receivedAt, t.id),
    index().on(t.hallId, t.studentName),
    uniqueIndex().on(t.hallId, t.number),
    // Receipts of one student and item are looked for after every receipt (sync.md §6).
    index('cases_twins_index').on(
      t.hallId,
      sql`(image #>> '{pii,studentNo}')`,
      sql`(image ->> 'itemCode')`,
      sql`((image ->> 'receivedAt')::bigint)`,
    ),
  ],
)

/** 预约时段 (NBU-8): capacity of an item on a day, and who booked. */
export const slots = hall.table('slots', aggregate(), (t) => [primaryKey({ columns: [t.hallId, t.id] })])
