import type { Json } from './canonical.ts'

/** The five ends of a command (sync.md 3.2): final, each with its one word for people. */
export const outcomes = ['applied', 'merged', 'conflict', 'rejected', 'held'] as const
export type Outcome = (typeof outcomes)[number]

/** Refused and held acts stand in the log but in no image: nothing of them is to be seen, undone or waited for there. */
export function hasNoEffect(outcome: string | null | undefined): outcome is 'rejected' | 'held' {
  return outcome === 'rejected' || outcome === 'held'
}

/** A rule was broken or is in doubt. `stops`: the tablet does not offer the act; once done, it stands and is shown. */
export interface Flag {
  cite: string
  code: string
  facts: Record<string, Json>
  stops: boolean
}

/** Two values for one place, both kept, until a person decides. Personal values stand in `pii` under the same id. */
export interface Conflict {
  id: string
  field: string
  label: string
  kept: ConflictSide
  other: ConflictSide
  isPersonal: boolean
  settled: null | Settled
  /** Who decides by the table of sync.md §6; a person of the window where it says nothing. */
  who?: 'person' | 'supervisor'
  /** The edit was made before its author saw that the matter had ended: kept both, the matter may be opened again. */
  isAfterEnd?: boolean
  /** Decisions that a later one has revised, the oldest first. */
  revised?: Settled[]
}

/** How a conflict was decided, by whom, why, and by which command. */
export interface Settled {
  choice: string
  reason: string
  actorId: string
  actorName: string
  cmdId: string
  at: number
}

/** One of the two: who wrote it, by which command, when (tablet's estimate), and the value unless it is personal. */
export interface ConflictSide {
  cmdId: string
  actorId: string
  actorName: string
  role: string
  deviceId: string
  at: number
  online: boolean
  value: Json
}

/** A change of an image. Paths are dotted keys; `add` appends to a list. */
export type Change =
  | { op: 'create'; value: Record<string, Json> }
  | { op: 'set'; path: string; value: Json }
  | { op: 'add'; path: string; value: Json }

/** What a rule says of one command. A refusal is `rejected` with its code; its sentence is in the room's refusals. */
export interface Verdict {
  outcome: Outcome
  code?: string
  detail?: Record<string, Json>
  changes: Change[]
  flags: Flag[]
  conflicts: Conflict[]
}

/** The act stands as intended. */
export const applied = (changes: Change[], flags: Flag[] = []): Verdict => ({
  outcome: 'applied',
  changes,
  flags,
  conflicts: [],
})

/** The act stands over a newer version; `detail` says what was adapted. */
export const merged = (changes: Change[], detail: Record<string, Json>, flags: Flag[] = []): Verdict => ({
  outcome: 'merged',
  detail,
  changes,
  flags,
  conflicts: [],
})

/** The safe part stands, the contended values wait for a person. */
export const contended = (changes: Change[], conflicts: Conflict[], flags: Flag[] = []): Verdict => ({
  outcome: 'conflict',
  changes,
  flags,
  conflicts,
})

/** A claim is refused; nothing changes. */
export const rejected = (refusal: { code: string; facts?: Record<string, Json> }): Verdict => ({
  outcome: 'rejected',
  code: refusal.code,
  ...(refusal.facts ? { detail: refusal.facts } : {}),
  changes: [],
  flags: [],
  conflicts: [],
})

/** In the log, not in the image: a supervisor or engineer looks at it. */
export const held = (code: HeldCode, detail?: Record<string, Json>): Verdict => ({
  outcome: 'held',
  code,
  ...(detail ? { detail } : {}),
  changes: [],
  flags: [],
  conflicts: [],
})
export type HeldCode = 'grant' | 'quarantine' | 'crash' | 'depends'

/** Changes, as rules write them: make the image, set a place, append to a list. */
export const create = (value: object): Change => ({ op: 'create', value: value as Record<string, Json> })
/** Set the value at a path. */
export const set = (path: string, value: unknown): Change => ({ op: 'set', path, value: value as Json })
/** Append to the list at a path. */
export const add = (path: string, value: unknown): Change => ({ op: 'add', path, value: value as Json })

/** A lapse or doubt with the article it rests on. */
export const flag = (cite: string, code: string, facts: Record<string, Json> = {}): Flag => ({
  cite,
  code,
  facts,
  stops: false,
})

/** As `flag`, for what the lawful way does not offer: the tablet stops before it is done. */
export const stop = (cite: string, code: string, facts: Record<string, Json> = {}): Flag => ({
  cite,
  code,
  facts,
  stops: true,
})
