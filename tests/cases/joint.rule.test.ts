import { describe, expect, test } from 'vitest'
import { caseAggregate, isJoint, openSteps, stepList, stepName, stepsOf } from '../../shared/cases/index.ts'
import { caseRules } from '../../shared/cases/merge.ts'
import { hallIds, halls } from '../../shared/profiles/halls.ts'
import type { Item } from '../../shared/profiles/item-sheet.ts'
import { flowOfText, flowText } from '../../shared/catalogue/import-flow.ts'
import { personA, personB, playCase, type Player } from '../support/play.ts'
import { accepted, accepting, done, returned } from './joint-play.ts'
import type { stepLines } from './step-lines.ts'

describe('which item is joint', () => {
  const withUnits = (item: Item, count: number): Item => ({
    ...item,
    kind: 'committed',
    unitIds: ['one', 'two', 'three', 'four'].slice(0, count),
  })
  test.each(hallIds)(
    '[SSC-20.3] [ZJJ-8] %s: from as many units as its regulation asks for, not from one less',
    (hallId) => {
      const { profile, items } = halls[hallId]
      const [item] = items
      if (!item) throw new Error('a hall has items')
      const from = profile.settings.jointFromUnits.value
      expect(isJoint(withUnits(item, from), profile)).toBe(true)
      expect(isJoint(withUnits(item, from - 1), profile)).toBe(false)
      expect(isJoint({ ...withUnits(item, from), kind: 'instant' }, profile)).toBe(false)
    },
  )

  test('[SSC-20.3] two units at ssc: one receipt names the lead window, both steps are open at once, one limit', () => {
    const { image } = accepted('ssc', '研究生学费缓缴申请')
    const { joint, promise, steps } = image()
    expect(joint).toEqual({ ledBy: 'leadWindow' })
    expect(promise?.workingDays).toBe(5)
    const units = stepList(image()).filter(({ step }) => step.kind === 'unit')
    expect(units.map(({ step, state }) => [step.unitId, state])).toEqual([
      ['graduate-school', 'open'],
      ['finance', 'open'],
    ])
    expect(new Set(units.map(({ step }) => step.stage))).toEqual(new Set([1]))
    expect(Object.values(steps ?? {})[0]?.windowId).toBe(image().windowId)
  })

  test('[SSC-20.3] one unit: not joint, nobody else has a step', () => {
    const { image } = accepted('ssc', '学生证补办')
    expect(image().joint).toBeUndefined()
    expect(image().steps).toBeUndefined()
  })

  test('[ZJJ-8] four departments at zjj: led by the hall, all steps open together under one date', () => {
    const { image } = accepted('zjj', '毕业离校手续办理')
    expect(image().joint).toEqual({ ledBy: 'hall' })
    expect(stepList(image()).map(({ state }) => state)).toEqual(['open', 'open', 'open', 'open'])
    expect(image().promise?.on).toBe('2026-11-27')
  })

  test('[ZJJ-8] where the sheet wants an order, a step opens when the one before it is done', () => {
    const { item } = playCase('zjj', '毕业离校手续办理')
    const { profile } = halls.zjj
    const steps = stepsOf({ ...item, flow: { units: 'inOrder', check: null, approvals: [] } }, profile)
    expect(stepList({ steps }).map(({ step, state }) => [step.stage, state])).toEqual([
      [1, 'open'],
      [2, 'later'],
      [3, 'later'],
      [4, 'later'],
    ])
  })
})

describe('the steps of a joint case', () => {
  const zjj = () => accepted('zjj', '毕业离校手续办理')
  const logistics: Player = { ...personA, id: 'hq', name: '示例·后勤', device: 4 }
  const atLogistics = { by: logistics, window: 'logistics' }

  test('[ZJJ-8] the case is followed by its window, by the windows of its steps and by their units', () => {
    const { image } = zjj()
    expect(caseAggregate.scopes(image())).toEqual([
      ...['window:general', 'window:logistics', 'window:finance'],
      ...['unit:student-work', 'unit:logistics', 'unit:finance', 'unit:library'],
    ])
  })

  test('[SSC-20.3] each in its own hand: a step of another unit is refused, its own is done with result and note', () => {
    const { step, image } = zjj()
    const other = step('case.stepDone', done('s3'), atLogistics).verdict
    expect([other.outcome, other.code]).toEqual(['rejected', 'case.notYourStep'])
    expect(step('case.stepDone', done('s2', '水电已结清'), atLogistics).verdict.outcome).toBe('applied')
    const { result, holder } = image().steps?.s2 ?? {}
    expect([result?.verdict, result?.by.actorId, holder?.actorId]).toEqual(['done', 'hq', 'hq'])
    expect(image().pii[result?.words ?? '']).toBe('水电已结清')
    expect(step('case.conclude', { result: '已办', resultNote: '' }, atLogistics).verdict.outcome).toBe('held')
  })

  test('[SSC-20.3] the case cannot be concluded before its steps are done; done elsewhere it stands, flagged', () => {
    const { step, image } = zjj()
    const { verdict } = step('case.conclude', { result: '各单位已办结', resultNote: '' })
    expect(verdict.flags).toMatchObject([{ code: 'stepsOpen', stops: true }])
    expect(openSteps(image()).map(stepName)).toContain('图书馆办理')
  })

  test('[ZJJ-8] when all units are done the lead concludes the package, with no flag', () => {
    const { step, image } = zjj()
    step('case.stepDone', done('s1'))
    step('case.stepDone', done('s2'), atLogistics)
    step('case.stepDone', done('s3'), { by: logistics, window: 'finance' })
    step('case.stepDone', done('s4', '书已还清，凭还书证明'))
    expect(stepList(image()).map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done'])
    const { verdict } = step('case.conclude', { result: '各单位已办结', resultNote: '' }, { at: '2026-11-24 10:00' })
    expect([verdict.outcome, verdict.flags]).toEqual(['applied', []])
    const late = step('case.stepReturn', returned('s2'), atLogistics).verdict
    expect(late.code).toBe('case.alreadyEnded')
  })

  test('[SSC-20.3] of a unit without a window the lead window’s A writes down the answer; of one with a window nobody else', () => {
    const { step } = zjj()
    expect(step('case.stepDone', done('s4'), { by: personB }).verdict.code).toBe('case.notYourStep')
    expect(step('case.stepDone', done('s4')).verdict.outcome).toBe('applied')
    expect(step('case.stepDone', done('s2')).verdict.code).toBe('case.notYourStep')
  })

  test('[SSC-20.3] a step refused comes back to the lead, who puts it right and sends it again', () => {
    const { step, image } = zjj()
    step('case.stepReturn', returned('s2'), atLogistics)
    expect(stepList(image()).map(({ state }) => state)).toEqual(['open', 'returned', 'open', 'open'])
    expect(step('case.stepDone', done('s2'), atLogistics).verdict.code).toBe('case.stepSettled')
    expect(step('case.stepAgain', { stepId: 's2', text: '示例：已补' }, atLogistics).verdict.code).toBe('right.missing')
    expect(step('case.stepAgain', { stepId: 's2', text: '示例：已补' }).verdict.outcome).toBe('applied')
    expect(step('case.stepDone', done('s2'), atLogistics).verdict.outcome).toBe('applied')
  })

  test('[SSC-20.3] taking back the acceptance takes the untouched steps with it; accepted anew they open again', () => {
    const { step, image } = zjj()
    step('case.undo', { act: image().acts.at(-1)?.cmdId ?? '' })
    expect(image().steps).toEqual({})
    step('case.accept', accepting)
    expect(stepList(image())).toHaveLength(4)
  })
})

describe('two at once', () => {
  const lines: Record<(typeof stepLines)[number], () => [string, string]> = {
    stepApart() {
      const { step, row } = accepted('zjj', '毕业离校手续办理')
      const saw = row()
      const first = step('case.stepDone', done('s1')).verdict
      const at = { by: { ...personA, id: 'hq' }, window: 'logistics', saw }
      return [first.outcome, step('case.stepDone', done('s2'), at).verdict.outcome]
    },
    stepSame() {
      const { step, row } = accepted('zjj', '毕业离校手续办理')
      const saw = row()
      const first = step('case.stepDone', done('s1')).verdict
      return [first.outcome, step('case.stepDone', done('s1'), { by: personB, saw }).verdict.outcome]
    },
    stepReturned() {
      const { step, row } = accepted('zjj', '毕业离校手续办理')
      const saw = row()
      const first = step('case.stepDone', done('s1')).verdict
      return [first.outcome, step('case.stepReturn', returned('s1'), { by: personB, saw }).verdict.outcome]
    },
    stepTake() {
      const { step, row } = accepted('zjj', '毕业离校手续办理')
      const saw = row()
      const first = step('case.stepTake', { stepId: 's1' }).verdict
      return [first.outcome, step('case.stepTake', { stepId: 's1' }, { by: personB, saw }).verdict.outcome]
    },
    stepAgain() {
      const { step, row } = accepted('zjj', '毕业离校手续办理')
      step('case.stepReturn', returned('s1'))
      const saw = row()
      const first = step('case.stepAgain', { stepId: 's1', text: '示例：已补' }).verdict
      const second = step('case.stepAgain', { stepId: 's1', text: '示例：已补' }, { by: personB, saw }).verdict
      return [first.outcome, second.outcome]
    },
  }
  test.each(Object.entries(lines))('[OFF-4] [I16] %s: the second ends as its line says', (name, play) => {
    const [first, second] = play()
    expect(first).toBe('applied')
    expect(second).toBe(caseRules[name as keyof typeof lines].ends)
  })

  test('[OFF-4] a step in a colleague’s hands is theirs until it is taken over in sight of that', () => {
    const { step } = accepted('zjj', '毕业离校手续办理')
    step('case.stepTake', { stepId: 's1' })
    const held = step('case.stepDone', done('s1'), { by: personB }).verdict
    expect([held.code, held.detail]).toEqual(['case.stepHeld', { holder: personA.name }])
    expect(step('case.stepTake', { stepId: 's1' }, { by: personB }).verdict.outcome).toBe('applied')
    expect(step('case.stepDone', done('s1'), { by: personB }).verdict.outcome).toBe('applied')
  })
})

test('[SSC-17] [SSC-20.3] how the units work together goes out with the sheet and comes back the same; a line it cannot read is named', () => {
  const { item, profile } = playCase('nbu', '家庭经济困难认定申请')
  const idOf = (name: string) => profile.units.find((unit) => unit.name === name)?.id ?? ''
  const text = flowText(item, profile)
  expect(text.split('\n')).toHaveLength(4)
  expect(flowOfText(text, idOf)).toEqual(item.flow)
  expect(flowOfText('', idOf)).toBeUndefined()
  expect([flowOfText('随便写', idOf), flowOfText('单位：轮流办', idOf)]).toEqual([null, null])
})
