import { primaryKey } from 'drizzle-orm/pg-core'
import { aggregate, hall } from '../db/columns.ts'

/** Answers of authors to acts that were not accepted. The image is the record of shared/sync. */
export const outcomes = hall.table('outcomes', aggregate(), (t) => [primaryKey({ columns: [t.hallId, t.id] })])
