import { aggregate } from '../core/command.ts'
import type { Act } from '../core/kernel.ts'
import type { Conflict, Flag } from '../core/outcome.ts'

/** One line of the work log at a change of hands (ZJJ-19): an open matter, a promise, a seal or key, a word to pass on. */
export interface HandoverLine {
  id: string
  about: 'matter' | 'promise' | 'seal' | 'key' | 'word'
  caseId: string | null
  text: string
}

/** 交接班: what A hands over and B confirms, each signed by its own person (OFF-5). */
export interface Handover {
  id: string
  hallId: string
  kind: 'handover'
  windowId: string
  state: 'open' | 'confirmed'
  from: { actorId: string; actorName: string; role: string }
  to: { actorId: string; actorName: string; role: string } | null
  openedAt: number
  confirmedAt: number | null
  lines: HandoverLine[]
  /** What the receiver found not as listed, by line id. */
  remarks: Record<string, string>
  acts: Act[]
  flags: (Flag & { act: string; actorId: string; at: number })[]
  conflicts: Conflict[]
}

/** 交接班 in the register: followed by its window. */
export const handoverAggregate = aggregate<Handover>({
  kind: 'handover',
  scopes: (image) => [`window:${image.windowId}`],
  shelf: (image) => image.state,
  at: (image) => image.openedAt,
  keys: () => [],
})
