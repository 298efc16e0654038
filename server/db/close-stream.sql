-- The last step of the ladder (sync.md §8): a supervisor closes a queue its tablet has left after a loss of its store.
-- Each change of this file is copied whole into a new custom migration.

-- Closes a stream {hallId, streamId, at} with its branches and says how far it came; what comes after is held. Only one
-- that is left: a later act of the same device stands in another stream. Asked again it changes nothing.
create or replace function hall.close_stream(b jsonb) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, hall, pg_temp
as $$
declare
  v_stream sync_stream;
begin
  select * into v_stream from sync_stream
    where hall_id = b->>'hallId' and stream_id = b->>'streamId' and branch = 0;
  if not found or not exists (
    select from sync_stream s join command_log l on l.stream_id = s.stream_id and l.branch = s.branch
      and l.seq = s.last_seq
      where s.hall_id = v_stream.hall_id and s.device_id = v_stream.device_id and s.stream_id <> v_stream.stream_id
        and l.pos > coalesce((select max(o.pos) from command_log o where o.stream_id = v_stream.stream_id), 0))
  then
    return null;
  end if;
  update sync_stream set closed_at = coalesce(closed_at, (b->>'at')::timestamptz)
    where hall_id = v_stream.hall_id and stream_id = v_stream.stream_id;
  return (select jsonb_build_object('lastSeq', s.last_seq, 'closedAt', round(extract(epoch from s.closed_at) * 1000))
    from sync_stream s where s.stream_id = v_stream.stream_id and s.branch = 0);
end $$;

revoke all on function hall.close_stream(jsonb) from public;
