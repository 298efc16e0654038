import { expect, test } from 'vitest'
import { aggregates } from '../../shared/aggregates.ts'
import { commands } from '../../shared/commands.ts'
import type { Json } from '../../shared/core/canonical.ts'
import { decideCommand, type Row } from '../../shared/core/kernel.ts'
import type { DayClose } from '../../shared/limits/index.ts'
import { momentOf } from '../../shared/calendar/day.ts'
import { halls, type HallId } from '../../shared/profiles/halls.ts'
import { sentenceOf } from '../../shared/sentences.ts'
import { uuidOf } from '../support/play.ts'

const left = (n: number, reason: string | null) => ({
  ...{ about: 'case', id: uuidOf(n), number: `XS-261120-K7-${String(n)}`, title: '学生证补办', reason },
})

/** One act on a 收工 sheet of a hall, by A at a window or by the system. */
function play(hallId: HallId) {
  const { profile } = halls[hallId]
  let row: Row = null
  let seq = 0
  return {
    image: () => row?.image as unknown as DayClose,
    step(type: string, args: Record<string, Json>, role: 'roleA' | 'system' = 'roleA') {
      seq += 1
      const def = commands.get(`${type}@1`)
      const windowId = role === 'system' ? null : 'w'
      const env = {
        ...{ cmdId: uuidOf(90 + seq), deviceId: uuidOf(1), streamId: uuidOf(2), seq, type, v: 1, hallId, args, role },
        ...{ nature: def?.nature ?? 'fact', kind: 'dayClose', aggId: uuidOf(3), windowId, actorId: 'a', grantId: null },
        base: { ver: 0, after: 0, seen: {}, ctxv: { profile: profile.id, item: null, calendars: [] } },
        ...{ shiftId: null, wall: momentOf('2026-11-20', '17:05'), mono: 0, boot: 'b', off: 0, offErr: 0 },
        ...{ app: 'test', schema: 1, online: false, prev: '' },
      }
      const actor = { name: '示例·甲', roles: [{ role, windowId }] }
      const decision = decideCommand(commands, row, {
        env,
        pii: {},
        actor,
        refs: { profile, item: null, calendars: [] },
      })
      row = decision.row
      return decision.verdict
    },
  }
}

test('[SSC-21] where the day must be settled, a matter left without its reason stops the close; with it, it is on record', () => {
  const without = play('ssc').step('dayClose.file', { left: [left(1, null), left(2, '约好明天再来（示例）')] })
  expect(without.flags.filter(({ stops }) => stops).map(({ code, facts, cite }) => [code, facts.count, cite])).toEqual([
    ['dayUnanswered', 1, halls.ssc.profile.settings.endOfDay.cite],
  ])
  const close = play('ssc')
  const answered = close.step('dayClose.file', { left: [left(1, '等学生缴费（示例）')] })
  expect(answered.flags.map(({ code, stops }) => [code, stops])).toEqual([['dayUnsettled', false]])
  expect(sentenceOf('dayUnsettled', { count: 1 })).toContain('收工时有 1 件')
  const { on, rule, person, left: lines, pii } = close.image()
  expect({ on, rule, who: person.actorName }).toEqual({ on: '2026-11-20', rule: 'settleAll', who: '示例·甲' })
  expect(lines[0]?.answer && pii[lines[0].answer]).toBe('等学生缴费（示例）')
})

test('[SSC-21] where the hall only lists, nothing stops and nothing is held against anybody', () => {
  const close = play('nbu')
  expect(close.step('dayClose.file', { left: [left(1, null)] })).toMatchObject({ outcome: 'applied', flags: [] })
  expect(close.image()).toMatchObject({ rule: 'list', left: [{ answer: null }], pii: {} })
})

test('[SSC-21] nothing left is a sheet of its own; put away, it leaves the window and the supervisors, once', () => {
  const close = play('ssc')
  expect(close.step('dayClose.file', { left: [] }).flags).toEqual([])
  const scopes = () => aggregates.get('dayClose')?.scopes(close.image())
  expect(scopes()).toEqual(['window:w', 'supervisor'])
  expect(close.step('dayClose.archive', {}, 'system').outcome).toBe('applied')
  expect(scopes()).toEqual([])
  expect(close.step('dayClose.archive', {}, 'system').code).toBe('dayClose.putAway')
})
