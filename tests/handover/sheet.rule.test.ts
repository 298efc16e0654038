import { expect, test } from 'vitest'
import { lastingLines, matterLine, pendingOf } from '../../client/handover/handover-lines.ts'
import type { Handover } from '../../shared/handover/index.ts'
import { playCase } from '../support/play.ts'

const from = { actorId: 'a', actorName: '示例·甲', role: 'roleA' }
const sheet = (id: string, openedAt: number, confirmedAt: number | null = null): Handover => ({
  ...{ id, hallId: 'szit', kind: 'handover', windowId: 'student-affairs', from, to: null },
  ...{
    state: confirmedAt === null ? 'open' : 'confirmed',
    openedAt,
    confirmedAt,
    remarks: {},
    acts: [],
    flags: [],
    conflicts: [],
  },
  lines: [
    { id: 's', about: 'seal', caseId: null, text: '学生事务专用章 1 枚' },
    { id: 'k', about: 'key', caseId: null, text: '抽屉钥匙 1 把' },
    { id: 'w', about: 'word', caseId: null, text: '写卡器偶尔要重插' },
  ],
})

test('[ZJJ-19] the newest sheet waits to be confirmed; one listed anew takes the place of the one before', () => {
  expect(pendingOf([sheet('second', 2), sheet('first', 1)])?.id).toBe('second')
})

test('[ZJJ-19] once a shift was taken over, no older sheet waits any more', () => {
  expect(pendingOf([sheet('taken', 3, 4), sheet('forgotten', 2)])).toBeUndefined()
  expect(pendingOf([sheet('next', 5), sheet('taken', 3, 4)])?.id).toBe('next')
})

test('[ZJJ-19] seals and keys pass on to the next sheet, words do not', () => {
  let n = 0
  const lines = lastingLines(sheet('last', 1), () => `new-${String((n += 1))}`)
  expect(lines.map(({ id, about }) => [id, about])).toEqual([
    ['new-1', 'seal'],
    ['new-2', 'key'],
  ])
})

test('[OFF-5] the line of an open case names item, number and promise, never the student', () => {
  const play = playCase('szit')
  play.receive()
  play.step('case.accept', { workingDays: 5, on: '2026-11-27', level: 'ordinary', reason: '示例', beyondReason: null })
  const line = matterLine(play.image())
  expect(line.text).toBe('学生证补办 XS-261120-K7-1，承诺 11月27日')
  expect(JSON.stringify(line)).not.toContain('王同学')
})
