import { aggregate } from '../core/command.ts'
import type { Json } from '../core/canonical.ts'
import type { Act } from '../core/kernel.ts'
import type { Conflict, Flag } from '../core/outcome.ts'
import type { Settings } from '../profiles/settings.ts'

/** One matter of the day that was not settled: a case or a first contact, by the number people say; why stands in `pii`. */
export interface LeftMatter {
  about: 'case' | 'contact'
  id: string
  number: string
  title: string
  /** The key of its answer; null where none was given. */
  answer: string | null
}

/** 收工 (SSC-21): what a person left unsettled at a window at the end of a day, each answered for by name. */
export interface DayClose {
  id: string
  hallId: string
  kind: 'dayClose'
  windowId: string
  state: 'filed' | 'archived'
  /** The hall's local day. */
  on: string
  /** What the hall's rules asked of it. */
  rule: Settings['endOfDay']['value']
  person: { actorId: string; actorName: string; role: string }
  filedAt: number
  left: LeftMatter[]
  pii: Record<string, Json>
  acts: Act[]
  flags: (Flag & { act: string; actorId: string; at: number })[]
  conflicts: Conflict[]
}

/** 收工 in the register: followed by its window and the supervisors until it is put away. */
export const dayCloseAggregate = aggregate<DayClose>({
  kind: 'dayClose',
  scopes: (image) => (image.state === 'archived' ? [] : [`window:${image.windowId}`, 'supervisor']),
  shelf: (image) => image.state,
  at: (image) => image.filedAt,
  keys: () => [],
})
