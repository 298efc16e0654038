import { expect, test } from 'vitest'
import type { PushBody } from '../../shared/wire/push.ts'
import { pushOnce } from '../../client/sync/push.ts'
import { actsIn, caseOf, copyOf, cutBack, Hall, note, outcomes, received, turn, words } from './lives-hall.ts'

test('[R13] [I24] [I25] [F48] a copy of a push comes to the restored server before what it rests on: its new word is shown', async () => {
  const hall = new Hall()
  const { db } = hall.world
  const [a, b] = [await hall.tablet(), await hall.tablet()]
  const backup = db.backup()
  const id = hall.world.uuid()
  await hall.act(a, received(id))
  await hall.sync(a)
  await hall.sync(b)
  const { net } = b.engine
  const sent: PushBody[] = []
  b.engine.net = {
    ...net,
    push: (body) => {
      sent.push(body)
      return net.push(body)
    },
  }
  const [cmdId] = await hall.act(b, note(id, '示例一'))
  await hall.sync(b)
  expect(words(b)).toEqual(['settled applied'])
  db.restore(backup, hall.world.uuid())
  await hall.run(net.push(sent[0]!))
  expect(db.byCmdId(cmdId!)).toMatchObject({ outcome: 'held', code: 'depends' })
  await turn(hall, b)
  expect(outcomes(b)).toMatchObject([{ cmdId, state: 'settled', outcome: 'held', code: 'depends' }])
  await hall.sync(a)
  await hall.sync(b)
  expect(caseOf(b, id)?.image).toEqual(db.images.get(`case:${id}`)?.image)
})

test('[R13] [R5] [I25] [R6] the act whose push met the restored server is not shown twice while older streams are sent again', async () => {
  const hall = new Hall()
  const { db } = hall.world
  const one = await hall.tablet()
  const id = hall.world.uuid()
  await hall.act(one, received(id))
  await hall.sync(one)
  const backup = db.backup()
  const again = await hall.receive(one)
  await hall.push(one)
  const disk = copyOf(one.tablet)
  await hall.act(one, note(id, '示例一'))
  await hall.push(one)
  const tab = cutBack(hall, one, disk)
  const branched = await hall.act(tab, note(id, '示例二'))
  await hall.sync(tab)
  db.restore(backup, hall.world.uuid())
  const fresh = await hall.act(tab, note(id, '示例三'))
  for (let i = 0; i < 6; i += 1) {
    await hall.run(pushOnce(tab.engine))
    expect(actsIn(tab, id).filter((cmdId) => [...branched, ...fresh].includes(cmdId))).toHaveLength(2)
  }
  await turn(hall, tab)
  expect(words(tab).every((word) => word === 'settled applied')).toBe(true)
  for (const cmdId of [...again, ...branched, ...fresh]) expect(db.byCmdId(cmdId)?.outcome).toBe('applied')
  expect(caseOf(tab, id)?.image).toEqual(db.images.get(`case:${id}`)?.image)
})
