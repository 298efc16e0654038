import { sql, type SQL } from 'drizzle-orm'
import { getTableConfig } from 'drizzle-orm/pg-core'
import type { LoadRequest, PageRequest } from '../sync/store-verbs.ts'
import { isKind, kindTables, type Kind } from './kinds.ts'

// Lists travel as one jsonb parameter: the statement's text stays the same for every length.
const json = (value: unknown): SQL => sql`${JSON.stringify(value)}::jsonb`
const texts = (values: readonly string[]): SQL => sql`array(select jsonb_array_elements_text(${json(values)}))`
const list = (of: SQL, from: SQL): SQL => sql`(select coalesce(json_agg(${of}), '[]'::json) from ${from})`
const ms = (column: SQL): SQL => sql`round(extract(epoch from ${column}) * 1000)::bigint`

const imagesOf = (kind: Kind): SQL => {
  const { name } = getTableConfig(kindTables[kind])
  // Both names come from our own register, never from a request.
  return sql`select ${sql.raw(`'${kind}'`)}::text as kind, hall_id, id, ver, image from hall.${sql.identifier(name)}`
}

// An id has one kind, so every id is looked for under every kind named: the list travels, and is read, once.
const imagesNamed = ({ hallId, aggs, heldIds = [] }: LoadRequest): SQL => {
  const kinds = [...new Set(aggs.map(({ kind }) => kind))].filter(isKind)
  const parts = kinds.map(
    (kind) =>
      sql`select * from (${imagesOf(kind)}) k where hall_id = ${hallId} and id = any((select ids from asked)::text[])`,
  )
  if (heldIds.length > 0) parts.push(...dataKinds.map((kind) => dataOfHeld(kind, hallId)))
  if (parts.length === 0)
    return sql`(select null::text as kind, null::text as id, 0 as ver, null::jsonb as image limit 0)`
  return sql`(${sql.join(parts, sql` union all `)})`
}

const resultJson = sql`json_build_object('seq', r.seq, 'cmdId', r.cmd_id, 'hash', encode(r.hash, 'hex'),
  'outcome', r.outcome, 'code', r.code, 'detail', r.detail, 'ver', r.ver)`

// Where a post of the grant has been ended since, or its account disabled, the right ended there and then (P10, F42).
// The day stays text: a cast would fail on one that no month has, and with it every push of that person.
/** Last day of the post of grant `g` that ends first, as text; null where its roles rest on no posts. */
export const lastDay = sql`(select min(e.day) from jsonb_array_elements(g.roles) as r(role)
  cross join lateral (select max(coalesce(p.image->>'to', '9999-12-31')) as day from hall.posts p
    where p.hall_id = g.hall_id and p.person_id = g.actor_id and p.image->>'role' = r.role->>'role'
      and p.image->>'windowId' is not distinct from r.role->>'windowId'
      and p.image->>'unitId' is not distinct from r.role->>'unitId') e)`
/** When the account of grant `g` was disabled. */
export const accountEnd = sql`(select a.disabled_at from hall.account a where a.hall_id = g.hall_id and a.id = g.actor_id)`

const grantJson = sql`json_build_object('id', g.id, 'deviceId', g.device_id, 'actorId', g.actor_id,
  'displayName', g.display_name, 'roles', g.roles, 'fromAt', ${ms(sql`g.from_at`)}, 'toAt', ${ms(sql`g.to_at`)},
  'lastDay', ${lastDay},
  'publicKey', g.public_key, 'issuedText', g.issued_text, 'issuedSig', g.issued_sig,
  'revokedAt', ${ms(sql`least(g.revoked_at, ${accountEnd})`)})`

const streamJson = sql`json_build_object('deviceId', s.device_id, 'lane', s.lane, 'lastSeq', s.last_seq,
  'chain', encode(s.chain, 'hex'), 'closedAt', ${ms(sql`s.closed_at`)},
  'lastLo', (select l.lo from hall.command_log l
    where l.stream_id = s.stream_id and l.branch = s.branch and l.seq = s.last_seq),
  'lastEnv', (select l.envelope from hall.command_log l
    where l.stream_id = s.stream_id and l.branch = s.branch and l.seq = s.last_seq))`

// A handful of rows: every version of the rules the hall has had, and since when it was known to the server (a calendar:
// since when it counts, if that is later).
const versionsOf = (hallId: string): SQL => sql`(
  select v.*, (select ${ms(sql`greatest(l.received_at, v.counts)`)} from hall.command_log l
      where l.hall_id = ${hallId} and l.kind = v.kind and l.agg_id = v.id order by l.pos limit 1) as since
  from (select 'profile' as kind, id, (image->>'version')::integer as version, image->>'effectiveOn' as day,
      null::timestamptz as counts from hall.profiles where hall_id = ${hallId}
    union all select 'calendar', id, (image->>'version')::integer, image->>'year',
      (image->>'effectiveOn')::timestamp at time zone 'Asia/Shanghai'
      from hall.calendars where hall_id = ${hallId}) v) v`

// Two probes of the index: one condition with `or` would read the whole stream.
const resultsAsked = ({ streamId, branch, seqs, afters = [] }: LoadRequest): SQL => {
  const of = sql`select * from hall.command_log where stream_id = ${streamId} and branch = ${branch}`
  const batch = sql`${of} and seq between ${seqs.from} and ${seqs.to}`
  if (afters.length === 0) return batch
  return sql`${batch} union all ${of}
    and seq = any(array(select jsonb_array_elements_text(${json(afters)})::integer))`
}

// Only these were read and checked when they came: nothing else may be cast to JSON (see `releasable`).
const isReadable = sql`h.outcome = 'held' and h.code in ('grant', 'crash', 'depends')`

/** What a release is about, with its envelope read once: a list of its own only where a batch releases something. */
const heldActs = ({ hallId, heldIds = [] }: LoadRequest): SQL =>
  heldIds.length === 0
    ? sql``
    : sql`, held as materialized (
        select h.*, case when ${isReadable} then h.envelope::jsonb end as env from hall.command_log h
          where h.hall_id = ${hallId} and ${isReadable}
            and h.cmd_id = any(array(select jsonb_array_elements_text(${json(heldIds)})::uuid)))`

const dataKinds = ['profile', 'item', 'calendar'] as const

const dataOfHeld = (kind: Kind, hallId: string): SQL => {
  const named =
    kind === 'calendar'
      ? sql`(select jsonb_array_elements_text(env#>'{base,ctxv,calendars}') from held)`
      : sql`(select env#>>${`{base,ctxv,${kind}}`}::text[] from held)`
  return sql`select * from (${imagesOf(kind)}) k where hall_id = ${hallId} and id in ${named}`
}

const orOfHeld = ({ heldIds = [] }: LoadRequest): SQL =>
  heldIds.length === 0 ? sql`` : sql` or g.id in (select env->>'grantId' from held)`

const releases = sql`('applied', 'merged', 'conflict')`
/** Whether log row `r` is a release, come to stand, of the held row. */
export const isReleaseOf = (row: SQL): SQL => sql`r.hall_id = ${row}.hall_id
  and r.kind = ${row}.kind and r.agg_id = ${row}.agg_id and r.type = 'held.release' and r.outcome in ${releases}
  and r.detail->>'released' = ${row}.cmd_id::text`
/** Whether a release of the held log row stands. */
export const isReleased = (row: SQL): SQL => sql`exists (select from hall.command_log r where ${isReleaseOf(row)})`

const heldJson = sql`json_build_object('cmdId', h.cmd_id, 'kind', h.kind, 'id', h.agg_id, 'actorId', h.actor_id,
  'code', h.code, 'envelope', h.envelope, 'pii', h.pii, 'isReleased', ${isReleased(sql`h`)},
  'isNumberTaken', exists (select from hall.cases n where n.hall_id = h.hall_id and n.number = h.env#>>'{args,number}'))`

/** `load` as one statement, so one snapshot: one row of JSON columns. */
export const loadStatement = (r: LoadRequest): SQL => sql`
  with asked as materialized (select ${texts([...new Set(r.aggs.map(({ id }) => id))])} as ids)
  ${heldActs(r)}
  select c.epoch, c.pos as "hallPos",
    (select ${streamJson} from hall.sync_stream s
      where s.stream_id = ${r.streamId} and s.branch = ${r.branch} and s.hall_id = c.hall_id) as stream,
    ${list(
      sql`json_build_object('kind', i.kind, 'id', i.id, 'ver', i.ver, 'image', i.image)`,
      sql`${imagesNamed(r)} i`,
    )} as images,
    ${list(
      grantJson,
      sql`hall.offline_grant g where g.hall_id = c.hall_id and (g.id = any(${texts(r.grantIds)})${orOfHeld(r)})`,
    )} as grants,
    ${list(sql`${resultJson} order by r.seq`, sql`(${resultsAsked(r)}) r where r.hall_id = c.hall_id`)} as results,
    ${list(
      sql`l.cmd_id`,
      sql`hall.command_log l where l.cmd_id = any(array(select jsonb_array_elements_text(${json(r.cmdIds)})::uuid))`,
    )} as "knownCmdIds",
    ${list(
      sql`n.number`,
      sql`hall.cases n where n.hall_id = c.hall_id and n.number = any(${texts(r.numbers)})`,
    )} as "knownNumbers",
    ${list(
      sql`json_build_object('kind', v.kind, 'id', v.id, 'version', v.version, 'of', v.day, 'since', coalesce(v.since, 0))`,
      versionsOf(r.hallId),
    )} as versions,
    ${(r.heldIds ?? []).length === 0 ? sql`'[]'::json` : list(heldJson, sql`held h`)} as held
  from hall.hall_clock c where c.hall_id = ${r.hallId}`

const setOnly = sql`and x.op = 'set'` // a snapshot has nothing to take away

// A cursor before the horizon has nothing to go on from: the entries that took rows away are gone (sync.md 4.4, 4.5).
// The later pages of a snapshot are no such cursor, or one of more than a page would begin again for ever: what left
// before its first page was never in it, so the horizon counts from there.
const isPast = ({ since, isSnapshot, began }: PageRequest): SQL => {
  const from = isSnapshot ? (began ?? null) : since
  return since === null || since === 0 || from === null ? sql`false` : sql`((select horizon from clock) > ${from})`
}

// One index probe a scope, each bounded by the limit; a change that shows in two scopes is one entry.
const changedSince = (r: PageRequest, since: number): SQL => sql`
  select e.kind, e.agg_id, e.pos,
      array_agg(e.scope order by e.scope) filter (where e.op = 'set') as scopes,
      array_agg(e.scope order by e.scope) filter (where e.op = 'leave') as gone
    from unnest(${texts(r.scopes)}) as f(scope)
    cross join lateral (select x.* from hall.scope_index x
      where x.hall_id = ${r.hallId} and x.scope = f.scope and x.pos > ${since} ${since === 0 ? setOnly : sql``}
        and not ${isPast(r)}
      order by x.pos limit ${r.limit}) e
    group by e.pos, e.kind, e.agg_id order by e.pos limit ${r.limit}`

const touchedNow = (r: PageRequest): SQL => sql`
  select e.kind, e.agg_id, max(e.pos) as pos,
      array_agg(e.scope order by e.scope) filter (where e.op = 'set') as scopes,
      array_agg(e.scope order by e.scope) filter (where e.op = 'leave') as gone
    from hall.scope_index e
    join jsonb_to_recordset(${json(r.touched)}) as t(kind text, id text) on t.id = e.agg_id and t.kind = e.kind
    where e.hall_id = ${r.hallId} and e.scope = any(${texts(r.scopes)})
    group by e.kind, e.agg_id`

const rowsOf = (kind: Kind): SQL => {
  const { name } = getTableConfig(kindTables[kind])
  return sql`select e.*, i.ver, i.image from entry e
    join hall.${sql.identifier(name)} i on i.hall_id = (select hall_id from clock) and i.id = e.agg_id
    where e.kind = ${sql.raw(`'${kind}'`)} and e.scopes is not null`
}

const allRows = sql.join(
  Object.keys(kindTables)
    .filter(isKind)
    .map((kind) => rowsOf(kind)),
  sql` union all `,
)

const digestsOf = (r: PageRequest): SQL => sql`(
  select coalesce(json_object_agg(d.scope, json_build_object('n', d.n, 'x', lpad(to_hex(d.x), 16, '0'))), '{}'::json)
  from hall.scope_digest d where d.hall_id = c.hall_id and d.scope = any(${texts(r.scopes)}))`

/** `page` as one statement: results and images are of one snapshot (the frame rule, sync.md 3). */
export const pageStatement = (r: PageRequest): SQL => sql`
  with clock as materialized (select * from hall.hall_clock where hall_id = ${r.hallId}),
  entry as materialized (${r.since === null ? touchedNow(r) : changedSince(r, r.since)})
  select c.epoch, c.pos,
    coalesce((select s.last_seq from hall.sync_stream s
      where s.stream_id = ${r.streamId} and s.branch = ${r.branch ?? 0} and s.hall_id = c.hall_id), 0) as "lastSeq",
    (select l.code from hall.lane l where l.hall_id = c.hall_id and l.device_id = ${r.spareOf ?? null}
      and l.stream_id is null order by l.code limit 1) as spare,
    ${list(
      sql`${resultJson} order by r.seq`,
      sql`hall.command_log r where r.stream_id = ${r.streamId} and r.branch = ${r.branch ?? 0} and r.hall_id = c.hall_id
        and r.seq >= ${r.firstUnsettled}`,
    )} as results,
    ${list(
      sql`json_build_object('kind', w.kind, 'id', w.agg_id, 'ver', w.ver, 'scopes', to_json(w.scopes), 'image', w.image,
        'pos', w.pos) order by w.pos, w.kind, w.agg_id`,
      sql`(${allRows}) w`,
    )} as rows,
    ${list(
      sql`json_build_object('kind', e.kind, 'id', e.agg_id, 'scope', g.scope, 'pos', e.pos)
        order by e.pos, e.kind, e.agg_id, g.scope`,
      sql`entry e cross join lateral unnest(e.gone) as g(scope)`,
    )} as leaves,
    (select count(*)::integer from entry) as entries, (select max(pos) from entry) as "lastPos",
    ${isPast(r)} as "isPast", ${r.since === null ? sql`'{}'::json` : digestsOf(r)} as digests
  from clock c`
