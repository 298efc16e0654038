import { expect, test } from 'vitest'
import { openConflicts } from '../../shared/cases/index.ts'
import { personA, personB, playCase, supervisor } from '../support/play.ts'

const done = (result: string) => ({ result, resultNote: '' })

function received() {
  const play = playCase('nbu', '火车票优惠卡充磁')
  play.receive()
  return { play, saw: play.row() }
}

test('[OFF-4] different fields of a student merge; the same field keeps both values for a person', () => {
  const { play, saw } = received()
  play.step('case.correct', { fields: { phone: '13900000001' } }, { by: personA, saw })
  expect(play.step('case.correct', { fields: { name: '示例·王小同' } }, { by: personB, saw }).verdict.outcome).toBe(
    'applied',
  )
  const clash = play.step('case.correct', { fields: { phone: '13900000002' } }, { by: personB, saw })
  expect(clash.verdict.outcome).toBe('conflict')
  expect(play.image().pii.phone).toBe('13900000001')
  const [conflict] = openConflicts(play.image())
  expect(conflict).toMatchObject({
    field: 'pii.phone',
    isPersonal: true,
    kept: { actorId: 'a' },
    other: { actorId: 'b' },
  })
  expect(Object.entries(play.image().pii).filter(([key]) => key.startsWith('conflict:'))).toEqual([
    [expect.any(String), { kept: '13900000001', other: '13900000002' }],
  ])
  expect(conflict?.kept.value).toBeNull()
})

test('[OFF-4] the same field with the same new value is one value by two authors', () => {
  const { play, saw } = received()
  play.step('case.correct', { fields: { phone: '13900000001' } }, { by: personA, saw })
  const same = play.step('case.correct', { fields: { phone: '13900000001' } }, { by: personB, saw })
  expect(same.verdict).toMatchObject({ outcome: 'merged', detail: { agreed: ['电话'] }, conflicts: [] })
})

test.each([
  ['kept', '13900000001'],
  ['other', '13900000002'],
] as const)('[OFF-4] a supervisor takes the %s value; the other stays on record', (choice, phone) => {
  const { play, saw } = received()
  play.step('case.correct', { fields: { phone: '13900000001' } }, { by: personA, saw })
  play.step('case.correct', { fields: { phone: '13900000002' } }, { by: personB, saw })
  const [conflict] = openConflicts(play.image())
  const args = { conflictId: conflict?.id ?? '', choice, reason: '已电话核实' }
  expect(play.step('case.resolve', args, { by: supervisor }).verdict.outcome).toBe('applied')
  expect(play.image().pii.phone).toBe(phone)
  expect(openConflicts(play.image())).toEqual([])
  const again = play.step('case.resolve', args, { by: supervisor })
  expect(again.verdict).toMatchObject({ outcome: 'rejected', code: 'case.alreadySettled', detail: { by: '示例·督' } })
})

test('[OFF-4] two conclusions that agree are one; two that differ leave the case disputed for a person', () => {
  const agree = received()
  agree.play.step('case.conclude', done('已办'), { saw: agree.saw })
  expect(agree.play.step('case.conclude', done('已办'), { by: personB, saw: agree.saw }).verdict.outcome).toBe('merged')
  expect(agree.play.image().conclusions).toHaveLength(2)
  const differ = received()
  differ.play.step('case.conclude', done('已办'), { saw: differ.saw })
  const clash = differ.play.step('case.conclude', done('卡面损坏，换新卡'), { by: personB, saw: differ.saw })
  expect(clash.verdict.outcome).toBe('conflict')
  expect(differ.play.image().state).toBe('disputed')
  const [conflict] = openConflicts(differ.play.image())
  const settle = { conflictId: conflict?.id ?? '', choice: 'other', reason: '以换卡为准' }
  differ.play.step('case.resolve', settle, { by: supervisor })
  expect(differ.play.image()).toMatchObject({ state: 'concluded', conclusion: { result: '卡面损坏，换新卡' } })
})

test('[OFF-4] a withdrawal against a conclusion keeps both and can be opened again', () => {
  const { play, saw } = received()
  play.step('case.conclude', done('已办'), { saw })
  expect(play.step('case.withdraw', { reason: '不办了' }, { by: personB, saw }).verdict.outcome).toBe('conflict')
  const [conflict] = openConflicts(play.image())
  expect(conflict?.kept.value).toEqual({
    ...{ state: 'concluded', result: '已办', said: { result: '已办', resultNote: '' } },
  })
  expect(conflict?.other.value).toEqual({ state: 'withdrawn', result: '不办了', said: { reason: '不办了' } })
  play.step(
    'case.resolve',
    { conflictId: conflict?.id ?? '', choice: 'reopen', reason: '请学生到场确认' },
    { by: supervisor },
  )
  expect(play.image()).toMatchObject({ state: 'open', conclusion: null, withdrawal: null, endedAt: null })
})

test('[OFF-4] a refusal chosen over a conclusion stands with its own ground and author', () => {
  const { play, saw } = received()
  const [ground] = play.item.grounds
  const refused = { stage: 'study', groundId: ground?.id ?? '', ground: ground?.text ?? '', reason: '次数已用完' }
  play.step('case.conclude', done('已办'), { saw })
  expect(play.step('case.refuse', refused, { by: personA, saw }).verdict.outcome).toBe('conflict')
  expect(play.image().refusal).toBeNull()
  const [conflict] = openConflicts(play.image())
  play.step('case.resolve', { conflictId: conflict?.id ?? '', choice: 'other', reason: '核实' }, { by: supervisor })
  expect(play.image()).toMatchObject({
    state: 'refused',
    conclusion: null,
    refusal: { ...refused, by: { actorId: 'a' } },
  })
})

test('[OFF-4] opposite marks on one material become 待核 with both marks; equal marks unite', () => {
  const { play, saw } = received()
  const id = play.item.materials[0]?.id ?? ''
  play.step('case.materialGiven', { materials: [{ id, state: 'unfit' }] }, { saw })
  expect(
    play.step('case.materialGiven', { materials: [{ id, state: 'unfit' }] }, { by: personB, saw }).verdict.outcome,
  ).toBe('merged')
  const clash = play.step('case.materialGiven', { materials: [{ id, state: 'returned' }] }, { by: personB, saw })
  expect(clash.verdict.outcome).toBe('conflict')
  expect(play.image().materials[id]?.state).toBe('doubt')
  expect(play.image().materials[id]?.marks.map((mark) => mark.state)).toEqual(['present', 'unfit', 'unfit', 'returned'])
})

test('[OFF-4] the first to take a case holds it; the second is told who', () => {
  const { play, saw } = received()
  const third = { ...personB, id: 'c', name: '示例·丙', device: 4 }
  play.step('case.take', {}, { by: personB, saw })
  expect(play.step('case.take', {}, { by: third, saw }).verdict).toMatchObject({
    outcome: 'rejected',
    code: 'case.alreadyTaken',
    detail: { holder: '示例·乙' },
  })
})

test('[OFF-4] a notice and a note after a conclusion stand as entries, flagged, and change no outcome', () => {
  const { play, saw } = received()
  play.step('case.conclude', done('已办'), { saw })
  const id = play.item.materials[0]?.id ?? ''
  const missing = [{ materialId: id, name: '卡', state: 'unfit', how: '换卡' }]
  const notice = play.step('case.supplementNotice', { missing, matters: [] }, { by: personB, saw })
  expect(notice.verdict).toMatchObject({ outcome: 'merged', flags: [{ code: 'editedAfterEnd' }] })
  expect(play.step('case.note', { text: '学生来电' }, { by: personB, saw }).verdict.outcome).toBe('applied')
  expect(play.image().state).toBe('concluded')
})
