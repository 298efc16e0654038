import { expect, test } from 'vitest'
import { stepGaps, hallGaps, type DeciderPost } from '../../shared/cases/index.ts'
import { hallIds, halls } from '../../shared/profiles/halls.ts'
import { personA } from '../support/play.ts'
import { accepted, done, of } from './joint-play.ts'

const on = '2026-11-23'
const unit = 'student-development'
const post = (role: string, personId: string, more: Partial<DeciderPost> = {}): DeciderPost => ({
  ...{ personId, role, unitId: unit, from: '2026-01-01', to: null, ...more },
})
const aid = () => accepted('nbu', '家庭经济困难认定申请')
const short = (gaps: ReturnType<typeof stepGaps>) => gaps.map(({ kind, missing }) => [kind, missing])

test('[NBU-8] a case nobody can check or approve says whose it is and how many must be named', () => {
  const { image } = aid()
  expect(stepGaps(image(), [], on)).toEqual([
    { kind: 'check', unitId: unit, unitName: '学生发展与服务处', missing: 1 },
    { kind: 'approval', unitId: unit, unitName: '学生发展与服务处', missing: 2 },
  ])
})

const posts: [string, DeciderPost[], [string, number][]][] = [
  ['enough people', [post('backOffice', 'h'), post('approver', 'l1'), post('approver', 'l2')], []],
  ['one leader for two lines', [post('backOffice', 'h'), post('approver', 'l1')], [['approval', 1]]],
  [
    'one leader with two posts',
    [post('backOffice', 'h'), post('approver', 'l1'), post('approver', 'l1')],
    [['approval', 1]],
  ],
  [
    'the handler as the only back office',
    [post('backOffice', personA.id), post('approver', 'l1'), post('approver', 'l2')],
    [['check', 1]],
  ],
  [
    'a post that has ended',
    [post('backOffice', 'h', { to: '2026-11-22' }), post('approver', 'l1'), post('approver', 'l2')],
    [['check', 1]],
  ],
  [
    'leaders of another unit',
    [post('backOffice', 'h'), post('approver', 'l1', { unitId: 'security' }), post('approver', 'l2')],
    [['approval', 1]],
  ],
]
test.each(posts)('[NBU-8] %s', (_what, held, gaps) => {
  expect(short(stepGaps(aid().image(), held, on))).toEqual(gaps)
})

test('[NBU-8] who has checked is not counted for the approval, and what is done is asked of nobody', () => {
  const play = aid()
  play.step('case.stepDone', done('s1'), { by: of(unit, 'backOffice', 'both') })
  const held = [post('approver', 'both'), post('approver', 'l1')]
  expect(short(stepGaps(play.image(), held, on))).toEqual([['approval', 1]])
})

test.each(hallIds)(
  '[NBU-8] %s: without posts each unit its items ask is named once; with them, and with no rule, none',
  (id) => {
    const { profile, items } = halls[id]
    const gaps = hallGaps({ items, profile }, [], on)
    expect(gaps.length).toBeGreaterThan(0)
    expect(new Set(gaps.map(({ kind, unitId }) => kind + unitId)).size).toBe(gaps.length)
    const held = gaps.flatMap(({ kind, unitId, missing }) =>
      Array.from({ length: missing }, (_, n) =>
        post(kind === 'check' ? 'backOffice' : 'approver', `${unitId}-${kind}-${String(n)}`, { unitId }),
      ),
    )
    expect(hallGaps({ items, profile }, held, on)).toEqual([])
    const none = { ordinary: [], schoolStudy: [], higherAuthority: [] }
    const free = { ...profile, settings: { ...profile.settings, approvals: { value: none, cite: null } } }
    const plain = items.filter(({ flow }) => !flow)
    expect(hallGaps({ items: plain, profile: free }, [], on)).toEqual([])
  },
)
