import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rescueText, sealRescue } from '../../client/local/seal-rescue.ts'
import { sha256Hex } from '../../server/sync/crypto.ts'
import type { SignedCommand } from '../../shared/core/envelope.ts'
import { nbuItems } from '../../shared/profiles/items/nbu.ts'
import { RescueAnswer, RescueKey, type RescueFile, type RescueLine } from '../../shared/wire/rescue.ts'
import { appUnderTest, asDevice, origin, ours, signIn, type Under } from '../http/app-under-test.ts'
import { ask, problemOf } from '../http/asked.ts'
import { pushed, signerOf, tabletOf, type ServedTablet } from '../http/served-person.ts'
import { act, nextNumber, pushOf, readEnv, type ForgedSigner } from '../support/forge.ts'

const item = nbuItems.find(({ id }) => id === 'nbu:XG-001@1')!
const ctxv = { profile: 'nbu@1', item: item.id, calendars: ['nbu:2026@1'] }
const dayMs = 86_400_000
let under: Under
let cookie = ''

beforeAll(async () => {
  under = await appUnderTest(['nbu', 'szit'])
  cookie = (await signIn(under.app, 'nbu-ducha')).cookie
})
afterAll(async () => {
  await under.stop()
})

interface Desk {
  tablet: ServedTablet
  by: ForgedSigner & { cookie: string }
}

const desk = async (): Promise<Desk> => {
  const tablet = await tabletOf(under, 'nbu', 'student-affairs')
  return { tablet, by: await signerOf(under, tablet, 'nbu-xg-a') }
}

let ids = 0
const received = ({ tablet, by }: Desk, count: number): SignedCommand[] =>
  Array.from({ length: count }, () => {
    ids += 1
    const student = { name: '示例·王同学', studentNo: '20240117', phone: '13800001234' }
    const materials = item.materials.map(({ id }) => ({ id, state: 'present' }))
    const args = { number: nextNumber(tablet).replace('XS', 'XG'), itemId: item.id, ticket: null, student, materials }
    return act(tablet, by, { type: 'case.receive', aggId: `case-${String(ids)}`, args, at: under.deps.clock.now, ctxv })
  })

const linesOf = ({ tablet }: Desk, commands: readonly SignedCommand[]): RescueLine[] =>
  commands.map((command) => ({
    streamId: tablet.streamId,
    branch: 0,
    lane: tablet.lane,
    seq: readEnv(command).seq,
    ...command,
  }))

const keyFor = async ({ tablet }: Desk): Promise<RescueKey> =>
  RescueKey.parse((await ask(under, '/api/v1/rescue-key', { headers: asDevice(tablet.token) })).body)

/** What the tablet saves while it has no network. */
const saved = async (at: Desk, lines: readonly RescueLine[], key?: RescueKey): Promise<RescueFile> => {
  const { text, acts } = rescueText(lines)
  const outside = { hallId: 'nbu', deviceId: at.tablet.deviceId, madeAt: under.deps.clock.now, acts }
  return sealRescue(key ?? (await keyFor(at)), outside, text)
}

const load = (file: unknown, as = cookie) => ask(under, '/api/v1/rescue', ours(file, { cookie: as }))
const loaded = async (file: unknown): Promise<RescueAnswer> => {
  const { status, body } = await load(file)
  expect(status).toBe(200)
  return RescueAnswer.parse(body)
}
const logged = (streamId: string) =>
  under.database.ownerSql`select seq, envelope, outcome, actor_id, carrier_id from hall.command_log
    where stream_id = ${streamId} order by seq`

test('[P22] [I2] [I11] a file’s acts are decided under their own stream and author; loaded again, or sent by the tablet, nothing comes twice', async () => {
  const at = await desk()
  const commands = received(at, 25)
  const file = await saved(at, linesOf(at, commands))
  expect(JSON.stringify(file)).not.toContain('王同学')
  const first = await loaded(file)
  expect(first.results.map(({ seq, state, outcome }) => [seq, state, outcome])).toEqual(
    commands.map((_, i) => [i + 1, 'new', 'applied']),
  )
  expect(first.results[0]!.number).toMatch(/^XG-261120-/)
  const rows = await logged(at.tablet.streamId)
  expect(rows.map(({ envelope }) => envelope as string)).toEqual(commands.map(({ env }) => env))
  expect(new Set(rows.map((row) => row.actor_id as string))).toEqual(new Set([at.by.grant.actorId]))
  expect(rows.every((row) => row.carrier_id !== at.tablet.deviceId)).toBe(true)
  const again = await loaded(file)
  expect(again.results.map(({ state, outcome }) => `${state} ${String(outcome)}`)).toEqual(
    commands.map(() => 'known applied'),
  )
  expect(await pushed(under, at.tablet, { from: 1, commands })).toEqual(commands.map(() => 'applied'))
  expect(await logged(at.tablet.streamId)).toHaveLength(25)
})

test('[P22] [I3] what the tablet had sent already stays; what the server misses before the file is told, and nothing jumps the queue', async () => {
  const at = await desk()
  const commands = received(at, 12)
  await pushed(under, at.tablet, { from: 1, commands: commands.slice(0, 5) })
  const late = await loaded(await saved(at, linesOf(at, commands.slice(7))))
  expect(late.results.map(({ state, code }) => `${state} ${String(code)}`)).toEqual(Array(5).fill('left rescue.gap'))
  const whole = await loaded(await saved(at, linesOf(at, commands)))
  expect(whole.results.map(({ state }) => state)).toEqual([...Array(5).fill('known'), ...Array(7).fill('new')])
})

test('[P22] an act that stands elsewhere in the queue, or in a queue nobody knows, is told and not taken', async () => {
  const at = await desk()
  const twin: Desk = { by: at.by, tablet: { ...at.tablet } }
  await pushed(under, at.tablet, { from: 1, commands: received(at, 2) })
  const forked = await loaded(await saved(at, linesOf(at, received(twin, 2))))
  expect(forked.results.map(({ state, code }) => `${state} ${String(code)}`)).toEqual(Array(2).fill('left rescue.fork'))
  const other = { ...at, tablet: { ...at.tablet, streamId: '00000000-0000-4000-8000-000000000001' } }
  const strange = await loaded(await saved(at, linesOf(other, received(at, 1))))
  expect(strange.results.map(({ code }) => code)).toEqual(['rescue.proof'])
  expect(await logged(at.tablet.streamId)).toHaveLength(2)
})

test('[P12] [P22] acts of a tablet that was put out of use are held by its own standing, not by the carrier’s', async () => {
  const at = await desk()
  const commands = received(at, 2)
  const file = await saved(at, linesOf(at, commands))
  await ask(under, '/api/v1/devices/revoke', ours({ deviceId: at.tablet.deviceId }, { cookie }))
  const { results } = await loaded(file)
  expect(results.map(({ outcome, code }) => `${String(outcome)} ${String(code)}`)).toEqual(['held grant', 'held grant'])
})

test('[P22] a file of another hall, cut short, altered or for another key is refused in a plain sentence, with nothing done', async () => {
  const at = await desk()
  const commands = received(at, 2)
  const file = await saved(at, linesOf(at, commands))
  const sentence = async (changed: unknown) => {
    const answer = await load(changed)
    expect(problemOf(answer)).toBe('422 invalid')
    return answer.body.detail as string
  }
  expect(await sentence({ ...file, hallId: 'szit' })).toContain('别的大厅')
  expect(await sentence({ ...file, keyId: 'rescue-0' })).toContain('没有能打开它的密钥')
  expect(await sentence({ ...file, data: [file.data[0]!.slice(0, -8)] })).toContain('不完整')
  expect(await sentence({ ...file, madeAt: file.madeAt + 1 })).toContain('不完整')
  expect(await sentence({ ...file, acts: 3 })).toContain('不完整')
  expect(await sentence({ ...file, key: file.key.slice(4) })).toContain('不完整')
  const junk = linesOf(at, commands).map((line) => ({ ...line, admin: true }))
  expect(await sentence(await saved(at, junk))).toContain('不完整')
  const cut = JSON.stringify(file).slice(0, -20)
  expect((await load(cut)).status).toBe(400)
  expect(await logged(at.tablet.streamId)).toHaveLength(0)
  expect((await loaded(file)).results).toHaveLength(2)
})

test('[P22] only a supervisor loads a file, of bounded size; only an enrolled tablet in use is given the key', async () => {
  const at = await desk()
  const file = await saved(at, linesOf(at, received(at, 1)))
  expect((await load(file, at.by.cookie)).status).toBe(403)
  expect((await load(file, '')).status).toBe(401)
  expect((await load({ ...file, data: Array(400).fill('A'.repeat(64_000)) })).status).toBe(413)
  expect((await ask(under, '/api/v1/rescue-key')).status).toBe(401)
  await ask(under, '/api/v1/devices/revoke', ours({ deviceId: at.tablet.deviceId }, { cookie }))
  expect((await ask(under, '/api/v1/rescue-key', { headers: asDevice(at.tablet.token) })).status).toBe(403)
})

test('[P22] a key is given out for half a year and opens files for as long again', async () => {
  const at = await desk()
  const began = under.deps.clock.now
  const key = await keyFor(at)
  const lines = linesOf(at, received(at, 1))
  expect(await keyFor(at)).toEqual(key)
  under.deps.clock.now = began + 181 * dayMs
  const next = await keyFor(at)
  expect(next.id).not.toBe(key.id)
  cookie = (await signIn(under.app, 'nbu-ducha')).cookie
  const file = await saved(at, lines, key)
  expect((await loaded(file)).results.map(({ state }) => state)).toEqual(['new'])
  under.deps.clock.now = began + 361 * dayMs
  cookie = (await signIn(under.app, 'nbu-ducha')).cookie
  expect((await load(file)).body.detail).toContain('文件太旧')
})

/** The tablet as its store stands again without the acts after `seq`. */
const cutBack = ({ tablet, by }: Desk, sent: readonly SignedCommand[], seq: number): Desk => ({
  by,
  tablet: { ...tablet, seq, prev: sha256Hex(sent[seq - 1]!.env) },
})

test('[P22] [R6] [I2] a forked tail in the file becomes the branch it is, once, and the tablet’s own push of it changes nothing', async () => {
  const at = await desk()
  const first = received(at, 3)
  await pushed(under, at.tablet, { from: 1, commands: first })
  const after = cutBack(at, first, 1)
  const tail = received(after, 2)
  const lines = linesOf(after, tail).map((line) => ({ ...line, branch: 1 }))
  const file = await saved(at, lines)
  expect((await loaded(file)).results.map(({ seq, state, outcome }) => [seq, state, outcome])).toEqual([
    [2, 'new', 'applied'],
    [3, 'new', 'applied'],
  ])
  expect((await loaded(file)).results.map(({ state }) => state)).toEqual(['known', 'known'])
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...asDevice(at.tablet.token) } }
  const body = JSON.stringify({ ...pushOf(at.tablet, 2, tail), branch: 1 })
  expect((await under.app.request(`${origin}/sync/v1/push`, { ...init, body })).status).toBe(200)
  const rows = await under.database.ownerSql`select branch, seq from hall.command_log
    where stream_id = ${at.tablet.streamId} order by branch, seq`
  expect(rows.map(({ branch, seq }) => `${String(branch)}/${String(seq)}`)).toEqual(['0/1', '0/2', '0/3', '1/2', '1/3'])
})

test('[P22] [I17] a stream begun after a loss, which the server has not met, is opened by the spare lane of the file’s tablet alone', async () => {
  const [at, other] = [await desk(), await desk()]
  const spareOf = async ({ tablet }: Desk) => {
    const [row] = await under.database.ownerSql`select code from hall.lane
      where device_id = ${tablet.deviceId} and stream_id is null`
    return row!['code'] as string
  }
  const streamId = randomUUID()
  const lives = (lane: string): Desk => ({
    by: at.by,
    tablet: { ...at.tablet, streamId, lane, seq: 0, prev: sha256Hex(streamId), n: 0 },
  })
  const stolen = lives(await spareOf(other))
  const refused = await loaded(await saved(at, linesOf(stolen, received(stolen, 1))))
  expect(refused.results.map(({ code }) => code)).toEqual(['rescue.stream'])
  const spare = await spareOf(at)
  const next = lives(spare)
  const taken = await loaded(await saved(at, linesOf(next, received(next, 2))))
  expect(taken.results.map(({ state, outcome }) => `${state} ${String(outcome)}`)).toEqual([
    'new applied',
    'new applied',
  ])
  const [stream] = await under.database.ownerSql`select device_id, lane from hall.sync_stream
    where stream_id = ${streamId}`
  expect(stream).toMatchObject({ device_id: at.tablet.deviceId, lane: spare })
  expect(await spareOf(at)).not.toBe(spare)
})
