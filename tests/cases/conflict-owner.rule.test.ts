import { expect, test } from 'vitest'
import { conflictOwner, openConflicts } from '../../shared/cases/index.ts'
import { personA, personB, playCase, supervisor } from '../support/play.ts'

const done = (result: string) => ({ result, resultNote: '' })

function clash(type: 'phone' | 'result') {
  const play = playCase('nbu', '火车票优惠卡充磁')
  play.receive()
  const saw = play.row()
  if (type === 'phone') {
    play.step('case.correct', { fields: { phone: '13900000001' } }, { by: personA, saw })
    play.step('case.correct', { fields: { phone: '13900000002' } }, { by: personB, saw })
  } else {
    play.step('case.conclude', done('已办'), { by: personA, saw })
    play.step('case.conclude', done('换新卡'), { by: personB, saw })
  }
  const [conflict] = openConflicts(play.image())
  if (!conflict) throw new Error('no conflict')
  const on = (today: string) => ({ profile: play.profile, calendars: play.calendars, today })
  return { play, conflict, owner: (today: string) => conflictOwner(play.image(), conflict, on(today)) }
}

test('[OFF-4] a conflict is its handler’s, else the window’s; older than the hall allows it is raised to the supervisors', () => {
  const { play, owner } = clash('phone')
  // Friday morning: one working day on is Monday.
  expect(owner('2026-11-20')).toEqual({ who: 'handler', name: '示例·甲', dueOn: '2026-11-23', isRaised: false })
  expect(owner('2026-11-23')).toMatchObject({ who: 'handler', isRaised: false })
  expect(owner('2026-11-24')).toMatchObject({ who: 'supervisor', name: null, isRaised: true })
  play.step('case.take', {}, { by: personB })
  expect(owner('2026-11-20')).toMatchObject({ who: 'window', name: null })
})

test('[OFF-4] two results that differ are the supervisor’s to decide, nobody else’s', () => {
  const { play, conflict, owner } = clash('result')
  expect(owner('2026-11-20')).toMatchObject({ who: 'supervisor', isRaised: false })
  const args = { conflictId: conflict.id, choice: 'other', reason: '核实' }
  expect(play.step('case.resolve', args, { by: personA }).verdict).toMatchObject({ code: 'case.forSupervisor' })
  expect(play.step('case.resolve', args, { by: supervisor }).verdict.outcome).toBe('applied')
})

test('[OFF-4] a decision is revised by a later one that names it, there and back, until something else changes the case', () => {
  const { play, conflict } = clash('result')
  const decide = (choice: string, revises?: string) =>
    play.step(
      'case.resolve',
      { conflictId: conflict.id, choice, reason: `选 ${choice}`, ...(revises ? { revises } : {}) },
      { by: supervisor },
    ).verdict
  const last = () => play.image().conflicts[0]?.settled?.cmdId
  decide('other')
  expect(play.image().conclusion?.result).toBe('换新卡')
  expect(decide('kept')).toMatchObject({ outcome: 'rejected', code: 'case.alreadySettled' })
  expect(decide('kept', last()).outcome).toBe('applied')
  expect(play.image()).toMatchObject({ state: 'concluded', conclusion: { result: '已办', by: { actorId: 'a' } } })
  expect(decide('reopen', last()).outcome).toBe('applied')
  expect(play.image().conflicts[0]?.revised?.map((one) => one.choice)).toEqual(['other', 'kept'])
  play.step('case.conclude', done('重新办好'), { by: personA })
  expect(decide('kept', last())).toMatchObject({ outcome: 'rejected', code: 'case.changedSince' })
  expect(play.image().conclusion?.result).toBe('重新办好')
})

test('[OFF-4] an edit made before seeing the end waits: it is dropped, or the case is opened again with it', () => {
  const late = (choice: string) => {
    const play = playCase('nbu', '火车票优惠卡充磁')
    play.receive()
    const saw = play.row()
    play.step('case.conclude', done('已办'), { by: personA, saw })
    play.step('case.correct', { fields: { phone: '13900000002' } }, { by: personB, saw })
    const [conflict] = openConflicts(play.image())
    play.step('case.resolve', { conflictId: conflict?.id ?? '', choice, reason: '核实' }, { by: personA })
    return [play.image().state, play.image().pii.phone]
  }
  expect(late('kept')).toEqual(['concluded', '13800001234'])
  expect(late('reopen')).toEqual(['open', '13900000002'])
})
