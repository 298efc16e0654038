import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { canonicalJson } from '../../shared/core/canonical.ts'
import { act, enqueue, forgeCommand } from '../support/forge.ts'
import { memoryHall, noting, pushTo, receiving, signerIn, tabletIn, words } from './forged-hall.ts'

function world() {
  const hall = memoryHall()
  const tablet = tabletIn(hall)
  const a = signerIn(hall, tablet)
  return { hall, tablet, a }
}

test.each(['__proto__', 'constructor', 'prototype', 'toString'])(
  '[X5] an envelope with a key %s is held',
  async (key) => {
    const { hall, tablet, a } = world()
    const good = forgeCommand(tablet, a, noting('x'))
    const spoilt = good.env.replace('"args":{', `"args":{"${key}":{"isAdmin":true},`)
    const sorted = canonicalJson(JSON.parse(spoilt))
    const { results } = await pushTo(hall, tablet, { from: 1, commands: [enqueue(tablet, { ...good, env: sorted })] })
    expect(words(results)).toEqual(['held:quarantine:key'])
    expect(Object.keys(Object.prototype)).toEqual([])
  },
)

test('[X14] a wrong signature holds that act, names nobody, and the stream goes on', async () => {
  const { hall, tablet, a } = world()
  const other = signerIn(hall, tablet, { id: 'b', role: 'roleB' })
  const forged = { ...forgeCommand(tablet, a, receiving(tablet)), sig: forgeCommand(tablet, other, noting('x')).sig }
  const unsigned = (sig: string) => ({ ...forgeCommand(tablet, a, receiving(tablet)), sig })
  const sent = [enqueue(tablet, forged)]
  for (const sig of ['', 'A'.repeat(86), `${forged.sig}==`]) sent.push(enqueue(tablet, unsigned(sig)))
  sent.push(act(tablet, a, receiving(tablet)))
  const { results } = await pushTo(hall, tablet, { from: 1, commands: sent })
  expect(words(results)).toEqual([...Array<string>(4).fill('held:quarantine:signature'), 'applied'])
  expect(hall.db.rowsOf(tablet.streamId).map((row) => row.actorId)).toEqual([null, null, null, null, 'a'])
})

test('[X14][I11] a person cannot sign as another, nor by a grant of another tablet', async () => {
  const { hall, tablet, a } = world()
  const elsewhere = signerIn(hall, tabletIn(hall, 'K8'), { id: 'a' })
  const sent = [
    act(tablet, a, receiving(tablet, { forge: { actorId: 'boss' } })),
    act(tablet, elsewhere, receiving(tablet)),
    act(tablet, a, receiving(tablet, { forge: { role: 'system', actorId: 'system:nbu', grantId: null } })),
  ]
  const { results } = await pushTo(hall, tablet, { from: 1, commands: sent })
  expect(words(results)).toEqual(Array<string>(3).fill('held:quarantine:signature'))
})

test('[I18] a personal value that is not the one hashed, or that nobody named, holds the act', async () => {
  const { hall, tablet, a } = world()
  const good = forgeCommand(tablet, a, receiving(tablet))
  const phone = good.pii?.['args.student.phone']
  if (!phone) throw new Error('no phone')
  const swapped = enqueue(tablet, {
    ...good,
    pii: { ...good.pii, 'args.student.phone': { ...phone, value: '13900000000' } },
  })
  const more = forgeCommand(tablet, a, receiving(tablet))
  const stowed = enqueue(tablet, { ...more, pii: { ...more.pii, 'args.extra': phone } })
  const bare = forgeCommand(tablet, a, receiving(tablet))
  const missing = enqueue(tablet, { env: bare.env, sig: bare.sig })
  const { results } = await pushTo(hall, tablet, { from: 1, commands: [swapped, stowed, missing] })
  expect(words(results)).toEqual(Array<string>(3).fill('held:quarantine:pii'))
})

test('[I18] an act taken out, swapped or sent as another place is held, and the chain goes on from what came', async () => {
  const { hall, tablet, a } = world()
  const misplaced = act(tablet, a, receiving(tablet, { forge: { seq: 7 } }))
  const unlinked = act(tablet, a, receiving(tablet, { forge: { prev: 'f'.repeat(64) } }))
  const other = act(tablet, a, receiving(tablet, { forge: { deviceId: randomUUID() } }))
  const good = act(tablet, a, receiving(tablet))
  const { results } = await pushTo(hall, tablet, { from: 1, commands: [misplaced, unlinked, other, good] })
  expect(words(results)).toEqual([
    'held:quarantine:address',
    'held:quarantine:chain',
    'held:quarantine:address',
    'applied',
  ])
})
