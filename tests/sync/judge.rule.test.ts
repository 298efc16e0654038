import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { StoreConflict, StoreUnavailable, type AppendBatch } from '../../server/sync/store-verbs.ts'
import { commands } from '../../shared/commands.ts'
import { canonicalJson } from '../../shared/core/canonical.ts'
import { act, enqueue, forgeCommand, readEnv } from '../support/forge.ts'
import { memoryHall, noting, phoning, pushTo, receiving, signerIn, tabletIn, words } from './forged-hall.ts'

function world() {
  const hall = memoryHall()
  const tablet = tabletIn(hall)
  const a = signerIn(hall, tablet)
  return { hall, tablet, a }
}

test('[I3] a batch is decided in its order, each act over the one before it', async () => {
  const { hall, tablet, a } = world()
  const received = act(tablet, a, receiving(tablet))
  const { aggId } = readEnv(received)
  const note = act(tablet, a, noting(aggId))
  const { results, pos } = await pushTo(hall, tablet, { from: 1, commands: [received, note] })
  expect(words(results)).toEqual(['applied', 'applied'])
  expect(results.map((one) => one.ver)).toEqual([1, 2])
  expect(hall.db.images.get(`case:${aggId}`)).toMatchObject({
    ver: 2,
    image: { acts: [{ type: 'case.receive' }, { type: 'case.note' }] },
  })
  expect(pos).toBe(hall.db.log.length)
  expect([...hall.db.scopes.values()].filter((one) => one.id === aggId)).toEqual([
    expect.objectContaining({ scope: `window:${tablet.windowId}`, op: 'set', ver: 2, pos }),
  ])
})

test('[F3] the same batch again gives the stored results and writes nothing', async () => {
  const { hall, tablet, a } = world()
  const sent = [act(tablet, a, receiving(tablet)), act(tablet, a, receiving(tablet))]
  const first = await pushTo(hall, tablet, { from: 1, commands: sent })
  const before = canonicalJson(hall.db.log)
  const again = await pushTo(hall, tablet, { from: 1, commands: sent })
  expect(again).toEqual({ ...first, pos: null, done: [] })
  expect(canonicalJson(hall.db.log)).toBe(before)
})

test('[F6] a missing act before the batch stops it with the seq that is wanted, and nothing is written', async () => {
  const { hall, tablet, a } = world()
  act(tablet, a, receiving(tablet))
  const second = act(tablet, a, receiving(tablet))
  const { stop, results } = await pushTo(hall, tablet, { from: 2, commands: [second] })
  expect(stop).toEqual({ code: 'gap', seq: 1 })
  expect(results).toEqual([])
})

test('[P3][R6] another act at a known seq is a fork: reading stops and the log stays', async () => {
  const { hall, tablet, a } = world()
  const forked = forgeCommand(tablet, a, receiving(tablet))
  await pushTo(hall, tablet, { from: 1, commands: [act(tablet, a, receiving(tablet))] })
  const { stop, results } = await pushTo(hall, tablet, { from: 1, commands: [forked] })
  expect(stop).toEqual({ code: 'fork', seq: 1 })
  expect(results).toHaveLength(1)
})

test('[P3] a known cmdId at a new seq is held under an id of the server, and the stream goes on', async () => {
  const { hall, tablet, a } = world()
  const first = act(tablet, a, receiving(tablet))
  const { cmdId } = readEnv(first)
  const twin = act(tablet, a, receiving(tablet, { forge: { cmdId } }))
  const third = act(tablet, a, receiving(tablet))
  const { results } = await pushTo(hall, tablet, { from: 1, commands: [first, twin, third] })
  expect(words(results)).toEqual(['applied', 'held:quarantine:cmdId', 'applied'])
  expect(results[1]?.cmdId).not.toBe(cmdId)
  expect(hall.alarms).toEqual(['cmdId'])
})

const nested = (levels: number) => `"ticket":${'['.repeat(levels)}${']'.repeat(levels)}`

test.each([
  ['not JSON', (text: string) => text.slice(1), 'json'],
  ['white space', (text: string) => text.replace('{', '{ '), 'canonical'],
  ['the same key twice', (text: string) => text.replace('{', '{"app":"x",'), 'canonical'],
  ['a number past what is exact', (text: string) => text.replace('"mono":0', '"mono":1e400'), 'canonical'],
  ['minus zero', (text: string) => text.replace('"mono":0', '"mono":-0'), 'canonical'],
  ['32 000 levels', () => '['.repeat(32_000) + ']'.repeat(32_000), 'depth'],
  ['3 000 levels in an argument', (text: string) => text.replace('"ticket":null', nested(3000)), 'depth'],
  ['33 levels in an argument', (text: string) => text.replace('"ticket":null', nested(33)), 'depth'],
  ['an unknown field', (text: string) => text.replace(/"wall"/, '"vip":1,"wall"'), 'fields'],
  ['NUL in a value', (text: string) => text.replace('"app":"forge"', '"app":"for\\u0000ge"'), 'canonical'],
  ['more bytes than an envelope has', (text: string) => text.replace('"forge"', `"${'大'.repeat(30_000)}"`), 'size'],
])('[X3][X4] an envelope with %s is held as it came, and the next act is applied', async (_name, spoil, why) => {
  const { hall, tablet, a } = world()
  const good = forgeCommand(tablet, a, receiving(tablet))
  const bad = enqueue(tablet, { ...good, env: spoil(good.env) })
  const next = act(tablet, a, receiving(tablet))
  const { results } = await pushTo(hall, tablet, { from: 1, commands: [bad, next] })
  expect(words(results)).toEqual([`held:quarantine:${why}`, 'applied'])
  expect(hall.db.rowsOf(tablet.streamId)[0]).toMatchObject({ envelope: bad.env, actorId: null })
})

test('[I11] the log names the signer, whoever carries', async () => {
  const { hall, tablet, a } = world()
  const b = signerIn(hall, tablet, { id: 'b', role: 'roleB' })
  const sent = [act(tablet, a, receiving(tablet)), act(tablet, b, receiving(tablet)), act(tablet, a, receiving(tablet))]
  await pushTo(hall, tablet, { from: 1, commands: sent })
  const rows = hall.db.rowsOf(tablet.streamId)
  expect(rows.map((row) => [row.actorId, row.role, row.carrierId])).toEqual([
    ['a', 'roleA', tablet.deviceId],
    ['b', 'roleB', tablet.deviceId],
    ['a', 'roleA', tablet.deviceId],
  ])
})

test('[I12] what the signer had no right to is held (fact) or rejected (claim), never silent', async () => {
  const { hall, tablet, a } = world()
  const b = signerIn(hall, tablet, { id: 'b', role: 'roleB' })
  const received = act(tablet, a, receiving(tablet))
  const { aggId } = readEnv(received)
  const grounds = { groundId: 'x', ground: '示例', reason: '示例', stage: 'study' }
  const refusing = act(tablet, b, { ...noting(aggId), type: 'case.refuse', args: grounds })
  const posing = act(tablet, b, noting(aggId, '冒用', { forge: { role: 'roleA' } }))
  const taking = act(tablet, b, { ...noting(aggId), type: 'case.take', args: {}, forge: { role: 'approver' } })
  const { results } = await pushTo(hall, tablet, { from: 1, commands: [received, refusing, posing, taking] })
  expect(words(results)).toEqual(['applied', 'held:grant:roleB', 'held:grant:grant', 'rejected:right.missing:role'])
  expect(hall.db.images.get(`case:${aggId}`)?.ver).toBe(1)
})

test('[F47] a rule that throws parks its own act alone', async () => {
  const { hall, tablet, a } = world()
  const note = commands.get('case.note@1')
  if (!note) throw new Error('no note')
  const register = new Map(commands)
  register.set('case.note@1', {
    ...note,
    decide: (image, args, ctx) => {
      if ((args as { text: string }).text === '毒') throw new RangeError('poison')
      return note.decide(image, args, ctx)
    },
  })
  const received = act(tablet, a, receiving(tablet))
  const { aggId } = readEnv(received)
  const sent = [
    received,
    act(tablet, a, noting(aggId, '毒')),
    act(tablet, a, noting(aggId)),
    act(tablet, a, receiving(tablet)),
  ]
  const { results } = await pushTo({ ...hall, deps: { ...hall.deps, register } }, tablet, { from: 1, commands: sent })
  expect(words(results)).toEqual(['applied', 'held:crash:RangeError', 'applied', 'applied'])
  expect(results.map((one) => one.ver)).toEqual([1, 1, 2, 1])
  expect(hall.alarms).toEqual(['RangeError'])
})

test('[I17] a number is printed once, and only from the lane of its stream', async () => {
  const { hall, tablet, a } = world()
  const first = act(tablet, a, receiving(tablet))
  const number = String(readEnv(first).args.number)
  const sent = [
    first,
    act(tablet, a, receiving(tablet, { number })),
    act(tablet, a, receiving(tablet, { number: 'XS-261120-ZZ-1' })),
  ]
  const { results } = await pushTo(hall, tablet, { from: 1, commands: sent })
  expect(words(results)).toEqual(['applied', 'held:quarantine:number', 'held:quarantine:lane'])
  const later = await pushTo(hall, tablet, { from: 4, commands: [act(tablet, a, receiving(tablet, { number }))] })
  expect(words(later.results).at(-1)).toBe('held:quarantine:number')
})

test('[I12] versions the server does not hold are held, not guessed', async () => {
  const { hall, tablet, a } = world()
  const plan = receiving(tablet)
  const sent = [act(tablet, a, { ...plan, ctxv: { ...plan.ctxv, profile: 'nbu@99' } })]
  expect(words((await pushTo(hall, tablet, { from: 1, commands: sent })).results)).toEqual(['held:quarantine:ctxv'])
})

test('[OFF-6] a command newer than the server stops the stream there and nothing of it advances', async () => {
  const { hall, tablet, a } = world()
  const good = act(tablet, a, receiving(tablet))
  const newer = act(tablet, a, receiving(tablet, { forge: { schema: 99, novel: true } }))
  const { stop, results } = await pushTo(hall, tablet, { from: 1, commands: [good, newer] })
  expect(stop).toEqual({ code: 'server-too-old', seq: 2 })
  expect(words(results)).toEqual(['applied'])
})

test('[F18] append stood but its answer was lost: looked up, decided once', async () => {
  const { hall, tablet, a } = world()
  let isLost = false
  const append = async (batch: AppendBatch) => {
    const pos = await hall.deps.store.append(batch)
    if (isLost) return pos
    isLost = true
    throw new StoreUnavailable('the line was lost')
  }
  const deps = { ...hall.deps, store: { ...hall.deps.store, append } }
  const { results } = await pushTo({ ...hall, deps }, tablet, {
    from: 1,
    commands: [act(tablet, a, receiving(tablet))],
  })
  expect(words(results)).toEqual(['applied'])
  expect(hall.db.rowsOf(tablet.streamId)).toHaveLength(1)
})

test('[F19] who always comes second gives up as busy, and nothing has advanced', async () => {
  const { hall, tablet, a } = world()
  let count = 0
  const append = () => {
    count += 1
    return Promise.reject(new StoreConflict('somebody was first'))
  }
  const deps = { ...hall.deps, store: { ...hall.deps.store, append } }
  const pushing = pushTo({ ...hall, deps }, tablet, { from: 1, commands: [act(tablet, a, receiving(tablet))] })
  await expect(pushing).rejects.toMatchObject({ code: 'busy' })
  expect(count).toBe(6)
  expect(hall.db.rowsOf(tablet.streamId)).toEqual([])
})

test('[X13] the stream of another device is refused as a whole', async () => {
  const { hall, tablet, a } = world()
  const thief = { ...tablet, deviceId: randomUUID() }
  const pushing = pushTo(hall, thief, { from: 1, commands: [act(tablet, a, receiving(tablet))] })
  await expect(pushing).rejects.toMatchObject({ code: 'forbidden' })
})

test('[OFF-4] two tablets, one phone: the accepted value stands, the other is kept with both names', async () => {
  const { hall, tablet, a } = world()
  const second = tabletIn(hall, 'K8')
  const b = signerIn(hall, second, { id: 'b', role: 'roleB' })
  const received = act(tablet, a, receiving(tablet))
  const { aggId } = readEnv(received)
  await pushTo(hall, tablet, { from: 1, commands: [received] })
  const saw = hall.db.images.get(`case:${aggId}`)?.image
  await pushTo(hall, tablet, { from: 2, commands: [act(tablet, a, phoning(aggId, '13800000001', saw))] })
  const { results } = await pushTo(hall, second, {
    from: 1,
    commands: [act(second, b, phoning(aggId, '13800000002', saw))],
  })
  expect(words(results)).toEqual(['conflict'])
  const image = hall.db.images.get(`case:${aggId}`)?.image
  expect(image).toMatchObject({
    pii: { phone: '13800000001' },
    conflicts: [
      { field: 'pii.phone', kept: { actorId: 'a' }, other: { actorId: 'b' }, isPersonal: true, settled: null },
    ],
  })
  expect(JSON.stringify(image)).toContain('13800000002')
  expect(hall.db.scopes.get('supervisor', { kind: 'case', id: aggId })).toMatchObject({ op: 'set', ver: 3 })
})
