import { sql } from 'drizzle-orm'
import { boolean, index, integer, jsonb, primaryKey, text } from 'drizzle-orm/pg-core'
import { hall, madeNow, moment } from '../db/columns.ts'
import type { GrantedRole } from '../sync/store-verbs.ts'

/** A person who may sign in. The login is one over all halls, so that the sign-in form need not ask for the hall. */
export const account = hall.table(
  'account',
  {
    hallId: text().notNull(),
    id: text().notNull(),
    login: text().notNull().unique(),
    displayName: text().notNull(),
    kind: text().$type<'staff' | 'student' | 'supervisor'>().notNull(),
    passwordHash: text().notNull(),
    disabledAt: moment(),
    createdAt: madeNow(),
  },
  (t) => [primaryKey({ columns: [t.hallId, t.id] })],
)

/** A signed-in person on one device; the key is the SHA-256 of the opaque token, which is stored nowhere. */
export const session = hall.table(
  'session',
  {
    tokenHash: text().primaryKey(),
    hallId: text().notNull(),
    accountId: text().notNull(),
    deviceId: text(),
    createdAt: madeNow(),
    seenAt: moment().notNull(),
    expiresAt: moment().notNull(),
  },
  (t) => [index().on(t.hallId, t.accountId), index().on(t.expiresAt)],
)

/** An enrolled tablet, or the browser of a person signed in; with what it last told about itself (SUP-3). */
export const device = hall.table(
  'device',
  {
    hallId: text().notNull(),
    id: text().notNull(),
    kind: text().$type<'tablet' | 'browser' | 'system'>().notNull(),
    name: text().notNull(),
    windowIds: jsonb()
      .$type<string[]>()
      .notNull()
      .default(sql`'[]'::jsonb`),
    tokenHash: text().notNull().unique(),
    publicKey: jsonb().$type<object>(),
    enrolledAt: madeNow(),
    revokedAt: moment(),
    lastSeenAt: moment(),
    app: text(),
    pending: integer(),
    clockOffMs: integer(),
    clockErrMs: integer(),
    /** Since when the oldest of its acts waits, whether its store may be cleared, how many acts it has lost (P22). */
    oldestAt: moment(),
    isWeak: boolean(),
    lost: integer(),
    reportedAt: moment(),
  },
  (t) => [primaryKey({ columns: [t.hallId, t.id] })],
)

/** A lane code of case numbers, unique in the hall for ever; the spare of a device has no stream yet (sync.md 1.5). */
export const lane = hall.table(
  'lane',
  {
    hallId: text().notNull(),
    code: text().notNull(),
    deviceId: text().notNull(),
    streamId: text(),
  },
  (t) => [primaryKey({ columns: [t.hallId, t.code] }), index().on(t.hallId, t.deviceId)],
)

/** A one-time enrolment code shown by a supervisor (reliability.md T8). */
export const enrolCode = hall.table(
  'enrol_code',
  {
    hallId: text().notNull(),
    codeHash: text().primaryKey(),
    windowId: text(),
    madeBy: text(),
    expiresAt: moment().notNull(),
    tries: integer().notNull().default(0),
    usedAt: moment(),
  },
  (t) => [index().on(t.hallId, t.expiresAt)],
)

/** The right of one person to act on one device without network, as signed by the server (sync.md 3.4). */
export const offlineGrant = hall.table(
  'offline_grant',
  {
    hallId: text().notNull(),
    id: text().notNull(),
    deviceId: text().notNull(),
    actorId: text().notNull(),
    displayName: text().notNull(),
    roles: jsonb().$type<GrantedRole[]>().notNull(),
    fromAt: moment().notNull(),
    toAt: moment().notNull(),
    publicKey: jsonb().$type<object>().notNull(),
    issuedText: text().notNull(),
    issuedSig: text().notNull(),
    revokedAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.hallId, t.id] }),
    index().on(t.hallId, t.deviceId, t.actorId),
    index().on(t.hallId, t.actorId),
  ],
)

/** A key the server signs grants with; a retired one still verifies. */
export const serverKey = hall.table(
  'server_key',
  {
    hallId: text().notNull(),
    id: text().notNull(),
    privateJwk: jsonb().$type<object>().notNull(),
    publicJwk: jsonb().$type<object>().notNull(),
    createdAt: madeNow(),
    retiredAt: moment(),
  },
  (t) => [primaryKey({ columns: [t.hallId, t.id] })],
)

/** Failed tries under one key (an account, a code, an address): what the rate limits count. */
export const attempt = hall.table('attempt', {
  key: text().primaryKey(),
  hallId: text(),
  count: integer().notNull(),
  firstAt: moment().notNull(),
  blockedUntil: moment(),
})
