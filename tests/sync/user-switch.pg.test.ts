import { afterAll, beforeAll, expect, test } from 'vitest'
import { nbuItems } from '../../shared/profiles/items/nbu.ts'
import type { SignedCommand } from '../../shared/core/envelope.ts'
import { Frame } from '../../shared/wire/frame.ts'
import { appUnderTest, asDevice, origin, ours, type Under } from '../http/app-under-test.ts'
import { signerOf, tabletOf, type ServedTablet } from '../http/served-person.ts'
import { act, nextNumber, pushOf, type ForgedSigner } from '../support/forge.ts'

const item = nbuItems.find(({ id }) => id === 'nbu:XG-001@1')!
const day = 86_400_000
let under: Under
beforeAll(async () => {
  under = await appUnderTest(['nbu'])
})
afterAll(async () => {
  await under.stop()
})

const received = (tablet: ServedTablet, by: ForgedSigner, aggId: string) => {
  const student = { name: '示例·王同学', studentNo: '20240117', phone: '13800001234' }
  const materials = item.materials.map(({ id }) => ({ id, state: 'present' }))
  const args = { number: nextNumber(tablet).replace('XS', 'XG'), itemId: item.id, ticket: null, student, materials }
  const ctxv = { profile: 'nbu@1', item: item.id, calendars: ['nbu:2026@1'] }
  return act(tablet, by, { type: 'case.receive', aggId, args, at: under.deps.clock.now, ctxv })
}

interface Batch {
  from: number
  commands: SignedCommand[]
  cookie?: string
}

/** A push with whatever session the browser happens to hold; the outcomes of this batch. */
async function push(tablet: ServedTablet, { from, commands, cookie }: Batch): Promise<string[]> {
  const headers = { 'content-type': 'application/json', ...asDevice(tablet.token), ...(cookie ? { cookie } : {}) }
  const body = JSON.stringify(pushOf(tablet, from, commands))
  const answer = await under.app.request(`${origin}/sync/v1/push`, { method: 'POST', headers, body })
  expect(answer.status).toBe(200)
  return Frame.parse(await answer.json())
    .results.filter(({ seq }) => seq >= from)
    .map(({ outcome }) => outcome)
}

const logOf = ({ streamId }: ServedTablet) =>
  under.database.appSql<{ seq: number; actor: string; role: string }[]>`
    select seq, actor_id as actor, role from hall.command_log where stream_id = ${streamId} order by seq`

test('[R7] [P11] [P13] A’s queue half sent, A’s session over, B at the tablet: the rest goes out as A’s, by the device alone', async () => {
  const tablet = await tabletOf(under, 'nbu', 'student-affairs')
  const a = await signerOf(under, tablet, 'nbu-xg-a')
  const queue = [1, 2, 3, 4, 5, 6].map((n) => received(tablet, a, `switch-${String(n)}`))
  expect(await push(tablet, { from: 1, commands: queue.slice(0, 2), cookie: a.cookie })).toEqual(['applied', 'applied'])
  const b = await signerOf(under, tablet, 'nbu-xg-b')
  expect(await push(tablet, { from: 3, commands: queue.slice(2, 4), cookie: b.cookie })).toEqual(['applied', 'applied'])
  await under.database.appSql`delete from hall.session where device_id = ${tablet.deviceId}`
  const dead = await under.app.request(`${origin}/api/v1/session`, {
    ...ours(),
    method: 'GET',
    headers: { cookie: a.cookie },
  })
  expect(dead.status).toBe(401)
  expect(await push(tablet, { from: 5, commands: queue.slice(4, 5), cookie: a.cookie })).toEqual(['applied'])
  expect(await push(tablet, { from: 6, commands: queue.slice(5) })).toEqual(['applied'])
  const log = await logOf(tablet)
  expect(log.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6])
  expect(new Set(log.map(({ actor, role }) => `${actor} ${role}`))).toEqual(new Set([`${a.grant.actorId} roleA`]))
})

test('[F41] [P13] every session lapsed days ago: acts signed while their grant stood still go out, in their actor’s name', async () => {
  const tablet = await tabletOf(under, 'nbu', 'student-affairs')
  const a = await signerOf(under, tablet, 'nbu-xg-a')
  const commands = [1, 2].map((n) => received(tablet, a, `lapsed-${String(n)}`))
  under.deps.clock.now += 3 * day
  try {
    const stale = await under.app.request(`${origin}/api/v1/session`, {
      ...ours(),
      method: 'GET',
      headers: { cookie: a.cookie },
    })
    expect(stale.status).toBe(401)
    expect(await push(tablet, { from: 1, commands: commands.slice(0, 1), cookie: a.cookie })).toEqual(['applied'])
    expect(await push(tablet, { from: 2, commands: commands.slice(1), cookie: '__Host-changkai=nobody' })).toEqual([
      'applied',
    ])
  } finally {
    under.deps.clock.now -= 3 * day
  }
  expect((await logOf(tablet)).map(({ actor }) => actor)).toEqual([a.grant.actorId, a.grant.actorId])
})
