import { expect, test } from 'vitest'
import { choicesOf, chosenOf, releasePlan } from '../../client/audit/release-many.ts'
import type { LogRow } from '../../shared/wire/log.ts'

const row = (pos: number, more: Partial<LogRow> = {}): LogRow =>
  ({
    ...{ pos, cmdId: `cmd-${String(pos)}`, kind: 'case', aggId: `case-${String(pos)}`, code: 'grant', reason: '过期' },
    ...{ actorId: 'a', actorName: '示例·王老师', deviceId: 'd1', deviceName: '学工 1 号', ...more },
  }) as LogRow
const rows = [
  row(9, { code: 'quarantine', reason: '没有通过核验', actorId: null, actorName: null }),
  row(8, { actorId: 'boss', actorName: '示例·高老师' }),
  row(7, { deviceId: 'd2', deviceName: '学工 2 号' }),
  row(5, { aggId: 'case-3' }),
  row(3, {}),
]
const all = { actor: '', device: '', reason: '' }

test('[SUP-2] of the held acts those of a person, a tablet or a reason are chosen; the own and the unproved stay', () => {
  const ids = (filter: Partial<typeof all>) => {
    const { rows: found, unproved, own } = chosenOf(rows, { ...all, ...filter }, 'boss')
    return [found.map(({ pos }) => pos), unproved, own]
  }
  expect(ids({})).toEqual([[7, 5, 3], 1, 1])
  expect(ids({ device: 'd1' })).toEqual([[5, 3], 1, 1])
  expect(ids({ actor: 'a', reason: '过期' })).toEqual([[7, 5, 3], 0, 0])
  expect(ids({ actor: 'boss' })).toEqual([[], 0, 1])
  expect(choicesOf(rows, 'actor')).toEqual([
    { id: 'a', label: '示例·王老师', count: 3 },
    { id: 'boss', label: '示例·高老师', count: 1 },
  ])
})

test('[SUP-2] each is released by a command of its own with the same reason, the oldest first, in batches that lose none', () => {
  const many = Array.from({ length: 60 }, (_, i) => row(60 - i))
  const { batches, total } = releasePlan(many, '已逐件核对（示例）')
  expect([total, batches.map((batch) => batch.length)]).toEqual([60, [25, 25, 10]])
  expect(batches.flat().map((draft) => draft.causedBy)).toEqual(many.toReversed().map(({ cmdId }) => cmdId))
  expect(batches[0]?.[0]).toEqual({
    ...{ type: 'held.release', kind: 'case', aggId: 'case-1', itemId: null, causedBy: 'cmd-1' },
    args: { cmdId: 'cmd-1', reason: '已逐件核对（示例）' },
  })
})
