import { expect, test } from 'vitest'
import { commitActs } from '../../client/local/commit.ts'
import { pushOnce, type Pushed } from '../../client/sync/push.ts'
import { actsIn, Hall, note, outcomes, received } from './lives-hall.ts'

test('[I8] [I24] an act beneath is held while the next one is being signed: that rests on what is stored by then', async () => {
  const hall = new Hall()
  const { db } = hall.world
  const tab = await hall.tablet()
  const id = hall.world.uuid()
  const first = await hall.act(tab, received(id))
  await hall.sync(tab)
  const { signer, role, windowId } = tab.tablet.people[0]!
  db.grants.set(signer.grant.id, { ...db.grants.get(signer.grant.id)!, revokedAt: 0 })
  await hall.act(tab, note(id, '示例一'))
  const { net } = tab.engine
  let open = () => {}
  const gate = new Promise<void>((resolve) => (open = resolve))
  tab.engine.net = { ...net, push: (body) => gate.then(() => net.push(body)) }
  const pushed: Promise<Pushed> = pushOnce(tab.engine)
  await hall.world.sim.pump(200)
  const [above] = await hall.act(tab, note(id, '示例二'))
  const sign = async (text: string) => {
    open()
    await pushed
    return signer.sign(text)
  }
  const kept = await hall.run(
    commitActs(tab.engine, { signer: { ...signer, sign }, role, windowId, shiftId: null }, [note(id, '示例三')]),
  )
  expect(outcomes(tab).map(({ outcome }) => outcome)).toEqual(['applied', 'held', null, null])
  expect(kept.kept).toBe(true)
  expect(actsIn(tab, id)).toEqual([...first, above, outcomes(tab)[3]?.cmdId])
})
