import type { JsonWebKey } from 'node:crypto'
import type { Client } from '../../server/db/pg.ts'
import type { LogLine, Proof } from './verify-log.ts'

/** The log of the hall `nbu` as an export has it. */
export async function readLog(sql: Client): Promise<LogLine[]> {
  const found = await sql<LogLine[]>`
    select pos::float8 as pos, cmd_id as "cmdId", stream_id as "streamId", branch, seq, kind, agg_id as "aggId", type,
      actor_id as "actorId", role, window_id as "windowId", carrier_id as "carrierId", online, wall::float8 as wall,
      lo::float8 as lo, hi::float8 as hi, round(extract(epoch from received_at) * 1000)::float8 as "receivedAt", outcome,
      code, detail, ver, envelope, encode(hash, 'hex') as hash, sig, verdict, pii, encode(link, 'hex') as link
    from hall.command_log where hall_id = 'nbu' order by pos`
  return found.map((row) => ({ ...row }))
}

/** What it is held against. */
export async function readProof(sql: Client): Promise<Proof> {
  const [clock] = await sql<{ pos: number; head: string }[]>`
    select pos::float8 as pos, encode(head, 'hex') as head from hall.hall_clock where hall_id = 'nbu'`
  const grants = await sql<{ id: string; key: JsonWebKey }[]>`select id, public_key as key from hall.offline_grant`
  const [server] = await sql<{ key: JsonWebKey }[]>`
    select public_jwk as key from hall.server_key where hall_id = 'nbu'`
  return {
    ...{ hallId: 'nbu', pos: clock?.pos ?? 0, head: clock?.head ?? '' },
    ...{ keys: new Map(grants.map(({ id, key }) => [id, key])), serverKey: server?.key ?? {} },
  }
}
