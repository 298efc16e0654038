import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { sha256Hex, signP256 } from '../../server/sync/crypto.ts'
import { localDay } from '../../shared/calendar/day.ts'
import { canonicalJson } from '../../shared/core/canonical.ts'
import type { Envelope, SignedCommand } from '../../shared/core/envelope.ts'
import { nbuProfile } from '../../shared/profiles/nbu.ts'
import { act, enqueue, forgeCommand, readEnv, type ActPlan, type ForgedSigner } from '../support/forge.ts'
import { ctxv, memoryHall, noting, pushTo, receiving, serverNow, signerIn, tabletIn, words } from './forged-hall.ts'

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

/** The command with other arguments, signed by its own actor. */
function withArgs(signer: ForgedSigner, command: SignedCommand, args: Envelope['args']): SignedCommand {
  const env = readEnv(command)
  const text = canonicalJson({ ...env, args: { ...env.args, ...args } })
  return { ...command, env: text, sig: signP256(signer.privateJwk, text) }
}

test('[T2][I17] nothing but a personal value may hide behind a hash: a number of another lane, or one printed before, is held', async () => {
  const { hall, tablet, a } = world()
  const first = act(tablet, a, receiving(tablet))
  const salt = 's'.repeat(22)
  const hidden = (value: string) => {
    const made = forgeCommand(tablet, a, receiving(tablet))
    const command = withArgs(a, made, { number: { pii: 'args.number', h: sha256Hex(salt + value) } })
    return enqueue(tablet, { ...command, pii: { ...made.pii, 'args.number': { salt, value } } })
  }
  const commands = [first, hidden('XS-261120-ZZ-1'), hidden(String(readEnv(first).args.number))]
  const { results } = await pushTo(hall, tablet, { from: 1, commands })
  expect(words(results)).toEqual(['applied', 'held:quarantine:pii', 'held:quarantine:pii'])
})

test('[P19] a personal value left plain in the envelope, where it could never be erased, is held', async () => {
  const { hall, tablet, a } = world()
  const { env, sig } = withArgs(a, forgeCommand(tablet, a, receiving(tablet)), {
    student: { name: '示例·王同学', studentNo: '20240117', phone: '' },
  })
  const { results } = await pushTo(hall, tablet, { from: 1, commands: [enqueue(tablet, { env, sig })] })
  expect(words(results)).toEqual(['held:quarantine:pii'])
})

test('[T2] no handover takes the id of a case, of the profile or of one to come: tablets know a row by its id alone', async () => {
  const { hall, tablet, a } = world()
  const case1 = receiving(tablet)
  const opening = (aggId: string): ActPlan => ({
    ...{ type: 'handover.open', aggId, args: { lines: [] }, at: serverNow - 1000, ctxv: { ...ctxv, item: null } },
  })
  const case2 = receiving(tablet)
  const commands = [
    act(tablet, a, case1),
    act(tablet, a, opening(case1.aggId)),
    act(tablet, a, opening(nbuProfile.id)),
    act(tablet, a, opening('nbu@2')),
    act(tablet, a, opening(case2.aggId)),
    act(tablet, a, case2),
  ]
  const { results } = await pushTo(hall, tablet, { from: 1, commands })
  const taken = 'held:quarantine:exists'
  expect(words(results)).toEqual(['applied', taken, taken, taken, 'applied', taken])
})

test('[T2] [REF-CQ6] no sheet, meeting or case of a window takes an id that officers will need: of rules to come, of a lapse', async () => {
  const { hall, tablet, a } = world()
  const none = { ...ctxv, item: null }
  const lapse = `${randomUUID()}:3:${a.grant.actorId}`
  const filing = (aggId: string): ActPlan => ({
    ...{ type: 'dayClose.file', aggId, args: { left: [] }, at: serverNow - 1000, ctxv: none },
  })
  const held = {
    on: '2026-11-20',
    from: '09:00',
    place: '',
    came: [],
    minutes: '示例',
    summary: '',
    plan: '',
    tasks: [],
  }
  const meeting = { type: 'meeting.record', aggId: 'nbu@2', args: held, at: serverNow - 1000, ctxv: none }
  const commands = [
    act(tablet, a, filing('nbu@2')),
    act(tablet, a, meeting),
    act(tablet, a, filing(lapse)),
    act(tablet, a, { ...receiving(tablet), aggId: lapse }),
    act(tablet, a, filing(randomUUID())),
  ]
  const { results } = await pushTo(hall, tablet, { from: 1, commands })
  const taken = 'held:quarantine:exists'
  expect(words(results)).toEqual([taken, taken, taken, taken, 'applied'])
})

test('[X12] an act at the end of all dates is held; what is kept can be shown by every screen of the window', async () => {
  const { hall, tablet, a } = world()
  const end = 8_640_000_000_000_000
  const commands = [
    act(tablet, a, receiving(tablet, { at: end })),
    act(tablet, a, receiving(tablet, { forge: { wall: end, off: -end } })),
    act(tablet, a, receiving(tablet, { at: Date.parse('9999-12-31T00:00:00Z') })),
  ]
  const { results } = await pushTo(hall, tablet, { from: 1, commands })
  expect(words(results)).toEqual(['held:quarantine:time', 'held:quarantine:time', 'applied'])
  const image = hall.db.images.get(`case:${readEnv(commands[2]!).aggId}`)?.image as { receivedAt: number }
  expect(localDay(image.receivedAt)).toBe('9999-12-31')
})
