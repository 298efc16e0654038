import { z } from 'zod'
import { aggregate } from '../core/command.ts'
import type { Json } from '../core/canonical.ts'
import type { Act } from '../core/kernel.ts'
import type { Conflict, Flag } from '../core/outcome.ts'
import { day, filledText, plainId, text } from '../core/text.ts'
import { BusyTime } from './free-time.ts'

/** 上岗培训 (SSC-13, SZIT-8): by the hall (`unitId` null) or a unit, for one window or (null) for all. */
export const Training = z.strictObject({
  windowId: plainId.nullable(),
  unitId: plainId.nullable(),
  on: day,
  what: text(100),
})
export type Training = z.infer<typeof Training>

/** What is on record of a person besides what is personal. */
export const PersonFields = z.strictObject({
  name: filledText(60),
  personKind: z.enum(['staff', 'student', 'supervisor']),
  unitId: plainId.nullable(),
  college: text(60),
  rank: z.enum(['none', 'middleRank']),
  /** Which of the profile's conditions are met, in their order (SSC 十一). */
  conditions: z.array(z.boolean()).max(12),
  conditionNote: text(200),
  badgeNo: text(20),
})
export type PersonFields = z.infer<typeof PersonFields>

/** 人员档案: somebody who serves in the hall, under the id of the account and of the posts. */
export interface Person extends PersonFields {
  id: string
  hallId: string
  kind: 'person'
  state: 'active' | 'left'
  trainings: Training[]
  busy: BusyTime[]
  leftOn: string | null
  /** phone, number (工号、学号), photo. */
  pii: Record<string, Json>
  acts: Act[]
  flags: (Flag & { act: string; actorId: string; at: number })[]
  conflicts: Conflict[]
}

/** 人员档案 in the register: the officers' alone; tablets learn names by the posts. */
export const personAggregate = aggregate<Person>({
  kind: 'person',
  scopes: () => ['supervisor'],
  shelf: (image) => image.state,
  at: () => 0,
  keys: (image) => (image.badgeNo === '' ? [] : [image.badgeNo]),
})
