import type { Json } from '../../shared/core/canonical.ts'
import type { Flag, Verdict } from '../../shared/core/outcome.ts'
import type { Role } from '../../shared/core/roles.ts'
import type { Signer } from './engine.ts'

/** One act a person asks for. `args` may be a function that mints the next case number. */
export interface ActDraft {
  type: string
  v?: number
  kind: string
  aggId: string
  args: Record<string, Json> | ((mint: Mint) => Record<string, Json>)
  /** Sheet version it is decided with: the item received, or the one the case already has. */
  itemId: string | null
  /** The act this one answers: one that was not accepted, done again or given up; one that was held, released. */
  causedBy?: string
}

/** What a new command may take from the stream: the next number of its lane, used up only if the act is kept. */
export interface Mint {
  lane: string | null
  next(): number
}

/** Who acts, as what, where. */
export interface Actor {
  signer: Signer
  role: Role
  windowId: string | null
  shiftId: string | null
  /** A draft that ends with this act. */
  draftId?: string
}

/** Kept on the tablet, or not done: a refusal with its code, flags that stop it, or an argument that is wrong. */
export type Commit =
  | { kept: true; acts: { cmdId: string; seq: number; aggId: string; verdict: Verdict }[] }
  | { kept: false; code: string; facts: Record<string, Json>; flags: Flag[] }
