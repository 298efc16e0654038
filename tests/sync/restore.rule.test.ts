import { expect, test } from 'vitest'
import { NetFault } from '../../client/local/engine.ts'
import { standing } from '../../client/sync/exchange.ts'
import { pullOnce } from '../../client/sync/pull.ts'
import { pushOnce } from '../../client/sync/push.ts'
import {
  actsIn,
  caseOf,
  copyOf,
  cutBack,
  forked,
  Hall,
  note,
  numbers,
  placesOf,
  received,
  turn,
  words,
} from './lives-hall.ts'

for (const how of ['a new epoch', 'the old epoch'] as const) {
  test(`[R13] [F48] [F22] [I22] [P16] an older state is restored under ${how}: everything acknowledged is there again`, async () => {
    const hall = new Hall()
    const { db } = hall.world
    const [a, b] = [await hall.tablet(), await hall.tablet()]
    const id = hall.world.uuid()
    const before = await hall.act(a, received(id))
    await hall.sync(a)
    await hall.sync(b)
    const backup = db.backup()
    const after = [...(await hall.act(a, note(id, '示例一'))), ...(await hall.receive(a))]
    await hall.sync(a)
    const theirs = await hall.act(b, note(id, '示例二'))
    await hall.sync(b)
    await hall.sync(a)
    const shown = numbers(hall)
    db.restore(backup, how === 'a new epoch' ? hall.world.uuid() : db.epoch)
    expect(after.map((cmdId) => db.byCmdId(cmdId))).toEqual([undefined, undefined])
    const waiting = await hall.act(a, note(id, '示例三'))
    await hall.run(pullOnce(a.engine))
    await hall.run(pushOnce(a.engine))
    expect(actsIn(a, id)).toEqual(expect.arrayContaining([...before, ...waiting, after[0]]))
    expect(new Set(actsIn(a, id)).size).toBe(actsIn(a, id).length)
    await hall.sync(a)
    await hall.sync(b)
    await hall.sync(a)
    for (const cmdId of [...before, ...after, ...theirs, ...waiting]) expect(db.byCmdId(cmdId)).toBeDefined()
    expect(numbers(hall).toSorted()).toEqual(shown.toSorted())
    for (const tab of [a, b]) {
      expect(words(tab).every((word) => word === 'settled applied')).toBe(true)
      expect(caseOf(tab, id)?.image).toEqual(db.images.get(`case:${id}`)?.image)
    }
    const resent = db.log.filter((row) => row.verdict.includes('"prior":')).map((row) => row.cmdId)
    expect(resent.toSorted()).toEqual([...after, ...theirs].toSorted())
  })
}

test('[R13] [R6] a restore after a fork: branch and new stream are both looked up and sent again', async () => {
  const hall0 = await forked()
  const { hall } = hall0
  const { db } = hall.world
  const backup = db.backup()
  const { tab } = hall0
  const tail = await hall.receive(tab)
  await hall.sync(tab)
  const fresh = await hall.receive(tab)
  await hall.sync(tab)
  db.restore(backup, hall.world.uuid())
  await hall.sync(tab)
  await hall.sync(tab)
  expect(placesOf(hall, [...tail, ...fresh]).map(([, branch, seq]) => [branch, seq])).toEqual([
    [1, 2],
    [0, 1],
  ])
  expect(words(tab).every((word) => word.startsWith('settled'))).toBe(true)
})

test('[I22] [R13] [R6] one turn of a tablet with nothing to send: a branch that the restored server lacks is there again', async () => {
  const { hall, tab } = await forked()
  const { db } = hall.world
  const backup = db.backup()
  const tail = await hall.receive(tab)
  await hall.sync(tab)
  db.restore(backup, hall.world.uuid())
  const done = await turn(hall, tab)
  expect(placesOf(hall, tail).map(([, branch, seq]) => [branch, seq])).toEqual([[1, 2]])
  expect(done).toMatchObject({ isWaiting: false })
  expect(words(tab).every((word) => word.startsWith('settled'))).toBe(true)
})

test('[I22] [R13] [R9] a restored server is met and the line goes: the loop knows that it still owes a look', async () => {
  const { hall, tab } = await forked()
  const { db } = hall.world
  const backup = db.backup()
  const tail = await hall.receive(tab)
  await hall.sync(tab)
  db.restore(backup, hall.world.uuid())
  const { net } = tab.engine
  tab.engine.net = { ...net, push: () => Promise.reject(new NetFault('unreachable')) }
  await expect(turn(hall, tab)).rejects.toThrow('unreachable')
  tab.engine.net = net
  const owed = await hall.run(standing(tab.engine))
  expect(owed.isWaiting).toBe(true)
  await turn(hall, tab)
  expect(placesOf(hall, tail).map(([, branch, seq]) => [branch, seq])).toEqual([[1, 2]])
  expect(await hall.run(standing(tab.engine))).toMatchObject({ isWaiting: false })
})

test('[I25] [R13] [R6] an act of a branch stays in sight from the pull that meets the restored server to the push that sends it again', async () => {
  const hall = new Hall()
  const one = await hall.tablet()
  const id = hall.world.uuid()
  await hall.act(one, received(id))
  await hall.sync(one)
  const disk = copyOf(one.tablet)
  await hall.act(one, note(id, '示例一'))
  await hall.push(one)
  const tab = cutBack(hall, one, disk)
  const backup = hall.world.db.backup()
  const tail = await hall.act(tab, note(id, '示例二'))
  await hall.sync(tab)
  hall.world.db.restore(backup, hall.world.uuid())
  for (let i = 0; i < 6; i += 1) {
    await hall.run(pullOnce(tab.engine))
    expect(actsIn(tab, id)).toEqual(expect.arrayContaining(tail))
  }
  await turn(hall, tab)
  expect(actsIn(tab, id).filter((cmdId) => tail.includes(cmdId))).toEqual(tail)
  expect(hall.world.db.byCmdId(tail[0]!)?.outcome).toBe('applied')
})

for (const how of ['a new epoch', 'the old epoch'] as const) {
  test(`[I22] [R13] [R6] [I17] a tablet in its third life names the lane of its second: a server restored under ${how} opens that stream again`, async () => {
    const { hall, tab: one } = await forked()
    const { db } = hall.world
    const backup = db.backup()
    await hall.receive(one)
    await hall.sync(one)
    const second = await hall.receive(one)
    await hall.sync(one)
    const late = copyOf(one.tablet)
    await hall.receive(one)
    await hall.push(one)
    const two = cutBack(hall, one, late)
    const third = await hall.receive(two)
    await hall.sync(two)
    const shown = numbers(hall)
    db.restore(backup, how === 'a new epoch' ? hall.world.uuid() : db.epoch)
    await hall.sync(two)
    for (const cmdId of [...second, ...third]) expect(db.byCmdId(cmdId)).toBeDefined()
    expect(words(two).every((word) => word.startsWith('settled'))).toBe(true)
    expect(shown).toEqual(expect.arrayContaining(numbers(hall)))
  })
}

test('[I20] [P19] an answer of the epoch before comes after the new one was seen: nothing of it is taken', async () => {
  const hall = new Hall()
  const { db } = hall.world
  const tab = await hall.tablet()
  await hall.receive(tab)
  await hall.sync(tab)
  const { net } = tab.engine
  let old: unknown = null
  tab.engine.net = { ...net, pull: async (query) => (old ??= await net.pull(query)) }
  await hall.run(pullOnce(tab.engine))
  tab.engine.net = net
  const backup = db.backup()
  db.restore(backup, hall.world.uuid())
  tab.engine.net = {
    ...net,
    pull: async () => {
      tab.engine.net = net
      await pullOnce(tab.engine)
      return old
    },
  }
  await hall.run(pullOnce(tab.engine))
  expect(tab.tablet.disk.row('meta', 'server')).toMatchObject({ epoch: db.epoch, life: 1 })
  expect(tab.tablet.disk.rows('scope').every((row) => row.cursor === 0)).toBe(true)
})
