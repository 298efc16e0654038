import { computed, type ComputedRef } from 'vue'
import type { Post } from '../../shared/halls/index.ts'
import type { Assistant, Meeting, Office, Person, StaffChange } from '../../shared/staff/index.ts'
import type { Json } from '../../shared/core/canonical.ts'
import { liveRowsOn, type RowOf } from '../local/rows.ts'
import type { Live } from '../local/live.ts'
import { useStatus } from '../sync/status.ts'
import type { SyncWord } from '../ui/types.ts'

/** A kind of this room by its live rows. */
interface Kinds {
  assistant: Assistant
  meeting: Meeting
  office: Office
  person: Person
  post: Post
  staffChange: StaffChange
}

/** Every row of a kind of this room, live; `useRows('person')`. */
export function useRows<Kind extends keyof Kinds>(kind: Kind): Live<RowOf<Kinds[Kind]>[]> {
  return liveRowsOn<Kinds[Kind]>(kind)
}

/** Their images alone. */
export function useImages<Kind extends keyof Kinds>(kind: Kind): ComputedRef<Kinds[Kind][]> {
  const { data } = useRows(kind)
  return computed(() => data.value.map(({ image }) => image))
}

/** Arguments as an act takes them: plain data whose type only lacks the index signature of JSON. */
export function json(value: object): Record<string, Json> {
  return value as Record<string, Json>
}

/** An act of this room; none of them rests on a sheet. */
export function staffAct(type: string, aggId: string, args: object) {
  const kind = type.slice(0, type.indexOf('.'))
  return { type, kind, aggId, args: json(args), itemId: null }
}

/** Where a row of this room is (sync.md 3.2); its image has a type of its own. */
export function useMark(): (row: { id: string; after: number; image: object }) => SyncWord {
  const status = useStatus()
  return (row) => status.markOf({ ...row, image: json(row.image) })
}
