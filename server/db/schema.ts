/** Gathers the tables of all rooms, for drizzle-kit and for the pool. */
export { hall } from './columns.ts'
export { aggKind, commandLog, hallClock, scopeDigest, scopeIndex, syncStream } from './record.ts'
export { account, attempt, device, enrolCode, lane, offlineGrant, serverKey, session } from '../auth/table.ts'
export { cases } from '../cases/table.ts'
export { items } from '../catalogue/table.ts'
export { calendars, posts, profiles } from '../halls/table.ts'
export { handovers } from '../handover/table.ts'
export { outcomes } from '../sync/table.ts'
