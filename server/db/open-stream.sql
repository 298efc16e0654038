-- Streams that begin later than their tablet: forks, and the new life of a server that was restored (sync.md 1.5, 2.2,
-- 3.5). Each change of this file is copied whole into a new custom migration.

-- The n-th lane code of a hall, from 0: two letters, and three once those are used up. No letter looks like another.
create or replace function hall.lane_code(n integer) returns text
  language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
  select case when n < 1024 then substr(a, n / 32 + 1, 1) || substr(a, n % 32 + 1, 1)
    else substr(a, (n - 1024) / 1024 % 32 + 1, 1) || substr(a, (n - 1024) / 32 % 32 + 1, 1) || substr(a, (n - 1024) % 32 + 1, 1)
    end
  from (values ('23456789ABCDEFGHJKLMNPQRSTUVWXYZ')) as letters(a)
$$;

-- The first codes of a hall that nobody has ever been given.
create or replace function hall.free_lanes(p_hall text, p_count integer) returns setof text
  language sql stable
  set search_path = pg_catalog, hall, pg_temp
as $$
  select hall.lane_code(n) from generate_series(0, 1024 + 32768 - 1) as n
    where not exists (select from lane l where l.hall_id = p_hall and l.code = hall.lane_code(n))
    order by n limit p_count
$$;

-- A branch {hallId, deviceId, streamId, branch, fromSeq, prev} of a device's own stream, at the command before fromSeq:
-- of the stems that have one, the branch that the first envelope names by its hash. False: open already, or no stem.
create or replace function hall.open_branch(b jsonb) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, hall, pg_temp
as $$
declare
  v_stem  sync_stream;
  v_from  constant integer := (b->>'fromSeq')::integer;
  v_chain bytea;
begin
  select * into v_stem from sync_stream where stream_id = b->>'streamId' and branch = 0
    and hall_id = b->>'hallId' and device_id = b->>'deviceId';
  if not found or (b->>'branch')::smallint < 1 or v_from < 1 then
    return false;
  end if;
  if v_from = 1 then
    v_chain := sha256(convert_to(v_stem.stream_id, 'UTF8'));
  else
    select l.hash into v_chain from command_log l
      where l.stream_id = v_stem.stream_id and l.seq = v_from - 1 and l.branch < (b->>'branch')::smallint
      order by (encode(l.hash, 'hex') is not distinct from b->>'prev') desc, l.branch desc limit 1;
  end if;
  if v_chain is null then
    return false;
  end if;
  insert into sync_stream (stream_id, branch, hall_id, device_id, lane, last_seq, chain, closed_at)
    values (v_stem.stream_id, (b->>'branch')::smallint, v_stem.hall_id, v_stem.device_id, v_stem.lane, v_from - 1,
      v_chain, v_stem.closed_at)
    on conflict do nothing;
  return found;
end $$;

-- A new life of a hall that was restored from an older state: every tablet begins again from it and sends what it
-- lacks. Lanes handed out since that state are not known here: the next ones are set aside, for whoever had them.
create or replace function hall.new_epoch(p_hall text) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, hall, pg_temp
as $$
declare
  v_epoch constant uuid := gen_random_uuid();
begin
  update hall_clock set epoch = v_epoch where hall_id = p_hall;
  if not found then
    raise exception 'no such hall' using errcode = '22023';
  end if;
  insert into lane (hall_id, code, device_id) select p_hall, code, 'restored' from free_lanes(p_hall, 64) as code;
  return v_epoch;
end $$;

revoke all on function hall.lane_code(integer), hall.free_lanes(text, integer), hall.open_branch(jsonb),
  hall.new_epoch(text) from public;
