import { aggregate } from '../core/command.ts'
import type { Json } from '../core/canonical.ts'
import type { Act } from '../core/kernel.ts'
import type { Conflict, Flag } from '../core/outcome.ts'

/** Who came or goes: id and name as posts have them. */
export interface StaffName {
  personId: string
  personName: string
  personKind: 'staff' | 'student' | 'supervisor'
}

/** An open case that went to the successor. */
export interface HandedCase {
  caseId: string
  number: string
  itemName: string
}

/** 人员更换 (SSC 十二, ZJJ 三十): why, with whose consent, to whom, which cases; both persons stay on record. */
export interface StaffChange {
  id: string
  hallId: string
  kind: 'staffChange'
  windowId: string
  /** 提出, 同意, 不同意, 生效, 撤销. */
  state: 'asked' | 'consented' | 'declined' | 'effective' | 'dropped'
  /** 不能胜任, 严重违纪违规 (the hall asks the unit), or the unit's own request. */
  reason: 'cannotDo' | 'breach' | 'unitRequest'
  unitId: string | null
  person: StaffName & { postIds: string[]; from: string }
  /** Since when the person has served: before the least tenure the reason stands here. */
  isEarly: boolean
  askedOn: string
  consent: { isGiven: boolean; by: string; on: string; note: string } | null
  successor: (StaffName & { on: string }) | null
  handed: (HandedCase & { act: string; at: number })[]
  effectiveOn: string | null
  /** finding: what was found, or what the unit wrote. */
  pii: Record<string, Json>
  acts: Act[]
  flags: (Flag & { act: string; actorId: string; at: number })[]
  conflicts: Conflict[]
}

const shelves = { asked: 'open', consented: 'open', declined: 'over', effective: 'over', dropped: 'over' } as const

/** 人员更换 in the register: the officers' alone, since it speaks of a person. */
export const staffChangeAggregate = aggregate<StaffChange>({
  kind: 'staffChange',
  scopes: () => ['supervisor'],
  shelf: (image) => shelves[image.state],
  at: (image) => image.acts[0]?.at ?? 0,
  keys: () => [],
})
