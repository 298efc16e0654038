import postgres from 'postgres'
import { expect } from 'vitest'
import type { App } from './app.ts'
import type { Morning } from './morning.ts'

interface Logged {
  cmd_id: string
  type: string
  actor_id: string
  role: string
  online: boolean
  outcome: string
}

/**
 * The server's log has each act of the morning once and in its order: A's before the handover is confirmed, B's from
 * then on, all of them applied, none done with a network after it was cut. Returns how often each command was done.
 */
export async function loggedOf(app: App, morning: Morning): Promise<Record<string, number>> {
  const { at } = morning
  const acts = await morning.done()
  const sql = postgres(app.databaseUrl(), { max: 1 })
  const rows = await sql<Logged[]>`select cmd_id, envelope::json->>'type' as type, actor_id, role, online, outcome
    from hall.command_log where hall_id = ${at.hallId} and stream_id = any(
      select stream_id from hall.command_log where cmd_id = ${acts[0]?.cmdId ?? ''}) order by pos`
  await sql.end()
  expect(rows.map((row) => row.cmd_id)).toEqual(acts.map(({ cmdId }) => cmdId))
  const taken = rows.findIndex(({ type }) => type === 'handover.confirm')
  expect(taken).toBeGreaterThan(0)
  const who = (row: Logged) => `${row.actor_id} ${row.role} ${row.outcome}`
  expect(new Set(rows.slice(0, taken).map(who))).toEqual(new Set([`${at.A.actorId} roleA applied`]))
  expect(new Set(rows.slice(taken).map(who))).toEqual(new Set([`${at.B.actorId} roleB applied`]))
  const cut = rows.findIndex(({ online }) => !online)
  expect(cut).toBeGreaterThan(0)
  expect(rows.slice(cut).filter(({ online }) => online)).toEqual([])
  const count: Record<string, number> = {}
  for (const { type } of rows) count[type] = (count[type] ?? 0) + 1
  return count
}
