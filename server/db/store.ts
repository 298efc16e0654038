import { sql, type SQL } from 'drizzle-orm'
import { momentOf } from '../../shared/calendar/day.ts'
import { emptyDigest } from '../../shared/core/digest.ts'
import {
  aggKey,
  type AggRef,
  type Loaded,
  type Page,
  type PageRequest,
  type Store,
  type StoredGrant,
  type StoredImage,
} from '../sync/store-verbs.ts'
import { asStoreError } from './errors.ts'
import { openGate, type Gate } from './gate.ts'
import type { Db } from './pg.ts'
import { openStatement } from './open-stream.ts'
import { loadStatement, pageStatement } from './store-sql.ts'

interface LoadRow extends Omit<Loaded, 'images' | 'hallPos' | 'grants'> {
  hallPos: string
  images: (AggRef & StoredImage)[]
  /** With the last day of the post that ends first, if the grant's roles rest on posts. */
  grants: (StoredGrant & { lastDay: string | null })[]
}
type PageRecord = Omit<Page, 'pos' | 'cursor'> & { pos: string; entries: number; lastPos: string | null }

const one = async <T extends object>(db: Db, statement: SQL): Promise<T> => {
  const [row] = await db.execute(statement).catch((error: unknown) => {
    throw asStoreError(error)
  })
  if (row === undefined) throw new Error('the hall is not open in this database')
  return row as T
}

const loaded = (row: LoadRow): Loaded => {
  const images = new Map(row.images.map((i) => [aggKey(i), { ver: i.ver, image: i.image }]))
  return { ...row, hallPos: Number(row.hallPos), images, grants: row.grants.map(grantOf) }
}

// A grant is never given past the end of a post that is known: a post that ends sooner was ended by somebody since.
const grantOf = ({ lastDay, ...grant }: LoadRow['grants'][number]): StoredGrant => {
  const endsAt = lastDay === null ? grant.toAt : momentOf(lastDay, '24:00')
  return endsAt < grant.toAt ? { ...grant, revokedAt: Math.min(grant.revokedAt ?? endsAt, endsAt) } : grant
}

const paged = ({ entries, lastPos, ...row }: PageRecord, request: PageRequest): Page => {
  const pos = Number(row.pos)
  const full = entries >= request.limit && lastPos !== null
  const reached = full ? Number(lastPos) : pos
  const { since, scopes } = request
  const named = Object.fromEntries(scopes.map((scope) => [scope, row.digests[scope] ?? emptyDigest]))
  return { ...row, pos, cursor: since === null ? null : reached, digests: since === null ? {} : named }
}

// As many as the pool has connections; a turn within 2 s (F20), an answer within the 3 s Postgres gives it and a little.
const storeGate = (): Gate => openGate({ slots: 10, waitMs: 2000, answerMs: 4000 })

/**
 * The three verbs over Postgres, each one statement (sync.md 3.1). They throw `StoreConflict` or `StoreUnavailable`;
 * any other error is a bug.
 */
export const createStore = (db: Db, gate: Gate = storeGate()): Store => ({
  load: async (request) => loaded(await gate(() => one<LoadRow>(db, loadStatement(request)))),
  open: async (request) => {
    const { opened } = await gate(() => one<{ opened: boolean }>(db, openStatement(request)))
    return opened
  },
  page: async (request) => paged(await gate(() => one<PageRecord>(db, pageStatement(request))), request),
  append: async (batch) => {
    const statement = sql`select hall.append_batch(${JSON.stringify(batch)}::jsonb) as pos`
    const { pos } = await gate(() => one<{ pos: string }>(db, statement))
    return Number(pos)
  },
})

/** Opens a hall with a new epoch; false if it is open already. */
export const openHall = async (db: Db, hallId: string, epoch: string): Promise<boolean> => {
  const row = await one<{ opened: boolean }>(db, sql`select hall.open_hall(${hallId}, ${epoch}::uuid) as opened`)
  return row.opened
}

/** What a new stream is. */
export interface NewStream {
  readonly hallId: string
  readonly streamId: string
  readonly branch: number
  readonly deviceId: string
  readonly lane: string | null
}

/** Opens a stream at seq 0, its chain at SHA-256(streamId); false if it is open already. */
export const openStream = async (db: Db, stream: NewStream): Promise<boolean> => {
  const row = await one<{ opened: boolean }>(
    db,
    sql`select hall.open_stream(${JSON.stringify(stream)}::jsonb) as opened`,
  )
  return row.opened
}
