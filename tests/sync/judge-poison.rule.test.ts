import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { commands } from '../../shared/commands.ts'
import { act, readEnv, type ActPlan } from '../support/forge.ts'
import { memoryHall, noting, pushTo, receiving, signerIn, tabletIn, words } from './forged-hall.ts'

function world() {
  const hall = memoryHall()
  const tablet = tabletIn(hall)
  const a = signerIn(hall, tablet)
  const receive = commands.get('case.receive@1')!
  const register = new Map(commands)
  register.set('case.receive@1', {
    ...receive,
    decide: (image, args, ctx) => {
      if ((args as { ticket: string | null }).ticket === 'POISON') throw new RangeError('poison')
      return receive.decide(image, args, ctx)
    },
  })
  const poisoned = () => {
    const plan = receiving(tablet)
    return act(tablet, a, { ...plan, args: { ...plan.args, ticket: 'POISON' } })
  }
  return { hall: { ...hall, deps: { ...hall.deps, register } }, tablet, a, poisoned }
}

const after = (plan: ActPlan, seq: number, ctxv: ActPlan['ctxv']): ActPlan => ({
  ...plan,
  forge: { base: { ver: 0, after: seq, seen: {}, ctxv } },
})

test('[R10][F47] a permanent error at the head of 200 parks that one: the other 199 are applied in the same push', async () => {
  const { hall, tablet, a, poisoned } = world()
  const sent = [poisoned(), ...Array.from({ length: 199 }, () => act(tablet, a, receiving(tablet)))]
  const { results, stop } = await pushTo(hall, tablet, { from: 1, commands: sent })
  expect(stop).toBeUndefined()
  expect(words(results)).toEqual(['held:crash:RangeError', ...Array.from({ length: 199 }, () => 'applied')])
  expect(hall.db.streams.get(tablet.streamId)?.lastSeq).toBe(200)
  expect(hall.db.rowsOf(tablet.streamId)[0]?.envelope).toBe(sent[0]?.env)
})

test('[R10][I4] sent again, the parked act has its answer and nothing is decided anew', async () => {
  const { hall, tablet, a, poisoned } = world()
  const sent = [poisoned(), act(tablet, a, receiving(tablet))]
  const first = await pushTo(hall, tablet, { from: 1, commands: sent })
  const again = await pushTo(hall, tablet, { from: 1, commands: sent })
  expect(again.results).toEqual(first.results)
  expect(again.pos).toBeNull()
})

test('[F47][P5] what rests on the parked act: a fact is held, a claim refused, both naming the first failure', async () => {
  const { hall, tablet, a, poisoned } = world()
  const head = poisoned()
  const { aggId } = readEnv(head)
  const { ctxv } = noting(aggId)
  const taking = (seq: number) => after({ ...noting(aggId), type: 'case.take', args: {} }, seq, ctxv)
  const sent = [
    head,
    act(tablet, a, after(noting(aggId), 1, ctxv)),
    act(tablet, a, taking(2)),
    act(tablet, a, receiving(tablet)),
  ]
  const { results } = await pushTo(hall, tablet, { from: 1, commands: sent })
  expect(words(results)).toEqual(['held:crash:RangeError', 'held:depends', 'rejected:aggregate.missing', 'applied'])
  const first = { cmdId: readEnv(head).cmdId, seq: 1, outcome: 'held', code: 'crash' }
  expect(results.slice(1, 3).map(({ detail }) => detail)).toEqual([{ first }, { first }])
})

test('[F47] the first failure is found in an earlier push, and a chain of failures leads to its head', async () => {
  const { hall, tablet, a, poisoned } = world()
  const head = poisoned()
  const { aggId } = readEnv(head)
  const { ctxv } = noting(aggId)
  await pushTo(hall, tablet, { from: 1, commands: [head, act(tablet, a, after(noting(aggId), 1, ctxv))] })
  const { results } = await pushTo(hall, tablet, {
    from: 3,
    commands: [act(tablet, a, after(noting(aggId), 2, ctxv))],
  })
  expect(results[2]).toMatchObject({ code: 'depends', detail: { first: { seq: 1, code: 'crash' } } })
})

test('[F47] an act that does not need its predecessor is decided on its merits', async () => {
  const { hall, tablet, a, poisoned } = world()
  const received = act(tablet, a, receiving(tablet))
  const { aggId } = readEnv(received)
  const { ctxv } = noting(aggId)
  const sent = [received, poisoned(), act(tablet, a, after(noting(aggId), 2, ctxv))]
  expect(words((await pushTo(hall, tablet, { from: 1, commands: sent })).results)).toEqual([
    'applied',
    'held:crash:RangeError',
    'applied',
  ])
})

test('[F47] a fact about something that never was, with no failed act before it, says so without a name', async () => {
  const { hall, tablet, a } = world()
  const { results } = await pushTo(hall, tablet, { from: 1, commands: [act(tablet, a, noting(randomUUID()))] })
  expect(results[0]).toMatchObject({ code: 'depends', detail: null })
})
