import { primaryKey } from 'drizzle-orm/pg-core'
import { aggregate, hall } from '../db/columns.ts'

/** 学生助理 (SZIT-8): application, selection, training, end of service. */
export const assistants = hall.table('assistants', aggregate(), (t) => [primaryKey({ columns: [t.hallId, t.id] })])

/** 例会 (ZJJ-10): who came, minutes, tasks with dates. */
export const meetings = hall.table('meetings', aggregate(), (t) => [primaryKey({ columns: [t.hallId, t.id] })])

/** 机构任职 (REF-CH): an office, who holds it and for which term. */
export const offices = hall.table('offices', aggregate(), (t) => [primaryKey({ columns: [t.hallId, t.id] })])

/** 人员档案 (SSC-9, ZJJ-5): a person of the hall, unit, conditions and training. */
export const people = hall.table('people', aggregate(), (t) => [primaryKey({ columns: [t.hallId, t.id] })])

/** 人员更换 (SSC-12, ZJJ-30): reason, consent, successor, open cases handed over. */
export const staffChanges = hall.table('staff_changes', aggregate(), (t) => [primaryKey({ columns: [t.hallId, t.id] })])
