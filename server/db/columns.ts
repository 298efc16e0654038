import { sql } from 'drizzle-orm'
import { customType, integer, jsonb, pgSchema, text } from 'drizzle-orm/pg-core'

/** Everything of ours stands in the schema `hall`; names are always written with it, no search_path is relied on. */
export const hall = pgSchema('hall')

/** A moment: UTC ms in TypeScript, `timestamptz` in the database. */
export const moment = customType<{ data: number; driverData: string }>({
  dataType: () => 'timestamp (3) with time zone',
  toDriver: (ms) => new Date(ms).toISOString(),
  fromDriver: (value) => Date.parse(value),
})

/** Bytes: hex text in TypeScript. */
export const bytes = customType<{ data: string; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (hex) => Buffer.from(hex, 'hex'),
  fromDriver: (value) => value.toString('hex'),
})

/** A table by name, kept true by Postgres when it is renamed. */
export const regclass = customType<{ data: string }>({ dataType: () => 'regclass' })

/** When the row was made, by the database's clock. */
export const madeNow = () =>
  moment()
    .notNull()
    .default(sql`now()`)

/** The columns every table of images has (sync.md 3.1); the table is also listed in `agg_kind` and in `kinds.ts`. */
export const aggregate = <T>() => ({
  hallId: text().notNull(),
  id: text().notNull(),
  ver: integer().notNull(),
  image: jsonb().$type<T>().notNull(),
})
