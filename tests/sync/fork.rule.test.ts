import { expect, test } from 'vitest'
import { beginNewLife } from '../../client/local/new-stream.ts'
import { rescueLines } from '../../client/local/rescue-lines.ts'
import { pullOnce } from '../../client/sync/pull.ts'
import { pushOnce } from '../../client/sync/push.ts'
import { MemoryDisk } from '../sim/memory-store.ts'
import {
  actsIn,
  caseOf,
  copyOf,
  cutBack,
  forked,
  Hall,
  note,
  numbers,
  outcomes,
  phone,
  placesOf,
  received,
  words,
} from './lives-hall.ts'

test('[R6] [I2] [I3] after a power cut the tail goes unchanged as a branch, new acts into a stream of their own', async () => {
  const { hall, tab, lost, stream } = await forked()
  const tail = [...(await hall.receive(tab)), ...(await hall.receive(tab))]
  const bytes = tab.tablet.disk.rows('outbox')
  await hall.sync(tab)
  const fresh = await hall.receive(tab)
  await hall.sync(tab)
  expect(placesOf(hall, lost)).toEqual([
    [stream, 0, 2, 'applied'],
    [stream, 0, 3, 'applied'],
  ])
  expect(placesOf(hall, tail).map(([id, branch, seq]) => [id, branch, seq])).toEqual([
    [stream, 1, 2],
    [stream, 1, 3],
  ])
  const meta = tab.tablet.disk.row('meta', 'stream')
  expect(meta).toMatchObject({ former: [stream], nextSeq: 2, n: 1, ord0: 3 })
  const [at] = placesOf(hall, fresh)
  expect(at).toEqual([meta?.key === 'stream' ? meta.streamId : '', 0, 1, 'applied'])
  expect(tab.tablet.disk.rows('outbox').filter((row) => row.streamId === stream)).toEqual(bytes)
  expect(words(tab).filter((word) => !word.startsWith('settled'))).toEqual([])
})

test('[I17] [R6] after a fork numbers come from the spare lane, from 1, and no two cases share one', async () => {
  const { hall, tab } = await forked()
  await hall.receive(tab)
  await hall.sync(tab)
  const device = tab.tablet.disk.row('meta', 'device')
  await hall.receive(tab)
  await hall.sync(tab)
  const all = numbers(hall)
  expect(new Set(all).size).toBe(all.length)
  expect(all.some((number) => number.endsWith('-Z1-1'))).toBe(true)
  expect(device).toMatchObject({ lanes: ['Z1'] })
  expect(tab.tablet.disk.row('meta', 'device')).toMatchObject({ lanes: ['Z1', 'Z2'] })
})

test('[R6] [R5] the answer to the branch is lost: sent again, logged once, shown once', async () => {
  const { hall, tab, first } = await forked()
  const id = outcomes(tab)[0]!.aggId
  const tail = await hall.act(tab, note(id, '示例一'), note(id, '示例二'))
  const all = [...first, ...tail]
  await hall.run(pushOnce(tab.engine))
  const { net } = tab.engine
  let lost = 0
  tab.engine.net = {
    ...net,
    push: async (body) => {
      const answer = await net.push(body)
      if (body.branch !== 1 || lost > 0) return answer
      lost += 1
      return {}
    },
  }
  await expect(hall.run(pushOnce(tab.engine))).rejects.toThrow('portal')
  expect(actsIn(tab, id)).toEqual(all)
  await hall.run(pullOnce(tab.engine))
  expect(actsIn(tab, id)).toEqual(all)
  await hall.sync(tab)
  expect(lost).toBe(1)
  expect(actsIn(tab, id)).toEqual(all)
  expect(hall.world.db.log.filter((row) => tail.includes(row.cmdId))).toHaveLength(2)
})

test('[R6] [I17] a fork in the branch is a second branch, a fork in the new stream a third life', async () => {
  const { hall, tab: one, stream } = await forked()
  const disk = copyOf(one.tablet)
  const tail = await hall.receive(one)
  await hall.sync(one)
  const two = cutBack(hall, one, disk)
  const again = await hall.receive(two)
  await hall.sync(two)
  expect(placesOf(hall, [...tail, ...again]).map(([id, branch, seq]) => [id, branch, seq])).toEqual([
    [stream, 1, 2],
    [stream, 2, 2],
  ])
  await hall.receive(two)
  await hall.sync(two)
  const late = copyOf(two.tablet)
  await hall.receive(two)
  await hall.push(two)
  const three = cutBack(hall, two, late)
  await hall.receive(three)
  await hall.receive(three)
  await hall.sync(three)
  expect(words(three).every((word) => word.startsWith('settled'))).toBe(true)
  const meta = three.tablet.disk.row('meta', 'stream')
  expect(meta?.key === 'stream' ? meta.former?.length : 0).toBe(2)
  const all = numbers(hall)
  expect(new Set(all).size).toBe(all.length)
})

test('[OFF-4] [R6] two streams wait with a conflict between them: the tail goes first, both values stand', async () => {
  const hall = new Hall()
  let tab = await hall.tablet()
  const id = hall.world.uuid()
  await hall.act(tab, received(id))
  await hall.sync(tab)
  const disk = copyOf(tab.tablet)
  await hall.act(tab, phone(id, '13800000001'))
  await hall.push(tab)
  tab = cutBack(hall, tab, disk)
  const tail = await hall.act(tab, phone(id, '13800000002'))
  await hall.run(pushOnce(tab.engine))
  const fresh = await hall.act(tab, phone(id, '13800000003'), note(id, '示例'))
  expect(actsIn(tab, id).slice(-3)).toEqual([...tail, ...fresh])
  await hall.run(pushOnce(tab.engine))
  const decided = outcomes(tab).filter((act) => act.state !== 'pending')
  expect(decided.map((act) => act.cmdId)).toEqual(expect.arrayContaining(tail))
  await hall.sync(tab)
  const order = hall.world.db.log.map((row) => row.cmdId).filter((one) => [...tail, ...fresh].includes(one))
  expect(order).toEqual([...tail, ...fresh])
  const image = JSON.stringify(caseOf(tab, id)?.image)
  for (const value of ['13800000001', '13800000002']) expect(image).toContain(value)
  expect(new Set(actsIn(tab, id)).size).toBe(actsIn(tab, id).length)
})

test('[R15] [I17] a new database with recovered envelopes sends them under their old stream and prints from the spare', async () => {
  const hall = new Hall()
  const tab = await hall.tablet()
  const sent = await hall.receive(tab)
  await hall.sync(tab)
  const unsent = await hall.receive(tab)
  const { disk, streamId } = tab.tablet
  const meta = (key: string) => disk.row('meta', key)
  const [device, stream, server] = [meta('device'), meta('stream'), meta('server')]
  if (device?.key !== 'device' || stream?.key !== 'stream' || server?.key !== 'server') throw new Error('no meta')
  tab.proc.kill()
  const found = { device, stream, server, outbox: disk.rows('outbox'), outcomes: [] }
  const next = Object.assign(tab.tablet, { disk: new MemoryDisk(hall.world.sim) })
  const reborn = hall.world.openTab(next)
  const begun = await hall.run(beginNewLife(reborn.engine, found))
  expect(begun).toMatchObject({ lane: 'Z1', nextSeq: 1, n: 0, ord0: 2, former: [streamId] })
  await hall.sync(reborn)
  const fresh = await hall.receive(reborn)
  await hall.sync(reborn)
  expect(placesOf(hall, [...sent, ...unsent]).map(([id, branch, seq]) => [id, branch, seq])).toEqual([
    [streamId, 0, 1],
    [streamId, 0, 2],
  ])
  expect(placesOf(hall, fresh)).toEqual([[begun?.streamId, 0, 1, 'applied']])
  expect(words(reborn).every((word) => word === 'settled applied')).toBe(true)
})

test('[P22] [R6] a rescue file names the branch of a forked tail, and the lane of the stream begun after it', async () => {
  const { hall, tab, stream } = await forked()
  await hall.receive(tab)
  await hall.receive(tab)
  // The answer says that there is a fork; then the network is gone.
  await hall.run(pushOnce(tab.engine))
  await hall.receive(tab)
  const meta = tab.tablet.disk.row('meta', 'stream')
  if (meta?.key !== 'stream') throw new Error('no stream')
  const waiting = outcomes(tab).filter((act) => act.state === 'pending')
  const acts = tab.tablet.disk.rows('outbox').filter((act) => waiting.some(({ cmdId }) => cmdId === act.cmdId))
  const lines = rescueLines(acts.toReversed(), waiting, meta)
  expect(lines.map(({ streamId, branch, lane, seq }) => [streamId, branch, lane, seq])).toEqual([
    [stream, 1, null, 2],
    [stream, 1, null, 3],
    [meta.streamId, 0, 'Z1', 1],
  ])
})
