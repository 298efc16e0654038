import { calendarsFromChineseDays } from '../../server/calendar/seed-calendars.ts'
import type { Case } from '../../shared/cases/index.ts'
import { commands } from '../../shared/commands.ts'
import { readPath } from '../../shared/core/apply.ts'
import type { Json } from '../../shared/core/canonical.ts'
import type { Envelope } from '../../shared/core/envelope.ts'
import { decideCommand, type Row } from '../../shared/core/kernel.ts'
import type { Role } from '../../shared/core/roles.ts'
import { nbuProfile } from '../../shared/profiles/nbu.ts'
import { act } from '../support/forge.ts'
import { uuidOf } from '../support/play.ts'
import { ctxv, item, memoryHall, pushTo, receiving, serverNow, signerIn, tabletIn } from '../sync/forged-hall.ts'
import type { Move, Values } from './meetings.ts'

/** What became of one act. */
export interface End {
  outcome: string
  code: string | null
  flags: string[]
}

/** One case of one hall, and three people who act on it over what they saw. */
export interface Stage {
  look(): Case
  /** The act, made over `saw`. */
  do(move: Move, saw: Case, v: Values): Promise<End>
}

const people = { a: 'roleA', b: 'roleA', s: 'supervisor' } as const satisfies Record<Move['by'], Role>
const calendars = calendarsFromChineseDays('nbu', [2026])
const student = { name: '示例·王同学', studentNo: '20240117', phone: '13800001234' }

/** A case received by A, driven through the kernel alone. */
export function kernelStage(): Stage {
  let row: Row = null
  let count = 0
  function run(type: string, args: Record<string, Json>, { by, saw }: { by: Move['by']; saw: Case | null }): End {
    count += 1
    const def = commands.get(`${type}@1`)
    if (!def) throw new Error(`no command ${type}`)
    const seen = Object.fromEntries(def.touches(args).map((path) => [path, (saw && readPath(saw, path)) ?? null]))
    const windowId = by === 's' ? null : item.windowId
    const env: Envelope = {
      ...{ cmdId: uuidOf(1000 + count), deviceId: uuidOf(by.charCodeAt(0)), streamId: uuidOf(10), seq: count },
      ...{ type, v: 1, nature: def.nature, hallId: 'nbu', kind: def.on, aggId: uuidOf(1), args },
      base: { ver: 0, after: 0, seen, ctxv },
      ...{ actorId: by, role: people[by], windowId, grantId: `g-${by}`, shiftId: null },
      ...{ wall: serverNow, mono: 0, boot: 'b', off: 0, offErr: 0, app: 'test', schema: 1, online: false, prev: '' },
    }
    const actor = { name: `示例·${by}`, roles: [{ role: people[by], windowId }] }
    const { verdict, row: after } = decideCommand(commands, row, {
      ...{ env, pii: {}, actor, refs: { profile: nbuProfile, item, calendars } },
    })
    row = after
    return { outcome: verdict.outcome, code: verdict.code ?? null, flags: verdict.flags.map((one) => one.code) }
  }
  const materials = item.materials.map(({ id }) => ({ id, state: 'present' }))
  run(
    'case.receive',
    { number: 'XG-261120-K7-1', itemId: item.id, ticket: null, student, materials },
    { by: 'a', saw: null },
  )
  const look = () => row?.image as unknown as Case
  return {
    look,
    do: (move, saw, v) => Promise.resolve(run(move.type, move.args({ v, item, image: saw }), { by: move.by, saw })),
  }
}

/** The same, each person on a tablet of their own whose acts are signed, pushed and judged by the server's own code. */
export async function judgeStage(): Promise<Stage> {
  const hall = memoryHall()
  const seats = {
    a: seat('a', 'K7'),
    b: seat('b', 'K8'),
    s: seat('s', 'K9'),
  }
  function seat(id: Move['by'], lane: string) {
    const tablet = tabletIn(hall, lane)
    const at = id === 's' ? { windowId: null } : {}
    return { tablet, signer: signerIn(hall, tablet, { id, role: people[id], ...at }) }
  }
  const received = receiving(seats.a.tablet)
  await pushTo(hall, seats.a.tablet, { from: 1, commands: [act(seats.a.tablet, seats.a.signer, received)] })
  const look = () => (hall.db.images.get(`case:${received.aggId}`)?.image ?? null) as unknown as Case
  return {
    look,
    async do(move, saw, v) {
      const { tablet, signer } = seats[move.by]
      const args = move.args({ v, item, image: saw })
      const plan = { type: move.type, aggId: received.aggId, args, at: serverNow - 1000, ctxv, saw }
      const command = act(tablet, signer, plan)
      const { results } = await pushTo(hall, tablet, { from: tablet.seq, commands: [command] })
      const last = results.at(-1)
      const cmdId = last?.cmdId
      return {
        ...{ outcome: last?.outcome ?? '', code: last?.code ?? null },
        flags: look()
          .flags.filter((one) => one.act === cmdId)
          .map((one) => one.code),
      }
    },
  }
}
