import { afterAll, beforeAll, expect, test } from 'vitest'
import { nbuItems } from '../../shared/profiles/items/nbu.ts'
import { DevicesAnswer, RevokeAnswer } from '../../shared/wire/log.ts'
import { appUnderTest, asDevice, ours, signIn, type Under } from '../http/app-under-test.ts'
import { ask, problemOf } from '../http/asked.ts'
import { pushed, signerOf, tabletOf, type ServedTablet } from '../http/served-person.ts'
import { act, nextNumber, type ForgedSigner } from '../support/forge.ts'

const item = nbuItems.find(({ id }) => id === 'nbu:XG-001@1')!
const ctxv = { profile: 'nbu@1', item: item.id, calendars: ['nbu:2026@1'] }
let under: Under
let cookie = ''
beforeAll(async () => {
  under = await appUnderTest(['nbu', 'szit'])
  cookie = (await signIn(under.app, 'nbu-ducha')).cookie
})
afterAll(async () => {
  await under.stop()
})

const revoke = (deviceId: string, as = cookie) =>
  ask(under, '/api/v1/devices/revoke', ours({ deviceId }, as === '' ? {} : { cookie: as }))

const pull = (tablet: ServedTablet) => {
  const query = { scopes: 'hall', since: '0', limit: '500', schema: '1', stream: tablet.streamId, t0: '0' }
  const asked = new URLSearchParams({ ...query, firstUnsettled: '1' }).toString()
  return ask(under, `/sync/v1/pull?${asked}`, { headers: asDevice(tablet.token) })
}

const received = (tablet: ServedTablet, by: ForgedSigner, aggId: string) => {
  const student = { name: '示例·王同学', studentNo: '20240117', phone: '13800001234' }
  const materials = item.materials.map(({ id }) => ({ id, state: 'present' }))
  const args = { number: nextNumber(tablet).replace('XS', 'XG'), itemId: item.id, ticket: null, student, materials }
  return act(tablet, by, { type: 'case.receive', aggId, args, at: under.deps.clock.now, ctxv })
}

test('[P12][F42] from the revocation on a tablet pulls nothing, and what it pushes is held, act by act', async () => {
  const tablet = await tabletOf(under, 'nbu', 'student-affairs')
  const a = await signerOf(under, tablet, 'nbu-xg-a')
  expect((await pull(tablet)).status).toBe(200)
  expect(await pushed(under, tablet, { from: 1, commands: [received(tablet, a, 'before')] })).toEqual(['applied'])
  const done = await revoke(tablet.deviceId)
  expect([done.status, RevokeAnswer.parse(done.body).revokedAt]).toEqual([200, under.deps.clock.now])
  const refused = await pull(tablet)
  expect(problemOf(refused)).toBe('403 forbidden')
  expect(refused.body.detail).toContain('这台平板已被停用')
  const commands = [received(tablet, a, 'after-1'), received(tablet, a, 'after-2')]
  const outcomes = await pushed(under, tablet, { from: 2, commands })
  expect(outcomes.slice(-2).map((outcome) => outcome.split(':')[0])).toEqual(['held', 'held'])
  expect(await under.database.ownerSql`select from hall.cases where id in ('after-1', 'after-2')`).toHaveLength(0)
  expect((await ask(under, '/sync/v1/live', { headers: asDevice(tablet.token) })).status).toBe(403)
  expect((await signIn(under.app, 'nbu-xg-a', { headers: asDevice(tablet.token) })).status).toBe(403)
})

test('[P12] grants and sessions end with the device, those of others stand; asked again nothing changes', async () => {
  const [lost, kept] = [
    await tabletOf(under, 'nbu', 'student-affairs'),
    await tabletOf(under, 'nbu', 'student-affairs'),
  ]
  const onLost = await signerOf(under, lost, 'nbu-xg-a')
  const onKept = await signerOf(under, kept, 'nbu-xg-a')
  const first = await revoke(lost.deviceId)
  under.deps.clock.now += 60_000
  const again = await revoke(lost.deviceId)
  expect([again.status, again.body]).toEqual([200, first.body])
  const grants = await under.database.ownerSql`select device_id as id, revoked_at is not null as ended
    from hall.offline_grant where device_id in (${lost.deviceId}, ${kept.deviceId})`
  expect(new Map(grants.map(({ id, ended }) => [id, ended]))).toEqual(
    new Map([
      [lost.deviceId, true],
      [kept.deviceId, false],
    ]),
  )
  const sessionOf = (as: string) => ask(under, '/api/v1/session', { headers: { cookie: as } })
  expect([(await sessionOf(onLost.cookie)).status, (await sessionOf(onKept.cookie)).status]).toEqual([401, 200])
  const { rows } = DevicesAnswer.parse((await ask(under, '/api/v1/devices', { headers: { cookie } })).body)
  expect(rows.find(({ id }) => id === lost.deviceId)?.revokedAt).toBe(first.body.revokedAt)
  expect(rows.find(({ id }) => id === kept.deviceId)?.revokedAt).toBeNull()
})

test('[P12][X10] another hall’s supervisor finds no such device, B may not, a stranger must sign in, the server’s own stays', async () => {
  const tablet = await tabletOf(under, 'nbu', 'student-affairs')
  const other = await signIn(under.app, 'szit-ducha')
  expect(problemOf(await revoke(tablet.deviceId, other.cookie))).toBe('404 not-found')
  const b = await signerOf(under, tablet, 'nbu-xg-b')
  expect(problemOf(await revoke(tablet.deviceId, b.cookie))).toBe('403 forbidden')
  expect(problemOf(await revoke(tablet.deviceId, ''))).toBe('401 unauthenticated')
  expect(problemOf(await revoke('no-such-device'))).toBe('404 not-found')
  const [system] = await under.database
    .ownerSql`select id from hall.device where hall_id = 'nbu' and kind = 'system' limit 1`
  expect(problemOf(await revoke(system!.id as string))).toBe('404 not-found')
  const foreign = await ask(under, '/api/v1/devices/revoke', {
    ...ours({ deviceId: tablet.deviceId }, { cookie, origin: 'https://elsewhere.test' }),
  })
  expect(problemOf(foreign)).toBe('403 cross-site')
  expect((await pull(tablet)).status).toBe(200)
})
