import { momentOf } from '../../shared/calendar/day.ts'
import { commands } from '../../shared/commands.ts'
import { readPath } from '../../shared/core/apply.ts'
import type { Json } from '../../shared/core/canonical.ts'
import { decideCommand, type Row } from '../../shared/core/kernel.ts'
import type { Role } from '../../shared/core/roles.ts'
import { halls, type HallId } from '../../shared/profiles/halls.ts'
import { uuidOf } from '../support/play.ts'

/** Who acts: by default the hall's officer, in a browser of their own. */
export interface Doer {
  role?: Role
  windowId?: string | null
  at?: string
  /** The row the actor saw, if not the one that stands. */
  saw?: Row
}

/** One aggregate of a room without cases, driven through the real kernel by a hall's own profile. */
export function playStaff(hallId: HallId, kind: string) {
  const { profile } = halls[hallId]
  let row: Row = null
  let count = 0

  function step(type: string, args: object, how: Doer = {}): string {
    const { role = 'supervisor', windowId = null, at = '2026-11-20', saw = row } = how
    const def = commands.get(`${type}@1`)
    if (!def) throw new Error(`no command ${type}`)
    count += 1
    const seen = Object.fromEntries(def.touches(args).map((path) => [path, (saw && readPath(saw.image, path)) ?? null]))
    const env = {
      ...{ cmdId: uuidOf(1000 + count), deviceId: uuidOf(3), streamId: uuidOf(13), seq: count, type, v: 1, kind },
      ...{ nature: def.nature, hallId, aggId: uuidOf(1), args: args as Record<string, Json> },
      base: { ver: saw?.ver ?? 0, after: 0, seen, ctxv: { profile: profile.id, item: null, calendars: [] } },
      ...{ actorId: `the-${role}`, role, windowId, grantId: 'g', shiftId: null, wall: momentOf(at, '10:42'), mono: 0 },
      ...{ boot: 'b', off: 0, offErr: 0, app: 'test', schema: 1, online: true, prev: '0'.repeat(64) },
    }
    const actor = { name: '示例·督', roles: [{ role, windowId }] }
    const decided = decideCommand(commands, row, { env, pii: {}, actor, refs: { profile, item: null, calendars: [] } })
    row = decided.row
    const { outcome, code } = decided.verdict
    return code === undefined ? outcome : `${outcome} ${code}`
  }

  return { profile, step, row: () => row, image: <Image>() => row?.image as Image }
}
