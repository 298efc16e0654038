import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openConflicts, type Case } from '../../shared/cases/index.ts'
import { canonicalJson } from '../../shared/core/canonical.ts'
import type { MergeRule } from '../../shared/core/merge.ts'
import { rulesByName, type RuleName } from '../../shared/merge-rules.ts'
import { judgeStage, kernelStage, type End, type Stage } from './meeting-stages.ts'
import { caseMeetings, plainValues, type Meeting, type Move, type Values } from './meetings.ts'
import { contended, lostValues, standing } from './meeting-facts.ts'

const lines = Object.entries(caseMeetings) as [RuleName, Meeting][]
const rule = (name: RuleName): MergeRule => rulesByName[name]

interface Met {
  ends: [End, End]
  between: Case
  after: Case
}

/** Play two acts, neither of which saw the other. */
async function play(stage: Stage, meeting: Meeting, order: [Move, Move], v: Values): Promise<Met> {
  for (const move of meeting.before ?? []) await stage.do(move, stage.look(), v)
  const start = stage.look()
  for (const move of meeting.apart ?? []) await stage.do(move, start, v)
  const saw = stage.look()
  const one = await stage.do(order[0], saw, v)
  const between = stage.look()
  const two = await stage.do(order[1], saw, v)
  return { ends: [one, two], between, after: stage.look() }
}

const stages = { kernel: () => Promise.resolve(kernelStage()), judge: judgeStage }

test.each(lines.flatMap(([name, meeting]) => Object.keys(stages).map((where) => [name, where, meeting] as const)))(
  '[OFF-4] [I16] %s by the %s: the second act ends as its line says, in both orders',
  async (name, where, meeting) => {
    const stage = stages[where as keyof typeof stages]
    const { first, second, mirror } = meeting
    const there = await play(await stage(), meeting, [first, second], plainValues)
    expect(there.ends[0].outcome).toBe('applied')
    expect(there.ends[1].outcome).toBe(rule(name).ends)
    if (rule(name).flagged) expect(there.ends[1].flags).toContain(rule(name).flagged)
    if (mirror === 'impossible') return
    const back = await play(await stage(), meeting, [second, first], plainValues)
    expect(back.ends[0].outcome).toBe('applied')
    expect(back.ends[1].outcome).toBe(mirror === 'applied' ? 'applied' : rule(mirror).ends)
  },
)

const words = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).map((text) => `字${text.replace(/\s/g, '')}`)
const phones = fc.integer({ min: 10_000, max: 99_999 }).map((n) => `139000${String(n)}`)
const values: fc.Arbitrary<Values> = fc
  .record({ one: words, two: words, phoneOne: phones, phoneTwo: phones })
  .filter((v) => v.one !== v.two && v.phoneOne !== v.phoneTwo)
const drawn = { numRuns: 150, seed: 20_261_122 }

test('[I16] what the table leaves to no person comes out the same in either order', async () => {
  const auto = lines.filter(([name]) => rule(name).who === 'auto' && rule(name).ends !== 'rejected')
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...auto), values, async ([, meeting], v) => {
      const there = await play(kernelStage(), meeting, [meeting.first, meeting.second], v)
      const back = await play(kernelStage(), meeting, [meeting.second, meeting.first], v)
      expect(canonicalJson(standing(back.after))).toBe(canonicalJson(standing(there.after)))
    }),
    drawn,
  )
})

test('[I16] what is left to a person never changes the contended value by itself, and holds the same two either way', async () => {
  const left = lines.filter(([name]) => rule(name).ends === 'conflict')
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...left), values, async ([name, meeting], v) => {
      const there = await play(kernelStage(), meeting, [meeting.first, meeting.second], v)
      const [conflict] = openConflicts(there.after)
      if (!conflict) throw new Error('a conflict keeps both')
      expect(conflict.who ?? 'person').toBe(rule(name).who)
      expect([conflict.kept.actorId, conflict.other.actorId]).toEqual([
        keptBy(meeting, conflict.field),
        meeting.second.by,
      ])
      expect(contended(there.after, conflict.field)).toEqual(waiting(there.between, conflict.field, meeting.second))
      if (meeting.mirror === 'applied' || rule(meeting.mirror as RuleName).ends !== 'conflict') return
      const back = await play(kernelStage(), meeting, [meeting.second, meeting.first], v)
      expect(openConflicts(back.after).map((one) => one.field)).toEqual([conflict.field])
    }),
    drawn,
  )
})

/** An edit over an end meets the value that stood before: its author is whoever received the case. */
function keptBy({ first }: Meeting, field: string): string {
  return field.startsWith('pii.') && first.type === 'case.conclude' ? 'a' : first.by
}

/** Until a person decides: a material is 待核, an end 结果不一致, anything else stays as it was. */
function waiting(before: Case, field: string, { type }: Move): unknown {
  if (field === 'outcome' && type !== 'case.accept') return 'disputed'
  return field.startsWith('materials.') ? 'doubt' : contended(before, field)
}

test('[I14] nothing either person wrote is lost: it stands in the case, in a conflict, or was refused with a reason', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...lines), fc.boolean(), values, async ([, meeting], isBack, v) => {
      const order: [Move, Move] = isBack ? [meeting.second, meeting.first] : [meeting.first, meeting.second]
      const { ends, after } = await play(kernelStage(), meeting, order, v)
      for (const [at, end] of ends.entries()) {
        if (end.outcome === 'rejected') expect(end.code).toMatch(/^case\./)
        else expect(lostValues(after, order[at] as Move, v)).toEqual([])
      }
    }),
    drawn,
  )
})

test('[I13] the first of two claims holds; the second changes nothing and is told why', async () => {
  const claims = lines.filter(([name]) => rule(name).ends === 'rejected')
  expect(claims.length).toBeGreaterThan(4)
  for (const [, meeting] of claims) {
    const { between, after, ends } = await play(kernelStage(), meeting, [meeting.first, meeting.second], plainValues)
    expect(canonicalJson(after)).toBe(canonicalJson(between))
    expect(ends[1].code).not.toBeNull()
  }
})
