import { randomUUID } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf } from '../../server/db/errors.ts'
import { recordTables } from '../../server/db/grants.ts'
import { kindTables } from '../../server/db/kinds.ts'
import { migrate } from '../../server/db/migrate.ts'
import { openClient } from '../../server/db/pg.ts'
import { openHall, openStream } from '../../server/db/store.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { batchOf, caseBatch, logEntry } from './batches.ts'

let pg: TestDatabase
beforeAll(async () => {
  pg = await testDatabase()
})
afterAll(() => pg.stop())

const stateOf = (statement: string): Promise<string | null> => pg.appSql.unsafe(statement).then(() => null, codeOf)

test('[T9] the server’s role can neither insert, change, remove, empty nor alter any table of the record', async () => {
  expect(recordTables.length).toBe(6 + Object.keys(kindTables).length)
  for (const table of recordTables) {
    const [{ column } = { column: '' }] = await pg.ownerSql<{ column: string }[]>`
      select attname as column from pg_attribute
      where attrelid = ${`hall.${table}`}::regclass and attnum > 0 and attgenerated = '' order by attnum limit 1`
    for (const statement of [
      `insert into hall.${table} default values`,
      `update hall.${table} set ${column} = ${column}`,
      `delete from hall.${table}`,
      `truncate hall.${table}`,
      `alter table hall.${table} add column x int`,
      `drop table hall.${table}`,
      `select ${column} from hall.${table} for update`,
    ]) {
      expect([statement, await stateOf(statement)]).toEqual([statement, '42501'])
    }
    expect(await stateOf(`select * from hall.${table} limit 1`)).toBeNull()
  }
})

test('[T9] it cannot redefine the functions, make objects beside them, nor take the owner’s role', async () => {
  for (const statement of [
    'create or replace function hall.append_batch(b jsonb) returns bigint language sql as $$ select 1::bigint $$',
    'create table hall.mine (x int)',
    'drop schema hall cascade',
    'alter function hall.append_batch(jsonb) security invoker',
  ]) {
    expect([statement, await stateOf(statement)]).toEqual([statement, '42501'])
  }
  const [row] = await pg.ownerSql<{ owner: string }[]>`select current_user as owner`
  expect(await stateOf(`set role "${row?.owner ?? ''}"`)).toBe('42501')
})

test('[T9] everybody else may not even run append_batch', async () => {
  const [row] = await pg.ownerSql<
    { open: boolean }[]
  >`select bool_or(has_function_privilege('public', p.oid, 'execute')) as open
    from pg_proc p where p.pronamespace = 'hall'::regnamespace`
  expect(row).toEqual({ open: false })
})

test('[T9] a temporary table of the caller does not stand in for ours inside append_batch', async () => {
  const [hallId, streamId] = [`hall-${randomUUID()}`, `s-${randomUUID()}`]
  await openHall(pg.db, hallId, randomUUID())
  await openStream(pg.db, { hallId, streamId, branch: 0, deviceId: 'd', lane: null })
  const [{ path } = { path: '' }] = await pg.ownerSql<{ path: string }[]>`
    select array_to_string(proconfig, ';') as path from pg_proc where oid = 'hall.append_batch(jsonb)'::regprocedure`
  expect(path).toBe('search_path=pg_catalog, hall, pg_temp')
  const one = openClient(pg.urls.ownerUrl, { max: 1, statementTimeoutMs: 5000, name: 'test-temp' })
  await one.unsafe('create temp table hall_clock (hall_id text, epoch uuid, pos bigint, head bytea)')
  await one.unsafe(`insert into pg_temp.hall_clock values ('${hallId}', gen_random_uuid(), 500, 'x')`)
  const batch = JSON.stringify(batchOf({ hallId, streamId, at: 0, log: [logEntry(1)] }))
  const [{ pos } = { pos: '' }] = await one<{ pos: string }[]>`select hall.append_batch(${batch}::text::jsonb) as pos`
  await one.end()
  expect(pos).toBe('1')
})

test('the ordinary tables are open to it', async () => {
  for (const table of [
    'account',
    'attempt',
    'device',
    'enrol_code',
    'lane',
    'offline_grant',
    'server_key',
    'session',
  ]) {
    expect([table, await stateOf(`delete from hall.${table}`)]).toEqual([table, null])
  }
})

test('agg_kind and the register of tables say the same', async () => {
  const rows = await pg.appSql<
    { kind: string; tbl: string }[]
  >`select kind, tbl::text as tbl from hall.agg_kind order by kind`
  expect(rows.map((row) => row.kind)).toEqual(Object.keys(kindTables).sort())
  const { getTableConfig } = await import('drizzle-orm/pg-core')
  for (const { kind, tbl } of rows) {
    const table = Object.entries(kindTables).find(([name]) => name === kind)?.[1]
    expect(tbl).toBe(`hall.${table ? getTableConfig(table).name : ''}`)
  }
})

test('append-batch.sql is what the newest migration that defines it holds', () => {
  const folder = join(import.meta.dirname, '../../server/db')
  const texts = readdirSync(join(folder, 'migrations'))
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => readFileSync(join(folder, 'migrations', name), 'utf8'))
  const newest = texts.filter((text) => text.includes('function hall.append_batch')).at(-1)
  expect(newest?.endsWith(readFileSync(join(folder, 'append-batch.sql'), 'utf8'))).toBe(true)
})

test('a batch that names an unknown kind, skips a seq or lowers a version is refused as a bug and writes nothing', async () => {
  const [hallId, streamId] = [`hall-${randomUUID()}`, `s-${randomUUID()}`]
  await openHall(pg.db, hallId, randomUUID())
  await openStream(pg.db, { hallId, streamId, branch: 0, deviceId: 'd', lane: null })
  const good = caseBatch({ hallId, streamId, at: 0, id: 'c1', ver0: 0, set: ['w1'] })
  const image = { kind: 'case', id: 'c1', ver0: 0, ver: 1, image: {} }
  const wrong = [
    { ...good, images: [{ ...image, kind: 'pg_authid' }] },
    { ...good, images: [{ ...image, ver0: 2, ver: 2 }] },
    { ...good, seq: 2 },
    { ...good, log: [] },
    { ...good, log: [logEntry(2)] },
  ]
  for (const batch of wrong) {
    const code = await pg.store.append(batch).then(() => null, codeOf)
    expect(code).toBe('22023')
  }
  const [{ rows } = { rows: -1 }] = await pg.appSql<{ rows: number }[]>`select (select count(*) from hall.command_log
    where hall_id = ${hallId})::int + (select count(*) from hall.cases where hall_id = ${hallId})::int as rows`
  expect(rows).toBe(0)
})

test('[F49] four servers that migrate at once all succeed, and a later start changes nothing', async () => {
  await Promise.all(Array.from({ length: 4 }, () => migrate(pg.urls)))
  expect(await migrate(pg.urls)).toEqual({ fenced: true })
  const [row] =
    await pg.ownerSql`select count(*)::int as n, count(distinct hash)::int as different from drizzle.__drizzle_migrations`
  const folder = join(import.meta.dirname, '../../server/db/migrations')
  const n = readdirSync(folder).filter((name) => name.endsWith('.sql')).length
  expect(row).toEqual({ n, different: n })
})
