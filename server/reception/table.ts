import { primaryKey } from 'drizzle-orm/pg-core'
import { aggregate, hall } from '../db/columns.ts'

/** 首问 (NBU-6, REF-CQ3): a matter and its first-contact person until it is answered. */
export const contacts = hall.table('contacts', aggregate(), (t) => [primaryKey({ columns: [t.hallId, t.id] })])
