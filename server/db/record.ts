import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, jsonb, primaryKey, smallint, text, unique, uuid } from 'drizzle-orm/pg-core'
import { bytes, hall, moment, regclass } from './columns.ts'

/**
 * One row a hall: the epoch, the last position given out and the head of the hall's chain (sync.md 4.1, §7). Up to
 * `horizon` the entries of what left a scope are gone: a cursor before it begins again as a snapshot (4.5).
 */
export const hallClock = hall.table('hall_clock', {
  hallId: text().primaryKey(),
  epoch: uuid().notNull(),
  pos: bigint({ mode: 'number' }).notNull(),
  head: bytes().notNull(),
  horizon: bigint({ mode: 'number' }).notNull().default(0),
})

/** One life of one tablet's store; branch 0 is the stream itself, others are forks. `chain` = hash of its last envelope. */
export const syncStream = hall.table(
  'sync_stream',
  {
    streamId: text().notNull(),
    branch: smallint().notNull(),
    hallId: text().notNull(),
    deviceId: text().notNull(),
    lane: text(),
    lastSeq: integer().notNull(),
    chain: bytes().notNull(),
    closedAt: moment(),
  },
  (t) => [primaryKey({ columns: [t.streamId, t.branch] }), index().on(t.hallId, t.deviceId)],
)

/** The log: every command ever decided, in the hall's order, chained (sync.md 3.1, reliability.md §5). Written by `append_batch` only. */
export const commandLog = hall.table(
  'command_log',
  {
    hallId: text().notNull(),
    pos: bigint({ mode: 'number' }).notNull(),
    cmdId: uuid().notNull().unique(),
    streamId: text().notNull(),
    branch: smallint().notNull(),
    seq: integer().notNull(),
    kind: text().notNull(),
    aggId: text().notNull(),
    type: text().notNull(),
    actorId: text(),
    role: text(),
    windowId: text(),
    carrierId: text(),
    online: boolean().notNull(),
    wall: bigint({ mode: 'number' }),
    lo: bigint({ mode: 'number' }),
    hi: bigint({ mode: 'number' }),
    receivedAt: moment().notNull(),
    outcome: text().notNull(),
    code: text(),
    detail: jsonb(),
    ver: integer().notNull(),
    envelope: text().notNull(),
    hash: bytes().notNull(),
    sig: text().notNull(),
    verdict: text().notNull(),
    pii: jsonb(),
    link: bytes().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.hallId, t.pos] }),
    unique().on(t.streamId, t.branch, t.seq),
    index().on(t.hallId, t.kind, t.aggId, t.pos),
    index().on(t.hallId, t.outcome, t.pos),
    // What tablets sent again after a restore (sync.md 3.5): few rows ever, asked for by device.
    index('command_log_resent')
      .on(t.streamId, t.branch)
      .where(sql`verdict like '%"prior":%'`),
  ],
)

/** Which aggregate stands in which scope, at the position of its last change; one entry each, so it compacts itself (sync.md 4.2). */
export const scopeIndex = hall.table(
  'scope_index',
  {
    hallId: text().notNull(),
    scope: text().notNull(),
    aggId: text().notNull(),
    kind: text().notNull(),
    pos: bigint({ mode: 'number' }).notNull(),
    ver: integer().notNull(),
    op: text().$type<'set' | 'leave'>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.hallId, t.scope, t.aggId, t.kind] }),
    unique().on(t.hallId, t.scope, t.pos, t.aggId),
    index()
      .on(t.hallId, t.pos)
      .where(sql`op = 'leave'`),
  ],
)

/** Count and XOR of the hashes of the rows that stand in a scope, which a tablet compares with what it holds (sync.md 4.6). */
export const scopeDigest = hall.table(
  'scope_digest',
  {
    hallId: text().notNull(),
    scope: text().notNull(),
    n: bigint({ mode: 'number' }).notNull(),
    x: bigint({ mode: 'bigint' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.hallId, t.scope] })],
)

/** Which table holds a kind's images: `append_batch` takes table names from here and never from a batch. */
export const aggKind = hall.table('agg_kind', { kind: text().primaryKey(), tbl: regclass().notNull() })
