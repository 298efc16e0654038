import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import { kindTables } from './kinds.ts'
import * as schema from './schema.ts'

const { hall, aggKind, commandLog, hallClock, scopeDigest, scopeIndex, syncStream, ...others } = schema

const record: PgTable[] = [
  aggKind,
  commandLog,
  hallClock,
  scopeDigest,
  scopeIndex,
  syncStream,
  ...Object.values(kindTables),
]
const ordinary: PgTable[] = Object.values<PgTable>(others).filter((table) => !record.includes(table))

const names = (tables: readonly PgTable[]): string =>
  tables.map((table) => `"${hall.schemaName}"."${getTableConfig(table).name}"`).join(', ')

/** Names of the tables the application may only read: the record. */
export const recordTables = record.map((table) => getTableConfig(table).name)

/**
 * What the server's role may do (sync.md 3.1): read the record and add to it by the definer functions; the ordinary
 * tables in full. Said anew at each start, so a new table cannot be forgotten.
 */
export const grantsTo = (role: string): string => {
  const who = `"${role.replaceAll('"', '""')}"`
  return `
    grant usage on schema hall, drizzle to ${who};
    revoke all on all tables in schema hall, drizzle from ${who};
    grant select on drizzle.__drizzle_migrations, ${names(record)} to ${who};
    grant select, insert, update, delete on ${names(ordinary)} to ${who};
    grant execute on function hall.append_batch(jsonb), hall.open_hall(text, uuid), hall.open_stream(jsonb),
      hall.forget_leaves(text, timestamptz),
      hall.lane_code(integer), hall.free_lanes(text, integer), hall.open_branch(jsonb),
      hall.close_stream(jsonb) to ${who};
  `
}
