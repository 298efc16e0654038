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

/** 阶段性集中服务 (NBU-2): a unit without a window, its dates and hours. */
export const concentratedServices = hall.table('concentrated_services', aggregate(), (t) => [
  primaryKey({ columns: [t.hallId, t.id] }),
])

/** 窗口调整 (SSC-7, NBU-3): application, decision and effective date. */
export const windowChanges = hall.table('window_changes', aggregate(), (t) => [
  primaryKey({ columns: [t.hallId, t.id] }),
])

/** 窗口轮流 (SZIT-2, NBU-17): which unit keeps a joint window, from a day to a day. */
export const windowTurns = hall.table('window_turns', aggregate(), (t) => [primaryKey({ columns: [t.hallId, t.id] })])
