import { sql } from 'drizzle-orm'
import type { LiveHint } from '../../shared/wire/push.ts'
import { asStoreError } from './errors.ts'
import type { Client, Db } from './pg.ts'

/** Where a hall stands, and which of its devices may hear of it no more (P12). */
export interface HallPulse {
  readonly clock: LiveHint
  readonly revoked: readonly string[]
}

/** Epoch, position and revoked devices of each hall named, in one query (sync.md §5). */
export const hallPulses = async (db: Db, hallIds: readonly string[]): Promise<Map<string, HallPulse>> => {
  const rows = await db
    .execute<{ hallId: string; epoch: string; pos: string; revoked: string[] }>(
      sql`select c.hall_id as "hallId", c.epoch, c.pos,
        (select coalesce(json_agg(d.id), '[]'::json) from hall.device d
          where d.hall_id = c.hall_id and d.revoked_at is not null) as revoked
      from hall.hall_clock c
      where c.hall_id = any(array(select jsonb_array_elements_text(${JSON.stringify(hallIds)}::jsonb)))`,
    )
    .catch((error: unknown) => {
      throw asStoreError(error)
    })
  return new Map(
    rows.map(({ hallId, epoch, pos, revoked }) => [hallId, { clock: { epoch, pos: Number(pos) }, revoked }]),
  )
}

/** Tells every instance; a statement of its own, since NOTIFY locks the whole cluster until its commit (sync.md §5). */
export const notify = async (db: Db, channel: string, payload: string): Promise<void> => {
  await db.execute(sql`select pg_notify(${channel}, ${payload})`).catch((error: unknown) => {
    throw asStoreError(error)
  })
}

/**
 * Listens on a line of its own, which must reach Postgres itself: behind a transaction pooler nobody would hear.
 * `ready` is called at each (re)connection. Rejects if the first one fails.
 */
export const listen = async (
  line: Client,
  channel: string,
  on: { message(payload: string): void; ready(): void },
): Promise<() => Promise<void>> => {
  const { unlisten } = await line.listen(
    channel,
    (payload) => on.message(payload),
    () => on.ready(),
  )
  return () => unlisten()
}
