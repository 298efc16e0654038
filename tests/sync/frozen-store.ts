import Dexie from 'dexie'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OutboxRow, OutcomeRow, Tables } from '../../client/local/store.ts'
import type { SignedCommand } from '../../shared/core/envelope.ts'
import type { Under } from '../http/app-under-test.ts'

/**
 * The database of a tablet as the app of a released version left it, signed acts and all, and what its server had of
 * the tablet. Made once by that version's own code and never changed; each release adds one (I26).
 */
export interface FrozenStore {
  version: number
  /** When it was taken, UTC ms: the network had been away since its last settled act. */
  madeAt: number
  stores: Record<string, string>
  tables: { [T in keyof Tables]: Tables[T][] }
  server: {
    device: [Record<string, unknown>]
    lane: { code: string; stream_id: string | null }[]
    offline_grant: [Record<string, unknown>]
    epoch: { epoch: string }
  }
}

/** A released version's database. */
export function frozenStore(version: number): FrozenStore {
  const file = join(import.meta.dirname, 'fixtures', `db-v${String(version)}.json`)
  return JSON.parse(readFileSync(file, 'utf8')) as FrozenStore
}

/** Puts it on the disk as its version's Dexie did. */
export async function layDown({ version, stores, tables }: FrozenStore, name = 'changkai'): Promise<void> {
  const db = new Dexie(name, { indexedDB, IDBKeyRange })
  db.version(version).stores(stores)
  await db.open()
  for (const [table, rows] of Object.entries(tables)) await db.table(table).bulkPut(rows)
  db.close()
}

/** Acts as they go over the wire, in order. */
export function commandsOf(acts: readonly OutboxRow[]): SignedCommand[] {
  const inOrder = [...acts].sort((a, b) => a.seq - b.seq)
  return inOrder.map(({ env, sig, pii }) => (Object.keys(pii).length > 0 ? { env, sig, pii } : { env, sig }))
}

/** The acts the server had decided when it was taken, and those it had not. */
export function settledAndNot({ tables }: FrozenStore): { settled: OutboxRow[]; waiting: OutboxRow[] } {
  const open = new Set(tables.outcome.filter((row: OutcomeRow) => row.open === 1).map((row) => row.cmdId))
  const of = (isOpen: boolean) => tables.outbox.filter((row) => open.has(row.cmdId) === isOpen)
  return { settled: of(false), waiting: of(true) }
}

/** Makes a fresh server know that tablet: device, lanes, stream, grant, and the acts it had decided. */
export async function makeKnown(under: Under, frozen: FrozenStore): Promise<{ token: string; streamId: string }> {
  const { ownerSql } = under.database
  const { device, lane, offline_grant: grants, epoch } = frozen.server
  const hallId = String(device[0].hall_id)
  const own = lane.find((one) => one.stream_id !== null)
  if (!own?.stream_id) throw new Error('the tablet had a lane')
  for (const [table, rows] of Object.entries({ device, lane, offline_grant: grants })) {
    const list = ownerSql.json(rows as never)
    await ownerSql`insert into hall.${ownerSql(table)}
      select * from jsonb_populate_recordset(null::hall.${ownerSql(table)}, ${list}::jsonb)`
  }
  await ownerSql`update hall.hall_clock set epoch = ${epoch.epoch} where hall_id = ${hallId}`
  const stream = { hallId, streamId: own.stream_id, branch: 0, deviceId: String(device[0].id), lane: own.code }
  await ownerSql`select hall.open_stream(${ownerSql.json(stream)}::jsonb)`
  const meta = frozen.tables.meta.find((row) => row.key === 'device')
  if (meta?.key !== 'device') throw new Error('the tablet was enrolled')
  return { token: meta.token, streamId: own.stream_id }
}
