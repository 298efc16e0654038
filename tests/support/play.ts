import { calendarsFromChineseDays } from '../../server/calendar/seed-calendars.ts'
import { momentOf } from '../../shared/calendar/day.ts'
import type { Case } from '../../shared/cases/index.ts'
import { commands } from '../../shared/commands.ts'
import { readPath } from '../../shared/core/apply.ts'
import type { Json } from '../../shared/core/canonical.ts'
import type { Envelope } from '../../shared/core/envelope.ts'
import { decideCommand, type Decision, type Row } from '../../shared/core/kernel.ts'
import type { Role } from '../../shared/core/roles.ts'
import { halls, type HallId } from '../../shared/profiles/halls.ts'
import type { Item } from '../../shared/profiles/item-sheet.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import type { Settings } from '../../shared/profiles/settings.ts'

/** A person of a play: who acts, as what, on which tablet. */
export interface Player {
  id: string
  name: string
  role: Role
  device: number
  /** Of a unit's back office or a leader: the unit their right is for. */
  unitId?: string
}

export const personA: Player = { id: 'a', name: '示例·甲', role: 'roleA', device: 1 }
export const personB: Player = { id: 'b', name: '示例·乙', role: 'roleB', device: 2 }
export const supervisor: Player = { id: 's', name: '示例·督', role: 'supervisor', device: 3 }

/** A test's deterministic UUID: `n` in the last digits. */
export const uuidOf = (n: number) => `0190a0a0-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

const isOfHall = ({ role, unitId }: Player) => role === 'supervisor' || unitId !== undefined

/** What one step of a play may set besides type and arguments. */
export interface Step {
  by?: Player
  /** Local day and time of the act, `YYYY-MM-DD HH:MM`. */
  at?: string
  /** Row the actor saw; by default the row as it is. */
  saw?: Row
  window?: string | null
}

/** One aggregate of one hall, driven through the real kernel with the hall's own profile (some settings as asked), catalogue and calendars. */
export function playCase(hallId: HallId, itemName = '学生证补办', own: Partial<Settings> = {}) {
  const { profile: shipped, items } = halls[hallId]
  const profile: Profile = { ...shipped, settings: { ...shipped.settings, ...own } }
  const found = items.find((entry) => entry.name === itemName)
  if (!found) throw new Error(`${hallId} has no item ${itemName}`)
  const item: Item = found
  const calendars = calendarsFromChineseDays(hallId, [2026, 2027])
  let row: Row = null
  let count = 0

  function step(type: string, args: Record<string, Json>, how: Step = {}): Decision {
    const decision = decideCommand(commands, row, decidable(type, args, how))
    row = decision.row
    return decision
  }

  function decidable(
    type: string,
    args: Record<string, Json>,
    { by = personA, at = '2026-11-20 10:42', saw = row, window }: Step,
  ) {
    count += 1
    const def = commands.get(`${type}@1`)
    if (!def) throw new Error(`no command ${type}`)
    const seen = Object.fromEntries(def.touches(args).map((path) => [path, (saw && readPath(saw.image, path)) ?? null]))
    const windowId = window !== undefined ? window : isOfHall(by) ? null : item.windowId
    const env: Envelope = {
      ...{ cmdId: uuidOf(1000 + count), deviceId: uuidOf(by.device), streamId: uuidOf(10 + by.device), seq: count },
      ...{ type, v: 1, nature: def.nature, hallId, kind: def.on, aggId: uuidOf(1), args },
      base: {
        ...{ ver: saw?.ver ?? 0, after: 0, seen },
        ctxv: { profile: profile.id, item: item.id, calendars: calendars.map((entry) => entry.id) },
      },
      ...{ actorId: by.id, role: by.role, windowId, grantId: `g-${by.id}`, shiftId: null },
      ...{ wall: momentOf(at.slice(0, 10), at.slice(11)), mono: 0, boot: 'b', off: 0, offErr: 0 },
      ...{ app: 'test', schema: 1, online: false, prev: '0'.repeat(64) },
    }
    return { env, pii: {}, actor: actorOf(by, windowId), refs: { profile, item, calendars } }
  }

  function actorOf({ name, role, unitId }: Player, windowId: string | null) {
    const mayNot = role === 'roleB' ? { mayNot: profile.settings.roleBMayNot.value } : {}
    return { name, roles: [{ role, windowId, ...mayNot, ...(unitId ? { unitId } : {}) }] }
  }

  function receive(states: Record<string, 'present' | 'missing' | 'unfit'> = {}, how: Step = {}): Decision {
    const materials = item.materials.map(({ id }) => ({ id, state: states[id] ?? ('present' as const) }))
    const student = { name: '示例·王同学', studentNo: '20240117', phone: '13800001234' }
    return step('case.receive', { number: 'XS-261120-K7-1', itemId: item.id, ticket: null, student, materials }, how)
  }

  return { item, profile, calendars, step, receive, row: () => row, image: () => row?.image as unknown as Case }
}
