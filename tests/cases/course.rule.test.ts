import { expect, test } from 'vitest'
import { courseOf } from '../../client/cases/case-course.ts'
import { caseLine, sortLines } from '../../client/cases/case-line.ts'
import { pictureOf } from '../../client/cases/limit-cells.ts'
import { limitOf } from '../../shared/limits/index.ts'
import type { CaseRecord } from '../../client/cases/queries.ts'
import type { OutcomeRow } from '../../client/local/store.ts'
import { personB, playCase, uuidOf } from '../support/play.ts'

const promised = { workingDays: 5, on: '2026-11-23', level: 'ordinary', reason: '须经审核', beyondReason: null }
const photo = { materialId: 'photo', name: '一寸近照 1 张', state: 'missing', how: '白底' }

type Play = ReturnType<typeof playCase>

const termsOf = ({ profile, calendars }: Play, today: string) => ({ profile, calendars, today })

/** As the mock has it: promised on 16 November, told on the 18th, brought on the 19th. */
function pausedCase(): Play {
  const play = playCase('szit')
  play.receive({}, { at: '2026-11-16 13:58' })
  play.step('case.accept', promised, { at: '2026-11-16 14:05' })
  const id = play.item.materials[1]?.id ?? ''
  const notice = { missing: [{ ...photo, materialId: id }], matters: [] }
  play.step('case.supplementNotice', notice, { by: personB, at: '2026-11-18 10:15' })
  play.step('case.materialGiven', { materials: [{ id, state: 'present' }] }, { at: '2026-11-19 16:20' })
  return play
}

function rowOf({ row, image }: Play, id = 'a'): CaseRecord {
  const common = { kind: 'case', ver: row()?.ver ?? 0, after: 0, shelf: '', at: 0, keys: [], scopes: [], stamp: null }
  return { ...common, id, image: image() as CaseRecord['image'] }
}

test('[ZJJ-27] while the student is awaited the clock stops, day by day, and the due day moves on by as many', () => {
  const play = pausedCase()
  const terms = termsOf(play, '2026-11-20')
  const limit = limitOf(play.image(), terms)
  expect(limit).toMatchObject({ receivedOn: '2026-11-16', promisedOn: '2026-11-23', dueOn: '2026-11-25' })
  expect(limit?.paused).toEqual(['2026-11-18', '2026-11-19'])
  if (!limit) return
  const { cells, headline, detail, used, label } = pictureOf(limit, terms)
  expect(cells.map((cell) => [cell.kind, cell.label])).toEqual([
    ...[
      ['receipt', '16日'],
      ['used', '17日'],
      ['stop', '18日'],
      ['stop', '19日'],
      ['now', '20日'],
    ],
    ...[
      ['gap', '周末'],
      ['ahead', '23日'],
      ['ahead', '24日'],
      ['ahead', '25日'],
    ],
  ])
  expect(cells.at(-1)).toMatchObject({ below: '到期', due: true })
  expect({ headline, used }).toEqual({ headline: '还剩 4 个工作日', used: 1 })
  expect(detail).toMatch(/^含今天，11月25日（周三）\d+:\d\d 前办结$/)
  expect(label).toContain('暂停 2 天')
})

test('[SUP-1] a bar past its due day says by how much; received on a Sunday, its five days begin after Monday', () => {
  const past = playCase('nbu')
  past.receive({}, { at: '2026-11-12 10:00' })
  past.step('case.accept', { ...promised, on: '2026-11-19' }, { at: '2026-11-12 10:00' })
  const terms = termsOf(past, '2026-11-23')
  const limit = limitOf(past.image(), terms)
  expect(limit && pictureOf(limit, terms).headline).toBe('超期 2 个工作日')
  expect(limit && pictureOf(limit, terms).cells.filter((cell) => cell.kind === 'over')).toHaveLength(2)
  const sunday = playCase('nbu')
  sunday.receive({}, { at: '2026-11-22 11:00' })
  sunday.step('case.accept', { ...promised, on: '2026-11-30' }, { at: '2026-11-22 11:00' })
  const early = limitOf(sunday.image(), termsOf(sunday, '2026-11-22'))
  expect(early && pictureOf(early, termsOf(sunday, '2026-11-22')).headline).toBe('还剩 5 个工作日')
})

test('a list puts 超期 first, then 临期, then by date; a waiting case is never late', () => {
  const on = (due: string) => {
    const play = playCase('nbu')
    play.receive({}, { at: '2026-11-12 10:00' })
    play.step('case.accept', { ...promised, on: due }, { at: '2026-11-12 10:00' })
    return play
  }
  const [late, near, far, waits] = [on('2026-11-19'), on('2026-11-20'), on('2026-12-18'), on('2026-11-17')]
  waits.step('case.supplementNotice', { missing: [photo], matters: [] }, { at: '2026-11-13 10:00' })
  const line = (play: Play, id: string) => caseLine(rowOf(play, id), termsOf(play, '2026-11-20'))
  const lines = sortLines([line(far, 'far'), line(waits, 'waits'), line(near, 'near'), line(late, 'late')])
  expect(lines.map(({ id, light, due }) => [id, light, due])).toEqual([
    ['late', 'past', '超 1 天'],
    ['near', 'near', '今天到期'],
    ['waits', 'waiting', '已暂停'],
    ['far', 'normal', '12月18日'],
  ])
})

test('a case that ended otherwise than 办结 says its own word instead of a light', () => {
  const play = playCase('nbu')
  play.receive()
  play.step('case.withdraw', { reason: '不办了' })
  expect(caseLine(rowOf(play), termsOf(play, '2026-11-20'))).toMatchObject({ word: '撤回', due: '今天 10:42' })
})

test('[OFF-2] the course tells who did what as what, when, on which tablet, and marks each entry', () => {
  const play = pausedCase()
  const acts = play.image().acts
  const last = acts.at(-1)
  const pending = { cmdId: last?.cmdId, open: 1, outcome: null } as OutcomeRow
  const terms = { item: play.item, roleWord: '角', deviceId: uuidOf(1), lane: 'K7', today: '2026-11-20' }
  const course = courseOf(play.image(), { ...terms, outcomes: [pending] })
  expect(course.map((entry) => [entry.what, entry.who, entry.role, entry.when, entry.where, entry.mark])).toEqual([
    ['补正，收到 1 项', '示例·甲', 'A角', '11月19日 16:20', '本机 K7 · 离线', '仅存本机'],
    ['一次性告知：1 项', '示例·乙', 'B角', '11月18日 10:15', '另一台平板 · 离线', '已同步'],
    ['受理，承诺 11月23日', '示例·甲', 'A角', '11月16日 14:05', '本机 K7 · 离线', '已同步'],
    ['收件：学生证补办', '示例·甲', 'A角', '11月16日 13:58', '本机 K7 · 离线', '已同步'],
  ])
})

test('[OFF-4] what was taken back, refused or held stays in the course, each with its word and reason', () => {
  const play = playCase('nbu')
  play.receive()
  play.step('case.accept', { ...promised, on: '2026-11-27' })
  play.step('case.undo', { act: play.image().acts.at(-1)?.cmdId ?? '' }, { at: '2026-11-20 10:43' })
  const refused = {
    ...{ cmdId: uuidOf(9), type: 'case.take', actorName: '示例·乙', at: Date.UTC(2026, 10, 20, 4), open: 0 },
    ...{ outcome: 'rejected', code: 'case.alreadyTaken', detail: { holder: '示例·丙' } },
  } as Partial<OutcomeRow> as OutcomeRow
  const terms = { item: play.item, roleWord: '岗', deviceId: uuidOf(1), lane: 'K7', today: '2026-11-20' }
  const course = courseOf(play.image(), { ...terms, outcomes: [refused] })
  expect(course.map((entry) => entry.what)).toEqual([
    '接手（没有生效）',
    '撤销上一步',
    '受理（已撤销）',
    '收件：学生证补办',
  ])
  expect(course[0]).toMatchObject({ detail: '已由示例·丙接手。', mark: '未被接受' })
})
