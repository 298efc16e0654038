import { describe, expect, test } from 'vitest'
import { stepList, stepName, stepsOf } from '../../shared/cases/index.ts'
import type { HallId } from '../../shared/profiles/halls.ts'
import { accepted, done, of, returned } from './joint-play.ts'
import { personA, playCase, type Player } from '../support/play.ts'

describe('check and approval', () => {
  const aid = () => accepted('nbu', '家庭经济困难认定申请')
  const unit = 'student-development'
  const check = of(unit, 'backOffice')
  const [first, second] = [of(unit, 'approver', 'leader-1'), of(unit, 'approver', 'leader-2')]

  test('[NBU-8] the back office checks first; two leaders, each a line, approve in the same minute: one step each', () => {
    const { step, image } = aid()
    expect(stepList(image()).map(({ step: { kind }, state }) => [kind, state])).toEqual([
      ['check', 'open'],
      ['approval', 'later'],
      ['approval', 'later'],
    ])
    expect(step('case.stepDone', done('s2'), { by: first }).verdict.code).toBe('case.stepLater')
    step('case.stepDone', { stepId: 's1', result: '复核通过', note: '' }, { by: check })
    const saw = { ver: 0, image: JSON.parse(JSON.stringify(image())) }
    const minute = { at: '2026-11-23 09:00', saw }
    expect(step('case.stepDone', done('s2'), { by: first, ...minute }).verdict.outcome).toBe('applied')
    expect(step('case.stepDone', done('s3'), { by: second, ...minute }).verdict.outcome).toBe('applied')
    const results = stepList(image()).map(({ step: { result } }) => result?.by.actorId)
    expect(results).toEqual([check.id, 'leader-1', 'leader-2'])
    expect(image().acts.filter(({ type }) => type === 'case.stepDone')).toHaveLength(3)
  })

  test('[NBU-8] refused by one, the handler has it back while the other may still decide', () => {
    const { step, image } = aid()
    step('case.stepDone', done('s1'), { by: check })
    step('case.stepReturn', returned('s2'), { by: first })
    expect(stepList(image()).map(({ state }) => state)).toEqual(['done', 'returned', 'open'])
    expect(step('case.stepDone', done('s3'), { by: second }).verdict.outcome).toBe('applied')
  })

  const others: [string, string, Player, Partial<{ window: string }>, string][] = [
    ['a leader of another unit', 's2', of('security', 'approver'), {}, 'right.missing'],
    ['the back office of the own unit', 's2', check, {}, 'case.notYourStep'],
    ['the window’s A', 's2', { ...personA, id: 'other-a' }, {}, 'case.notYourStep'],
    ['a supervisor', 's2', { ...personA, id: 's', role: 'supervisor' }, {}, 'right.missing'],
  ]
  test.each(others)('[NBU-8] %s cannot approve', (_who, stepId, by, how, code) => {
    const { step } = aid()
    step('case.stepDone', done('s1'), { by: { ...check, id: 'houtai' } })
    expect(step('case.stepDone', done(stepId), { by, ...how }).verdict.code).toBe(code)
  })

  test('[X15] nobody checks or approves what they did themselves, nor signs two lines', () => {
    const { step } = aid()
    expect(step('case.stepDone', done('s1'), { by: { ...check, id: personA.id } }).verdict.code).toBe('case.ownWork')
    step('case.stepDone', done('s1'), { by: check })
    step('case.stepDone', done('s2'), { by: first })
    expect(step('case.stepDone', done('s3'), { by: first }).verdict.code).toBe('case.ownWork')
  })

  const levels: [HallId, string, string[]][] = [
    ['nbu', '学位证明书补办', ['check', 'approval']],
    ['nbu', '学生证补办', []],
    ['ssc', '国家奖助学金申请', ['approval']],
    ['zjj', '学籍证明补办', ['check', 'approval']],
    ['szit', '入团申请', ['approval']],
    ['szu', '国家助学金申请', ['approval']],
  ]
  test.each(levels)('[NBU-8] %s: %s needs what its level of decision asks for', (hallId, name, kinds) => {
    const { item, profile } = playCase(hallId, name)
    expect(Object.values(stepsOf(item, profile)).map(({ kind }) => kind)).toEqual(kinds)
  })

  test('[NBU-8] a sheet names its own check and approvers, whatever the level', () => {
    const { item, profile } = playCase('szu', '学生证补办')
    const flow = {
      units: 'together' as const,
      check: null,
      approvals: [{ unitId: item.unitIds[0] ?? '', title: '处长' }],
    }
    const names = Object.values(stepsOf({ ...item, flow }, profile)).map(stepName)
    expect(names).toEqual([expect.stringContaining('处长审批')])
  })
})
