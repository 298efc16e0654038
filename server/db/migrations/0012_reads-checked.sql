-- What a verdict without effect rests on is looked at again under the hall's lock (I15).
-- The only way to write the record (sync.md 3.1). Each change of this file is copied whole into a new custom migration.
-- Lock order: stream, images by (kind, id), hall. A failed check raises 40001: the caller loads and decides again.
create or replace function hall.append_batch(b jsonb) returns bigint
  language plpgsql security definer
  set search_path = pg_catalog, hall, pg_temp
as $$
declare
  v_hall  constant text := b->>'hallId';
  v_last  constant integer := (b->>'lastSeq')::integer;
  v_count constant integer := jsonb_array_length(b->'log');
  v_kind  record;
  v_entry record;
  v_missing bigint;
  v_start bigint;
  v_head  bytea;
  v_hash  bytea;
  v_hashes bytea[] := '{}';
  v_links  bytea[] := '{}';
begin
  if jsonb_typeof(b->'digests') is distinct from 'array' then
    raise exception 'a batch says what it moves in the digests' using errcode = '22023';
  end if;
  if v_count is null or v_count = 0 or (b->>'seq')::integer is distinct from v_last + v_count then
    raise exception 'a batch holds the commands lastSeq + 1 to seq' using errcode = '22023';
  end if;

  update sync_stream set last_seq = v_last + v_count, chain = decode(b->>'chain', 'hex')
    where stream_id = b->>'streamId' and branch = (b->>'branch')::smallint and hall_id = v_hall and last_seq = v_last;
  if not found then
    raise exception 'the stream has moved' using errcode = '40001';
  end if;
  -- gate: stream

  for v_kind in
    select i.kind, a.tbl, i.ids, i.rises
    from (select kind, array_agg(id) as ids, bool_and(ver0 >= 0 and ver > ver0) as rises
          from jsonb_to_recordset(b->'images') as x(kind text, id text, ver0 integer, ver integer)
          group by kind) i
    left join agg_kind a using (kind)
    order by i.kind collate "C"
  loop
    if v_kind.tbl is null or v_kind.rises is not true then
      raise exception 'an image of a known kind rises in version' using errcode = '22023';
    end if;
    execute format('select from %s where hall_id = $1 and id = any($2) order by id for update', v_kind.tbl)
      using v_hall, v_kind.ids;
    -- A statement of its own, so that its snapshot is younger than the locks.
    execute format(
      'with i as (select id, ver0, ver, image
                  from jsonb_to_recordset($1) as x(kind text, id text, ver0 integer, ver integer, image jsonb)
                  where kind = $2 order by id),
            u as (update %1$s t set ver = i.ver, image = i.image from i
                  where t.hall_id = $3 and t.id = i.id and i.ver0 > 0 and t.ver = i.ver0 returning 1),
            a as (insert into %1$s (hall_id, id, ver, image) select $3, id, ver, image from i where ver0 = 0
                  on conflict do nothing returning 1)
       select (select count(*) from i) - (select count(*) from u) - (select count(*) from a)', v_kind.tbl)
      into v_missing using b->'images', v_kind.kind, v_hall;
    if v_missing <> 0 then
      raise exception 'an image has moved' using errcode = '40001';
    end if;
  end loop;
  -- gate: images

  select pos, head into v_start, v_head from hall_clock where hall_id = v_hall for update;
  if not found then
    raise exception 'no such hall' using errcode = '22023';
  end if;

  -- What was decided without effect rested on these images. Whoever writes one holds the hall until its commit, so what
  -- is seen from here on stands until ours: the log replays to the same verdicts (I15).
  for v_kind in
    select r.kind, a.tbl from (select distinct kind from jsonb_to_recordset(b->'reads') as x(kind text)) r
    join agg_kind a using (kind)
  loop
    execute format(
      'select count(*) from jsonb_to_recordset($1) as r(kind text, id text, ver integer)
         left join %s t on t.hall_id = $3 and t.id = r.id
         where r.kind = $2 and coalesce(t.ver, 0) <> r.ver', v_kind.tbl)
      into v_missing using b->'reads', v_kind.kind, v_hall;
    if v_missing <> 0 then
      raise exception 'an image that was read has moved' using errcode = '40001';
    end if;
  end loop;

  for v_entry in
    select e.ord, (e.entry->>'seq')::integer as seq, e.entry->>'envelope' as envelope, e.entry->>'verdict' as verdict
    from jsonb_array_elements(b->'log') with ordinality as e(entry, ord)
    order by e.ord
  loop
    if v_entry.seq is distinct from v_last + v_entry.ord then
      raise exception 'the commands of a batch are in order' using errcode = '22023';
    end if;
    v_hash := sha256(convert_to(v_entry.envelope, 'UTF8'));
    v_head := sha256(v_head || int8send(v_start + v_entry.ord) || v_hash || sha256(convert_to(v_entry.verdict, 'UTF8')));
    v_hashes[v_entry.ord] := v_hash;
    v_links[v_entry.ord] := v_head;
  end loop;

  update hall_clock set pos = v_start + v_count, head = v_head where hall_id = v_hall;

  insert into command_log (hall_id, pos, cmd_id, stream_id, branch, seq, kind, agg_id, type, actor_id, role, window_id,
      carrier_id, online, wall, lo, hi, received_at, outcome, code, detail, ver, envelope, hash, sig, verdict, pii, link)
    select v_hall, v_start + e.ord, e."cmdId", b->>'streamId', (b->>'branch')::smallint, e.seq, e.kind, e."aggId", e.type,
      e."actorId", e.role, e."windowId", e."carrierId", e.online, e.wall, e.lo, e.hi,
      to_timestamp(e."receivedAt" / 1000.0), e.outcome, e.code, nullif(e.detail, 'null'), e.ver, e.envelope,
      v_hashes[e.ord], e.sig, e.verdict, nullif(e.pii, 'null'), v_links[e.ord]
    from rows from (jsonb_to_recordset(b->'log') as (
        "cmdId" uuid, seq integer, kind text, "aggId" text, type text, "actorId" text, role text, "windowId" text,
        "carrierId" text, online boolean, wall bigint, lo bigint, hi bigint, "receivedAt" bigint, outcome text, code text,
        detail jsonb, ver integer, envelope text, sig text, verdict text, pii jsonb)) with ordinality as e(
        "cmdId", seq, kind, "aggId", type, "actorId", role, "windowId",
        "carrierId", online, wall, lo, hi, "receivedAt", outcome, code,
        detail, ver, envelope, sig, verdict, pii, ord);

  insert into scope_index (hall_id, scope, agg_id, kind, pos, ver, op)
    select v_hall, s.scope, s.id, s.kind, v_start + s.ord, s.ver, s.op
    from jsonb_to_recordset(b->'scopes') as s(scope text, kind text, id text, ord integer, ver integer, op text)
    on conflict (hall_id, scope, agg_id, kind) do update set pos = excluded.pos, ver = excluded.ver, op = excluded.op;

  insert into scope_digest as d (hall_id, scope, n, x)
    select v_hall, s.scope, s.dn, ('x' || s.dx)::bit(64)::bigint
    from jsonb_to_recordset(b->'digests') as s(scope text, dn bigint, dx text)
    on conflict (hall_id, scope) do update set n = d.n + excluded.n, x = d.x # excluded.x;

  return v_start + v_count;
end $$;

-- A new hall, before its first command. False: it is open already.
create or replace function hall.open_hall(p_hall text, p_epoch uuid) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, hall, pg_temp
as $$
begin
  insert into hall_clock (hall_id, epoch, pos, head) values (p_hall, p_epoch, 0, sha256(convert_to(p_hall, 'UTF8')))
    on conflict do nothing;
  return found;
end $$;

-- A new stream {hallId, streamId, branch, deviceId, lane}; its chain starts at SHA-256(streamId). False: it is open already.
create or replace function hall.open_stream(b jsonb) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, hall, pg_temp
as $$
begin
  insert into sync_stream (stream_id, branch, hall_id, device_id, lane, last_seq, chain)
    values (b->>'streamId', (b->>'branch')::smallint, b->>'hallId', b->>'deviceId', b->>'lane', 0,
      sha256(convert_to(b->>'streamId', 'UTF8')))
    on conflict do nothing;
  return found;
end $$;

-- The hash of a row in a digest (sync.md 4.6): shared/core/digest.ts, character by character.
create or replace function hall.row_hash(p_kind text, p_id text, p_ver integer) returns bigint
  language plpgsql immutable strict
  set search_path = pg_catalog, hall, pg_temp
as $$
declare
  v_mask constant bigint := 4294967295;
  v_char text;
  v_unit bigint;
  v_lanes bigint[] := array[2166136261, 2538058380];
  v_lane bigint;
begin
  foreach v_char in array string_to_array(p_kind || ':' || p_id || ':' || p_ver, null) loop
    v_unit := ascii(v_char);
    v_lane := v_lanes[1] # v_unit;
    v_lanes[1] := (v_lane * 31153 + (((v_lane * 40503) & 65535) << 16)) & v_mask;
    v_lane := v_lanes[2] # v_unit;
    v_lanes[2] := (v_lane * 60207 + (((v_lane * 10196) & 65535) << 16)) & v_mask;
  end loop;
  for i in 1..2 loop
    v_lane := v_lanes[i] # (v_lanes[i] >> 15);
    v_lane := (v_lane * 51831 + (((v_lane * 34283) & 65535) << 16)) & v_mask;
    v_lane := v_lane # (v_lane >> 13);
    v_lane := (v_lane * 44605 + (((v_lane * 49842) & 65535) << 16)) & v_mask;
    v_lanes[i] := v_lane # (v_lane >> 16);
  end loop;
  return (v_lanes[1] << 32) | v_lanes[2];
end $$;

-- Counts the digests of a hall anew from its index, in place: after rows came in by another way than append_batch.
create or replace function hall.recount_digests(p_hall text) returns void
  language plpgsql security definer
  set search_path = pg_catalog, hall, pg_temp
as $$
begin
  perform from hall_clock where hall_id = p_hall for update;
  delete from scope_digest where hall_id = p_hall;
  insert into scope_digest (hall_id, scope, n, x)
    select hall_id, scope, count(*), bit_xor(row_hash(kind, agg_id, ver))
    from scope_index where hall_id = p_hall and op = 'set' group by hall_id, scope;
end $$;

-- Entries of what left a scope go once they are older than p_before; the horizon rises over them (sync.md 4.5). The
-- search begins at the old horizon and needs no lock: two instances at once do the same. Returns the horizon.
create or replace function hall.forget_leaves(p_hall text, p_before timestamptz) returns bigint
  language plpgsql security definer
  set search_path = pg_catalog, hall, pg_temp
as $$
declare
  v_pos bigint;
  v_to  bigint;
begin
  select pos, horizon into v_pos, v_to from hall_clock where hall_id = p_hall;
  select coalesce(min(y.pos) - 1, v_pos) into v_to
    from (select l.pos from command_log l
          where l.hall_id = p_hall and l.pos > v_to and l.pos <= v_pos and l.received_at >= p_before
          order by l.pos limit 1) y;
  update hall_clock set horizon = greatest(horizon, v_to) where hall_id = p_hall returning horizon into v_to;
  delete from scope_index where hall_id = p_hall and op = 'leave' and pos <= v_to;
  return v_to;
end $$;

revoke all on function hall.append_batch(jsonb), hall.open_hall(text, uuid), hall.open_stream(jsonb),
  hall.row_hash(text, text, integer), hall.recount_digests(text), hall.forget_leaves(text, timestamptz) from public;
