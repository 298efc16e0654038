import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { commands } from '../../shared/commands.ts'
import { act, readEnv } from '../support/forge.ts'
import {
  ctxv,
  memoryHall,
  noting,
  pushTo,
  receiving,
  serverNow,
  signerIn,
  tabletIn,
  words,
} from '../sync/forged-hall.ts'
import { releasing } from './release.ts'

const hour = 3_600_000

/** A window's tablet whose person's grant has run out an hour ago, and a supervisor's browser. */
function world() {
  const hall = memoryHall()
  const tablet = tabletIn(hall)
  const a = signerIn(hall, tablet, { to: serverNow - hour })
  const desk = tabletIn(hall, 'D1')
  const boss = signerIn(hall, desk, { id: 'boss', role: 'supervisor', windowId: null })
  const image = (aggId: string) => hall.db.images.get(`case:${aggId}`)
  return { hall, tablet, a, desk, boss, image }
}

test('[SUP-2] acts of the marked days are released by the supervisor: they stand as their own actor’s, in order', async () => {
  const { hall, tablet, a, desk, boss, image } = world()
  const received = act(tablet, a, receiving(tablet))
  const { aggId, cmdId } = readEnv(received)
  const note = act(tablet, a, noting(aggId))
  const late = await pushTo(hall, tablet, { from: 1, commands: [received, note] })
  expect(words(late.results)).toEqual(['held:grant:time', 'held:grant:time'])
  expect(image(aggId)).toBeUndefined()
  const both = [cmdId, readEnv(note).cmdId].map((id) => act(desk, boss, releasing(aggId, id)))
  const { results, scopes } = await pushTo(hall, desk, { from: 1, commands: both })
  expect(words(results)).toEqual(['applied', 'applied'])
  expect(image(aggId)).toMatchObject({
    ver: 2,
    image: {
      acts: [
        { cmdId, actorId: 'a', at: readEnv(received).wall },
        { type: 'held.release', actorId: 'boss' },
        { type: 'case.note', actorId: 'a' },
        { type: 'held.release', actorId: 'boss' },
      ],
      pii: { name: '示例·王同学' },
    },
  })
  // Tablets of the window get it as any image that changed; the first log rows stay as they were.
  expect(scopes).toContain(`window:${tablet.windowId}`)
  expect(hall.db.rowsOf(tablet.streamId).map(({ outcome, code }) => [outcome, code])).toEqual([
    ['held', 'grant'],
    ['held', 'grant'],
  ])
  expect(JSON.parse(hall.db.rowsOf(desk.streamId)[0]?.envelope ?? '')).toMatchObject({ causedBy: cmdId })
})

test('[F47] what crashed is released after the fix, on what stands now; before the fix it stays', async () => {
  const { hall, tablet, desk, boss, image } = world()
  const b = signerIn(hall, tablet, { id: 'b' })
  const note = commands.get('case.note@1')!
  const broken = new Map(commands)
  const decide = () => {
    throw new RangeError('poison')
  }
  broken.set('case.note@1', { ...note, decide })
  const before = { ...hall, deps: { ...hall.deps, register: broken } }
  const received = act(tablet, b, receiving(tablet))
  const { aggId } = readEnv(received)
  const parked = act(tablet, b, noting(aggId, '放行后才有'))
  await pushTo(before, tablet, { from: 1, commands: [received, parked] })
  await pushTo(hall, tablet, { from: 3, commands: [act(tablet, b, noting(aggId, '后来的'))] })
  const release = () => act(desk, boss, releasing(aggId, readEnv(parked).cmdId))
  const early = await pushTo(before, desk, { from: 1, commands: [release()] })
  expect(early.results[0]).toMatchObject({ outcome: 'rejected', code: 'held.still', detail: { code: 'crash' } })
  expect(image(aggId)?.ver).toBe(2)
  const { results } = await pushTo(hall, desk, { from: 2, commands: [release()] })
  expect(words(results)[1]).toBe('applied')
  expect(image(aggId)).toMatchObject({ ver: 3, image: { notes: [{ by: { actorId: 'b' } }, { by: { actorId: 'b' } }] } })
})

test('[I2] releasing twice does nothing twice: in one batch, in two, and by two supervisors', async () => {
  const { hall, tablet, a, desk, boss, image } = world()
  const received = act(tablet, a, receiving(tablet))
  const { aggId, cmdId } = readEnv(received)
  await pushTo(hall, tablet, { from: 1, commands: [received] })
  const other = tabletIn(hall, 'D2')
  const second = signerIn(hall, other, { id: 'second', role: 'supervisor', windowId: null })
  const twice = [act(desk, boss, releasing(aggId, cmdId)), act(desk, boss, releasing(aggId, cmdId))]
  expect(words((await pushTo(hall, desk, { from: 1, commands: twice })).results)).toEqual([
    'applied',
    'rejected:held.released',
  ])
  const late = await pushTo(hall, other, { from: 1, commands: [act(other, second, releasing(aggId, cmdId))] })
  expect(words(late.results)).toEqual(['rejected:held.released'])
  expect(image(aggId)?.ver).toBe(1)
})

test('[I11][X14] what failed its checks, what stands, what is elsewhere and what never was cannot be released', async () => {
  const { hall, tablet, a, desk, boss } = world()
  const forged = act(tablet, { ...a, privateJwk: boss.privateJwk }, receiving(tablet))
  const b = signerIn(hall, tablet, { id: 'b' })
  const stands = act(tablet, b, receiving(tablet))
  const late = act(tablet, a, receiving(tablet))
  const sent = await pushTo(hall, tablet, { from: 1, commands: [forged, stands, late] })
  expect(words(sent.results)).toEqual(['held:quarantine:signature', 'applied', 'held:grant:time'])
  const tries = [
    releasing(readEnv(forged).aggId, readEnv(forged).cmdId),
    releasing(readEnv(stands).aggId, readEnv(stands).cmdId),
    releasing(randomUUID(), readEnv(late).cmdId),
    releasing(readEnv(late).aggId, randomUUID()),
  ].map((plan) => act(desk, boss, plan))
  const { results } = await pushTo(hall, desk, { from: 1, commands: tries })
  expect(words(results)).toEqual(tries.map(() => 'rejected:held.unknown'))
})

test('[I12][P18] only a supervisor releases, and nobody their own act', async () => {
  const { hall, tablet, a, desk, boss } = world()
  const received = act(tablet, a, receiving(tablet))
  const { aggId, cmdId } = readEnv(received)
  await pushTo(hall, tablet, { from: 1, commands: [received] })
  const b = signerIn(hall, tablet, { id: 'b' })
  const byWindow = await pushTo(hall, tablet, { from: 2, commands: [act(tablet, b, releasing(aggId, cmdId))] })
  expect(words(byWindow.results).at(-1)).toBe('rejected:right.missing:role')
  const own = signerIn(hall, desk, { id: 'a', role: 'supervisor', windowId: null })
  const { results } = await pushTo(hall, desk, {
    from: 1,
    commands: [act(desk, own, releasing(aggId, cmdId)), act(desk, boss, releasing(aggId, cmdId))],
  })
  expect(words(results)).toEqual(['rejected:held.own', 'applied'])
})

test('[P5] a dependant is released after what it rests on, and says so when it is asked first', async () => {
  const { hall, tablet, a, desk, boss, image } = world()
  const received = act(tablet, a, receiving(tablet))
  const { aggId, cmdId } = readEnv(received)
  const b = signerIn(hall, tablet, { id: 'b' })
  const rests = act(tablet, b, noting(aggId))
  const held = await pushTo(hall, tablet, { from: 1, commands: [received, rests] })
  expect(words(held.results)).toEqual(['held:grant:time', 'held:depends'])
  const order = [readEnv(rests).cmdId, cmdId, readEnv(rests).cmdId].map((id) => act(desk, boss, releasing(aggId, id)))
  const { results } = await pushTo(hall, desk, { from: 1, commands: order })
  expect(words(results)).toEqual(['rejected:held.still', 'applied', 'applied'])
  expect(image(aggId)?.ver).toBe(2)
})

test('[I17] a number that another case has taken meanwhile is not printed twice by a release', async () => {
  const { hall, tablet, a, desk, boss } = world()
  const b = signerIn(hall, tablet, { id: 'b' })
  const number = 'XS-261120-K7-9'
  const late = act(tablet, a, receiving(tablet, { number }))
  const sent = [late, act(tablet, b, receiving(tablet, { number }))]
  expect(words((await pushTo(hall, tablet, { from: 1, commands: sent })).results)).toEqual([
    'held:grant:time',
    'applied',
  ])
  const { aggId, cmdId } = readEnv(late)
  const { results } = await pushTo(hall, desk, { from: 1, commands: [act(desk, boss, releasing(aggId, cmdId))] })
  expect(words(results)).toEqual(['rejected:held.number'])
})

test('[I12][P18] a right the actor never had is not made by a release: a claim held for its time alone stays refused', async () => {
  const { hall, tablet, a, desk, boss } = world()
  const args = {
    ...{ windowId: null, personId: 'a', personName: '示例·甲', personKind: 'staff', role: 'supervisor' },
    ...{ from: '2026-01-01', to: null },
  }
  const plan = { type: 'post.assign', aggId: randomUUID(), args, at: serverNow - 1_000, ctxv: { ...ctxv, item: null } }
  const climb = act(tablet, a, { ...plan, forge: { kind: 'post' } })
  expect(words((await pushTo(hall, tablet, { from: 1, commands: [climb] })).results)).toEqual(['held:grant:time'])
  const release = releasing(plan.aggId, readEnv(climb).cmdId, { kind: 'post' })
  const { results } = await pushTo(hall, desk, { from: 1, commands: [act(desk, boss, release)] })
  expect(words(results)).toEqual(['rejected:held.right:role'])
  expect(hall.db.images.get(`post:${plan.aggId}`)).toBeUndefined()
})

test('[I2][SUP-2] a release that was itself held is not released: what it was about is', async () => {
  const { hall, tablet, a, desk, boss, image } = world()
  const received = act(tablet, a, receiving(tablet))
  const { aggId, cmdId } = readEnv(received)
  await pushTo(hall, tablet, { from: 1, commands: [received] })
  const other = tabletIn(hall, 'D2')
  const late = signerIn(hall, other, { id: 'late', role: 'supervisor', windowId: null, to: serverNow - hour })
  const parked = act(other, late, releasing(aggId, cmdId))
  expect(words((await pushTo(hall, other, { from: 1, commands: [parked] })).results)).toEqual(['held:grant:time'])
  const orders = [cmdId, readEnv(parked).cmdId].map((id) => act(desk, boss, releasing(aggId, id)))
  const { results } = await pushTo(hall, desk, { from: 1, commands: orders })
  expect(words(results)).toEqual(['applied', 'rejected:held.unknown'])
  expect(image(aggId)?.ver).toBe(1)
})
