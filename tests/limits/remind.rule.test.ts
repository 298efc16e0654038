import { expect, test } from 'vitest'
import { openReminder } from '../../shared/cases/index.ts'
import { aggregates } from '../../shared/aggregates.ts'
import { playCase, supervisor, type Player } from '../support/play.ts'

const system: Player = { id: 'system:nbu', name: '系统', role: 'system', device: 9 }
const urge = { way: 'urge', dueOn: '2026-11-24', text: null }

function promised() {
  const play = playCase('nbu')
  play.receive({}, { at: '2026-11-17 10:00' })
  const args = { workingDays: 5, on: '2026-11-24', level: 'ordinary', reason: '须审核', beyondReason: null }
  play.step('case.accept', args, { at: '2026-11-17 10:05' })
  return play
}
const keysOf = (image: unknown) => aggregates.get('case')?.keys(image) ?? []

test('[SUP-1] the system reminds once of a due day and way; a supervisor as often as they see fit, in their own words', () => {
  const play = promised()
  const outcomes = [
    play.step('case.remind', urge, { by: system, window: null }),
    play.step('case.remind', urge, { by: system, window: null }),
    play.step('case.remind', { ...urge, dueOn: '2026-11-26' }, { by: system, window: null }),
    play.step('case.remind', { ...urge, way: 'supervise' }, { by: system, window: null }),
    play.step('case.remind', { ...urge, text: '学生明天要用（示例）' }, { by: supervisor }),
    play.step('case.remind', { ...urge, text: '请回电（示例）' }, { by: supervisor }),
  ].map(({ verdict }) => verdict.code ?? verdict.outcome)
  expect(outcomes).toEqual(['applied', 'case.alreadyReminded', ...Array.from({ length: 4 }, () => 'applied')])
  const image = play.image()
  expect(image.reminders?.map(({ way, to }) => [way, to?.actorName ?? null])).toEqual([
    ['urge', '示例·甲'],
    ['urge', '示例·甲'],
    ['supervise', null],
    ['urge', '示例·甲'],
    ['urge', '示例·甲'],
  ])
  const last = image.reminders?.at(-1)
  expect(last && image.pii[last.key]).toBe('请回电（示例）')
})

test('[SUP-1] a reminder stands, found by its key, until the case’s people have acted; then the list lets it go', () => {
  const play = promised()
  play.step('case.remind', urge, { by: supervisor, at: '2026-11-23 09:00' })
  expect(openReminder(play.image())).toMatchObject({ way: 'urge', dueOn: '2026-11-24' })
  expect(keysOf(play.image())).toContain('催办')
  play.step('case.note', { text: '已联系（示例）' }, { at: '2026-11-23 09:30' })
  expect(openReminder(play.image())).toBeUndefined()
  expect(keysOf(play.image())).not.toContain('催办')
})

test('[SUP-1] nobody at a window reminds, and a case that is over takes no reminder', () => {
  const play = promised()
  expect(play.step('case.remind', urge).verdict.code).toBe('right.missing')
  play.step('case.withdraw', { reason: '不办了' })
  expect(play.step('case.remind', urge, { by: supervisor }).verdict.code).toBe('case.alreadyEnded')
})
