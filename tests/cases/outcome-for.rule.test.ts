import { expect, test } from 'vitest'
import { besideActs, outcomeActs, receiveAct } from '../../client/cases/outcome-acts.ts'
import { outcomeFor, type Outcome, type OutcomeRules } from '../../client/cases/outcome-for.ts'
import { emptyOutcome, outcomeOfCase, withAll, withMark, type OutcomeForm } from '../../client/cases/outcome-form.ts'
import { outcomeWords } from '../../client/cases/outcome-words.ts'
import { calendarsFromChineseDays } from '../../server/calendar/seed-calendars.ts'
import { momentOf } from '../../shared/calendar/day.ts'
import type { ActDraft } from '../../client/local/act-types.ts'
import { halls, type HallId } from '../../shared/profiles/halls.ts'
import { playCase } from '../support/play.ts'

const student = { name: '示例·王同学', studentNo: '20240117', phone: '' }

/** A window with a real hall's sheet, rules and calendar, as the screen sees it. */
function windowOf(hallId: HallId, itemName: string, at = '2026-11-20 10:42') {
  const play = playCase(hallId, itemName)
  const { profile } = halls[hallId]
  const [on, time] = at.split(' ') as [string, string]
  const rules: OutcomeRules = {
    ...{ item: play.item, profile, calendars: calendarsFromChineseDays(hallId, [2026, 2027]) },
    ...{ mayNot: [], now: momentOf(on, time), image: null },
  }
  const act = ({ type, args }: ActDraft, n: number) =>
    play.step(type, typeof args === 'function' ? args({ lane: 'K7', next: () => n }) : args, {
      at,
    })
  const keep = (form: OutcomeForm, outcome: Outcome, now = rules) => {
    const on = { caseId: 'c', form, outcome, rules: now }
    const first = now.image ? [] : [receiveAct(on, { student, windowCode: 'XS' })]
    return [...first, ...besideActs(on), ...outcomeActs(on)].map((draft, at) => ({
      type: draft.type,
      verdict: act(draft, at + 1).verdict,
    }))
  }
  return {
    play,
    rules,
    keep,
    item: play.item,
    image: () => play.image(),
    again: () => ({ ...rules, image: play.image() }),
  }
}

const all = (of: { item: OutcomeRules['item'] }, mark: 'present' | 'missing' = 'present') =>
  withAll(emptyOutcome(), of.item, mark)

test('[SSC-20.1] before anybody has looked at the materials no outcome can be pressed', () => {
  const { rules } = windowOf('szit', '学生证补办')
  const outcome = outcomeFor(emptyOutcome(), rules)
  expect(outcome.kind).toBe('unchecked')
  expect(outcome.blocked).toContain('核对材料')
})

test('[NBU-7] a complete instant item is concluded on the spot: two acts of one tap, no flag', () => {
  const at = windowOf('nbu', '火车票优惠卡充磁')
  const outcome = outcomeFor(all(at), at.rules)
  expect(outcome).toEqual({ kind: 'conclude', result: at.item.results[0] })
  const kept = at.keep(all(at), outcome)
  expect(kept.map(({ type, verdict }) => [type, verdict.outcome, verdict.flags])).toEqual([
    ['case.receive', 'applied', []],
    ['case.conclude', 'applied', []],
  ])
  expect(at.image().state).toBe('concluded')
})

test('[NBU-7] an instant item that cannot be done now is promised, once the reason is written', () => {
  const at = windowOf('nbu', '火车票优惠卡充磁')
  const form: OutcomeForm = { ...all(at), way: 'promise', days: 2 }
  expect(outcomeFor(form, at.rules).blocked).toContain('为什么办不了')
  const told: OutcomeForm = { ...form, promiseReason: '充磁机故障' }
  const outcome = outcomeFor(told, at.rules)
  expect(outcome.blocked).toBeUndefined()
  at.keep(told, outcome)
  expect(at.image().promise).toMatchObject({ workingDays: 2, on: '2026-11-24', reason: '充磁机故障' })
})

test('[SSC-20.2] a complete committed item is accepted with the date of the working-day calendar and its rule', () => {
  const at = windowOf('szit', '学生证补办')
  const outcome = outcomeFor(all(at), at.rules)
  const words = outcomeWords(outcome, at.rules)
  expect(words).toMatchObject({ label: '受理 · 承诺 11月27日', why: '11月27日（周五）前办结' })
  expect(words.rule).toBe('5 个工作日，受理次日起算，遇周末顺延')
  at.keep(all(at), outcome)
  expect(at.image()).toMatchObject({ state: 'open', promise: { on: '2026-11-27' }, flags: [] })
})

test('[ZJJ-27] a paper handed in after closing counts from the next working day, and the screen says so', () => {
  const at = windowOf('szit', '学生证补办', '2026-11-20 19:30')
  const words = outcomeWords(outcomeFor(all(at), at.rules), at.rules)
  expect(words.label).toBe('受理 · 承诺 11月30日')
  expect(words.rule).toContain('按 11月23日收件')
})

test('[ZJJ-27] a promise over the cap is blocked with the rule; the holiday week moves the date', () => {
  const at = windowOf('zjj', '学生证补办', '2026-09-30 10:00')
  const form: OutcomeForm = { ...all(at), days: 5 }
  expect(outcomeFor(form, at.rules)).toMatchObject({ kind: 'promise', proposal: { on: '2026-10-13' } })
  expect(outcomeWords(outcomeFor(form, at.rules), at.rules).rule).toContain('国庆节')
  expect(outcomeFor({ ...form, days: 6 }, at.rules).blocked).toContain('最长 5 个工作日')
})

test('[SSC-20.1] one tick makes all the others missing, on one notice with the ways to get them', () => {
  const at = windowOf('ssc', '学生证补办')
  const [first, ...others] = at.item.materials
  const form: OutcomeForm = {
    ...withMark(emptyOutcome(), first!.id, 'present'),
    matters: '请带校园卡\n\n 下午 4 点前来 ',
  }
  const outcome = outcomeFor(form, at.rules)
  if (outcome.kind !== 'notice') throw new Error(outcome.kind)
  expect(outcome.lines.map(({ name }) => name)).toEqual(others.map(({ name }) => name))
  expect(outcome.lines.every(({ how }) => how.length > 0)).toBe(true)
  expect(outcome.matters).toEqual(['请带校园卡', '下午 4 点前来'])
  expect(outcomeWords(outcome, at.rules).label).toBe(`一次性告知（缺 ${String(others.length + 2)} 项）`)
  at.keep(form, outcome)
  expect(at.image().state).toBe('waiting')
})

test('[ZJJ-25] what does not conform is told with what is missing, each with how to put it right', () => {
  const at = windowOf('zjj', '学生证补办')
  const [first, second] = at.item.materials
  const form = withMark(withMark(all(at), first!.id, 'unfit'), second!.id, 'missing')
  const outcome = outcomeFor(form, at.rules)
  if (outcome.kind !== 'notice') throw new Error(outcome.kind)
  expect(outcome.lines.map(({ materialId, state }) => [materialId, state])).toEqual([
    [first!.id, 'unfit'],
    [second!.id, 'missing'],
  ])
  expect(outcome.lines[0]?.how).toContain('不符合要求')
  at.keep(form, outcome)
  expect(at.image().materials[first!.id]?.state).toBe('unfit')
})

test('[SSC-20.1] part of what was told is taken without a second notice; all of it leads to the outcome', () => {
  const at = windowOf('ssc', '学生证补办')
  const [first] = at.item.materials
  at.keep(all(at, 'missing'), outcomeFor(all(at, 'missing'), at.rules))
  expect(outcomeFor(outcomeOfCase(at.image()), at.again()).kind).toBe('unchecked')
  const part = withMark(outcomeOfCase(at.image()), first!.id, 'present')
  const given = outcomeFor(part, at.again())
  expect(given).toMatchObject({ kind: 'given', given: 1 })
  expect(at.keep(part, given, at.again()).map(({ type }) => type)).toEqual(['case.materialGiven'])
  const whole = withAll(outcomeOfCase(at.image()), at.item, 'present')
  const outcome = outcomeFor(whole, at.again())
  expect(outcome.kind).toBe('promise')
  expect(at.keep(whole, outcome, at.again()).map(({ verdict }) => verdict.flags)).toEqual([[], []])
  expect(at.image()).toMatchObject({ state: 'open', notices: [{ nth: 1 }] })
})

test('[SSC-20.1] naming what was there before is a second notice, said on the screen and flagged by the rule', () => {
  const at = windowOf('ssc', '学生证补办')
  const [first, second] = at.item.materials
  const one = withMark(all(at), first!.id, 'missing')
  at.keep(one, outcomeFor(one, at.rules))
  const more = withMark(outcomeOfCase(at.image()), second!.id, 'unfit')
  const outcome = outcomeFor(more, at.again())
  expect(outcomeWords(outcome, at.again()).rule).toContain('第二次告知')
  expect(at.keep(more, outcome, at.again()).at(-1)?.verdict.flags[0]?.code).toBe('toldTooLate')
})

test('[ZJJ-26] a refusal waits for a ground of the sheet and its reason in words', () => {
  const at = windowOf('zjj', '学生证补办')
  const form: OutcomeForm = { ...all(at), way: 'refuse' }
  expect(outcomeFor(form, at.rules).blocked).toContain('理由')
  const ground = at.item.grounds[0]!
  expect(outcomeFor({ ...form, groundId: ground.id }, at.rules).blocked).toContain('写明理由')
  const full: OutcomeForm = { ...form, groundId: ground.id, refusalReason: '不在籍' }
  const outcome = outcomeFor(full, at.rules)
  expect(outcome.blocked).toBeUndefined()
  expect(at.keep(full, outcome).at(-1)?.verdict.flags).toEqual([])
  expect(at.image()).toMatchObject({ state: 'declined', refusal: { stage: 'door', groundId: ground.id } })
})

test('[OFF-5] what the hall keeps for the A-role is blocked for the B-role with the rule as its reason', () => {
  const at = windowOf('szit', '学生证补办')
  const form: OutcomeForm = { ...all(at), way: 'refuse', groundId: at.item.grounds[0]!.id, refusalReason: '示例' }
  expect(outcomeFor(form, { ...at.rules, mayNot: at.rules.profile.settings.roleBMayNot.value }).blocked).toContain(
    '只能由 A角办理',
  )
  expect(
    outcomeFor({ ...form, way: 'usual' }, { ...at.rules, mayNot: at.rules.profile.settings.roleBMayNot.value }).blocked,
  ).toBeUndefined()
})

test('[SSC-20.2] a promised case ends by conclusion; a refusal after study says its stage', () => {
  const at = windowOf('szit', '学生证补办')
  at.keep(all(at), outcomeFor(all(at), at.rules))
  const form = outcomeOfCase(at.image())
  const done = outcomeFor(form, at.again())
  expect(done.kind).toBe('conclude')
  const refused: OutcomeForm = { ...form, way: 'refuse', groundId: at.item.grounds[0]!.id, refusalReason: '示例' }
  at.keep(refused, outcomeFor(refused, at.again()), at.again())
  expect(at.image()).toMatchObject({ state: 'refused', refusal: { stage: 'study' } })
})
