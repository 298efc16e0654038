import { expect, test } from 'vitest'
import type { OpenConflict } from '../../client/audit/conflicts.ts'
import { conflictTitle, valueWords } from '../../client/audit/conflicts.ts'
import { bothWords, decidedWords, followWords } from '../../client/audit/decision-words.ts'
import { valueCards } from '../../client/audit/value-cards.ts'
import { openConflicts, type Case } from '../../shared/cases/index.ts'
import type { RowOf } from '../../client/local/rows.ts'
import { personA, personB, playCase, uuidOf } from '../support/play.ts'

/** A case on which A and B did one thing each, neither having seen the other. */
function clash(by: 'phone' | 'result') {
  const play = playCase('nbu')
  play.receive()
  const saw = play.row()
  if (by === 'phone') {
    play.step('case.correct', { fields: { phone: '13900000001' } }, { by: personA, saw })
    play.step('case.correct', { fields: { phone: '13900000002' } }, { by: personB, saw, at: '2026-11-20 11:00' })
  } else {
    play.step('case.conclude', { result: '已当场办结', resultNote: '当面领取' }, { by: personA, saw })
    play.step('case.withdraw', { reason: '学生先撤回（示例）' }, { by: personB, saw, at: '2026-11-20 11:00' })
  }
  const [conflict] = openConflicts(play.image())
  if (!conflict) throw new Error('no conflict')
  const entry: OpenConflict = { id: conflict.id, row: { id: uuidOf(1), image: play.image() } as RowOf<Case>, conflict }
  return { entry, profile: play.profile }
}

const facts = { today: '2026-11-20', log: new Map(), ownDeviceId: null }

test('[OFF-4] both cards carry the same rows in the same order, with who, when, where, network and what was seen', () => {
  const { entry, profile } = clash('phone')
  const [kept, other] = valueCards(entry, { ...facts, profile })
  expect(kept.rows.map(({ label }) => label)).toEqual(other.rows.map(({ label }) => label))
  expect([kept.title, other.title]).toEqual(['13900000001', '13900000002'])
  expect(kept.rows[0]).toMatchObject({ text: '示例·甲', letter: 'A', word: 'A岗' })
  expect(other.rows[0]).toMatchObject({ text: '示例·乙', letter: 'B', word: 'B岗' })
  expect(other.rows[1]?.text).toBe('11月20日 11:00:00')
  expect(other.rows.map(({ text }) => text)).toEqual(
    expect.arrayContaining(['离线', '没有看到另一处改动', '联网后显示']),
  )
})

test('[OFF-4] with the log at hand a card says when it arrived, on which tablet, and how far its clock was off', () => {
  const { entry, profile } = clash('phone')
  const { at } = entry.conflict.other
  const row = { wall: at + 41_000, receivedAt: at + 60_000, deviceName: '学工 2 号' }
  const log = new Map([[entry.conflict.other.cmdId, row]]) as never
  const [, other] = valueCards(entry, { ...facts, profile, log })
  expect(other.rows[1]?.text).toBe('11月20日 11:00:00（平板快 41 秒，已校正）')
  expect(other.rows[2]?.text).toBe('11月20日 11:01:00')
  expect(other.rows[3]?.text).toBe('学工 2 号 · 学工服务')
})

test('[OFF-4] two ends are named by their outcome, with what was written beside it', () => {
  const { entry, profile } = clash('result')
  expect(conflictTitle(entry.conflict)).toBe('办理结果不一致')
  expect(valueWords(entry, 'kept', profile)).toEqual({ title: '办结：已当场办结', sub: '当面领取', short: '“办结”' })
  expect(valueWords(entry, 'other', profile)).toMatchObject({ title: '撤回：学生先撤回（示例）', sub: undefined })
})

test('[OFF-4] a personal value that was lawfully erased is said to be gone, not shown as another', () => {
  const { entry, profile } = clash('phone')
  const image = { ...entry.row.image, pii: {} }
  const erased = { ...entry, row: { ...entry.row, image } }
  expect(valueWords(erased, 'kept', profile).title).toContain('已按规定删除')
})

test('what will follow names the value that loses, and who can read the decision', () => {
  const titles = { kept: '13900000001', other: '13900000002' }
  const { conflict } = clash('phone').entry
  const words = followWords({ conflict, choice: 'other', titles })
  expect(words).toContain('电话记为“13900000002”')
  expect(words).toContain('甲写的“13900000001”原样留在记录里')
  expect(words).toContain('甲、乙打开这件办件就看得到')
  expect(followWords({ conflict, choice: 'reopen', titles })).toContain('仍是第 1 处')
  const ends = clash('result').entry.conflict
  expect(followWords({ conflict: ends, choice: 'reopen', titles })).toContain('回到办理中')
  expect([bothWords(ends), decidedWords(ends, 'reopen', titles)]).toEqual(['都保留，重新打开', '都保留，重新打开'])
  expect(decidedWords(conflict, 'kept', titles)).toBe('选了第 1 处“13900000001”')
})
