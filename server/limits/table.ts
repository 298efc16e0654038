import { primaryKey } from 'drizzle-orm/pg-core'
import { aggregate, hall } from '../db/columns.ts'

/** 收工 (SSC-21): the matters of a window's day and what was answered for. */
export const dayCloses = hall.table('day_closes', aggregate(), (t) => [primaryKey({ columns: [t.hallId, t.id] })])
