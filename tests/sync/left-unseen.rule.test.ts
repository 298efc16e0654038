import { expect, test } from 'vitest'
import { pullOnce } from '../../client/sync/pull.ts'
import { pushOnce } from '../../client/sync/push.ts'
import { followOnly } from '../../client/local/follow.ts'
import type { Tab } from '../sim/tablet.ts'
import { archiveOne } from '../sim/system-acts.ts'
import { actsIn, caseOf, Hall, note, received, words } from './lives-hall.ts'

/** A case that was done and put away while the answers were lost: the tablet never sees its row. */
async function putAwayUnseen() {
  const hall = new Hall()
  const tab = await hall.tablet()
  const id = hall.world.uuid()
  await hall.act(tab, received(id), {
    ...note(id, ''),
    ...{ type: 'case.conclude', args: { result: '已办结', resultNote: '示例' } },
  })
  const { net } = tab.engine
  tab.engine.net = { ...net, push: async (body) => (await net.push(body), {}) }
  await expect(hall.run(pushOnce(tab.engine))).rejects.toThrow('portal')
  tab.engine.net = net
  expect(await hall.run(archiveOne(hall.world, hall.world.server.deps()!, id))).toBe('applied')
  return { hall, tab, id }
}

function expectSettled(tab: Tab, id: string): void {
  expect(words(tab)).toEqual(['settled applied', 'settled applied'])
  expect(caseOf(tab, id)).toBeUndefined()
  expect(tab.tablet.disk.rows('base')).toEqual([])
}

test('[R16] [I4] what was done on a case that left before its row came settles when the leave is told', async () => {
  const { hall, tab, id } = await putAwayUnseen()
  await hall.run(pullOnce(tab.engine))
  expectSettled(tab, id)
})

test('[R16] [I25] an act kept meanwhile stays in sight, with all it rests on, until it is decided itself', async () => {
  const { hall, tab, id } = await putAwayUnseen()
  const [cmdId] = await hall.act(tab, note(id, '示例'))
  await hall.run(pullOnce(tab.engine))
  expect(words(tab)).toEqual(['decided applied', 'decided applied', 'pending null'])
  expect(actsIn(tab, id)).toContain(cmdId)
  await hall.sync(tab)
  expect(words(tab).every((word) => word.startsWith('settled'))).toBe(true)
  expect(caseOf(tab, id)).toBeUndefined()
  expect(tab.tablet.disk.rows('base')).toEqual([])
})

test('[R16] [I4] and when the answer comes by the push', async () => {
  const { hall, tab, id } = await putAwayUnseen()
  await hall.run(pushOnce(tab.engine))
  expect(words(tab)).toEqual(['decided applied', 'decided applied'])
  await hall.run(pullOnce(tab.engine))
  expectSettled(tab, id)
})

for (const first of ['push', 'pull'] as const) {
  test(`[R16] [I4] and when the leave has been forgotten, ${first} first`, async () => {
    const { hall, tab, id } = await putAwayUnseen()
    hall.world.db.forgetLeaves(hall.world.sim.now + 1)
    if (first === 'push') await hall.run(pushOnce(tab.engine))
    for (let i = 0; i < 12; i += 1) await hall.run(pullOnce(tab.engine))
    expectSettled(tab, id)
  })
}

test('[I6] [I7] a scope that is followed no more takes its rows with it, unsent acts keep theirs until they are decided', async () => {
  const hall = new Hall()
  const tab = await hall.tablet()
  const [done, waiting] = [hall.world.uuid(), hall.world.uuid()]
  await hall.act(tab, received(done))
  await hall.act(tab, received(waiting))
  await hall.sync(tab)
  const unsent = await hall.act(tab, note(waiting, '示例'))
  await hall.run(followOnly(tab.engine, ['hall']))
  expect(caseOf(tab, done)).toBeUndefined()
  expect(caseOf(tab, waiting)?.after).toBeGreaterThan(0)
  expect(tab.tablet.disk.rows('scope').map((row) => row.scope)).toEqual(['hall'])
  hall.world.tablets[0]!.device = { ...hall.world.tablets[0]!.device, follows: ['hall'] }
  await hall.sync(tab)
  expect(hall.world.db.byCmdId(unsent[0]!)?.outcome).toBe('applied')
  expect(words(tab).every((word) => word.startsWith('settled'))).toBe(true)
  expect(tab.tablet.disk.rows('view').every((row) => row.kind !== 'case')).toBe(true)
  expect(tab.tablet.disk.rows('base')).toEqual([])
})
