import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyP256 } from '../../server/sync/crypto.ts'
import {
  appUnderTest,
  asDevice,
  cookieOf,
  enrolTablet,
  origin,
  ours,
  password,
  publicKey,
  signIn,
  type Under,
} from '../http/app-under-test.ts'

let under: Under
beforeAll(async () => {
  under = await appUnderTest(['nbu', 'szit'])
})
afterAll(async () => {
  await under.stop()
})
const get = (path: string, cookie: string) => under.app.request(`${origin}${path}`, { headers: { cookie } })
const minutes = (n: number): void => {
  under.deps.clock.now += n * 60_000
}

describe('password', () => {
  test('[T7] a supervisor in a browser gets a session, a strict cookie and a browser device without a lane', async () => {
    const { status, body, cookie, response } = await signIn(under.app, 'nbu-ducha')
    expect(status).toBe(201)
    expect(body).toMatchObject({ hallId: 'nbu', kind: 'supervisor', roles: [{ role: 'supervisor', windowId: null }] })
    expect(body.device).toMatchObject({ hallId: 'nbu', lanes: [], windowIds: [] })
    expect(response.headers.get('set-cookie')).toMatch(
      /^__Host-changkai=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
    const now = await get('/api/v1/session', cookie)
    expect(await now.json()).toEqual({
      actorId: 'nbu-ducha',
      name: body.name,
      kind: 'supervisor',
      hallId: 'nbu',
      roles: body.roles,
    })
  })

  test('[T7] neither password nor token stands in the database', async () => {
    const { cookie, body } = await signIn(under.app, 'nbu-ducha')
    const dump = JSON.stringify(
      await under.database.ownerSql`
      select (select json_agg(s) from hall.session s) as s, (select json_agg(a) from hall.account a) as a,
        (select json_agg(d) from hall.device d) as d`,
    )
    for (const secret of [password, cookie.split('=')[1]!, body.device!.deviceToken]) expect(dump).not.toContain(secret)
    expect(dump).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
  })

  test('[X10] a wrong password and an unknown account answer the same', async () => {
    const wrong = await signIn(under.app, 'nbu-xg-a', { password: 'no' })
    const unknown = await signIn(under.app, 'nobody-at-all', { password: 'no' })
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect({ ...wrong.body, instance: '' }).toEqual({ ...unknown.body, instance: '' })
    expect(wrong.cookie).toBe('')
  })

  test('[X21] tries beyond five wait, ever longer; the tablet of the same account is not kept out; a pause forgets', async () => {
    const tablet = await enrolTablet(under, 'nbu', 'teaching')
    const tries = await Promise.all(Array.from({ length: 9 }, () => signIn(under.app, 'nbu-jx-a', { password: 'no' })))
    expect(tries.filter(({ status }) => status === 401)).toHaveLength(5)
    const refused = tries.find(({ status }) => status === 429)!
    expect(refused.body.type).toBe('/problems/too-many')
    expect(Number(refused.response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect((await signIn(under.app, 'nbu-jx-a')).status).toBe(429)
    expect((await signIn(under.app, 'nbu-jx-a', { headers: asDevice(tablet.deviceToken) })).status).toBe(201)
    const waits: number[] = []
    for (let n = 0; n < 9; n += 1) {
      under.deps.clock.now += (waits.at(-1) ?? 1) * 1000
      await signIn(under.app, 'nbu-jx-a', { password: 'no' })
      waits.push(Number((await signIn(under.app, 'nbu-jx-a')).response.headers.get('retry-after')))
    }
    expect(waits.slice(0, 8)).toEqual([2, 4, 8, 16, 32, 60, 60, 60])
    minutes(11)
    expect((await signIn(under.app, 'nbu-jx-a')).status).toBe(201)
  })

  test('[X21] browser devices, which anyone with an account gets at will, bring no fresh tries at another account', async () => {
    const minted = await Promise.all([1, 2, 3].map(() => signIn(under.app, 'nbu-xg-b')))
    const guesses: number[] = []
    for (const { body } of minted) {
      const headers = asDevice(body.device?.deviceToken ?? '')
      for (let n = 0; n < 5; n += 1) {
        guesses.push((await signIn(under.app, 'nbu-xg-a', { password: 'no', headers })).status)
      }
    }
    expect(guesses.filter((status) => status === 401)).toHaveLength(5)
  })

  test('[X21] a right password forgets the wrong ones', async () => {
    for (let n = 0; n < 4; n += 1) await signIn(under.app, 'nbu-cy-a', { password: 'no' })
    expect((await signIn(under.app, 'nbu-cy-a')).status).toBe(201)
    for (let n = 0; n < 4; n += 1) expect((await signIn(under.app, 'nbu-cy-a', { password: 'no' })).status).toBe(401)
  })

  test('[T2] an account without a printed password, or disabled, cannot sign in', async () => {
    await under.database.ownerSql`update hall.account set password_hash = '!' where id = 'nbu-wh-a'`
    await under.database.ownerSql`update hall.account set disabled_at = now() where id = 'nbu-wh-b'`
    for (const login of ['nbu-wh-a', 'nbu-wh-b']) {
      for (const given of ['!', password])
        expect((await signIn(under.app, login, { password: given })).status).toBe(401)
    }
  })
})

describe('session', () => {
  test('[T7] ends after 30 idle minutes, after 12 hours of use, and at sign-out', async () => {
    const idle = await signIn(under.app, 'nbu-ducha')
    minutes(29)
    expect((await get('/api/v1/session', idle.cookie)).status).toBe(200)
    minutes(29)
    expect((await get('/api/v1/session', idle.cookie)).status).toBe(200)
    minutes(31)
    expect((await get('/api/v1/session', idle.cookie)).status).toBe(401)
    const long = await signIn(under.app, 'nbu-ducha')
    let last = 200
    for (let used = 0; used < 12 * 60; used += 20) {
      last = (await get('/api/v1/session', long.cookie)).status
      minutes(20)
    }
    expect(last).toBe(200)
    expect((await get('/api/v1/session', long.cookie)).status).toBe(401)
    const out = await signIn(under.app, 'nbu-ducha')
    const gone = await under.app.request(`${origin}/api/v1/session`, {
      ...ours(undefined, { cookie: out.cookie }),
      method: 'DELETE',
    })
    expect([gone.status, await gone.text()]).toEqual([204, ''])
    expect((await get('/api/v1/session', out.cookie)).status).toBe(401)
  })

  test('[T7] a new sign-in ends the one before it in the same browser', async () => {
    const first = await signIn(under.app, 'nbu-ducha')
    await signIn(under.app, 'nbu-ducha', { headers: { cookie: first.cookie } })
    expect((await get('/api/v1/session', first.cookie)).status).toBe(401)
  })

  test('[T7] a browser keeps its device from one person to the next, and gets another in another hall', async () => {
    const first = await signIn(under.app, 'nbu-ducha')
    const known = asDevice(first.body.device!.deviceToken)
    const next = await signIn(under.app, 'nbu-ducha', { headers: known })
    expect([next.status, next.body.device]).toEqual([201, undefined])
    const other = await signIn(under.app, 'szit-ducha', { headers: known })
    expect(other.body.device).toMatchObject({ hallId: 'szit' })
  })

  test('[T7] a made-up, overlong or empty token is nobody', async () => {
    for (const cookie of [
      '__Host-changkai=x',
      `__Host-changkai=${'a'.repeat(5000)}`,
      '__Host-changkai=',
      'changkai=1',
    ]) {
      expect((await get('/api/v1/session', cookie)).status).toBe(401)
    }
  })
})

describe('roles and grants', () => {
  test("[OFF-5] on a tablet A has the A-role of its window alone, and the grant says so under the hall's signature", async () => {
    const tablet = await enrolTablet(under, 'nbu', 'student-affairs')
    const a = await signIn(under.app, 'nbu-xg-a', { headers: asDevice(tablet.deviceToken) })
    expect(a.body.roles).toEqual([{ role: 'roleA', windowId: 'student-affairs' }])
    expect(a.body.device).toBeUndefined()
    const key = publicKey()
    const answer = await under.app.request(
      `${origin}/api/v1/session/pin`,
      ours({ publicKey: key }, { cookie: a.cookie }),
    )
    const { text, sig } = (await answer.json()) as { text: string; sig: string }
    const grant = JSON.parse(text)
    expect(grant).toMatchObject({ actorId: 'nbu-xg-a', deviceId: tablet.deviceId, roles: a.body.roles, publicKey: key })
    expect(grant.to - under.deps.clock.now).toBeLessThanOrEqual(7 * 86_400_000)
    expect(grant.to - grant.from).toBe(7 * 86_400_000)
    const [stored] = await under.database.ownerSql`select public_jwk from hall.server_key where hall_id = 'nbu'`
    expect(verifyP256(stored!.public_jwk, text, sig)).toBe(true)
    expect(verifyP256(stored!.public_jwk, text.replace('roleA', 'roleB'), sig)).toBe(false)
    expect((await get('/api/v1/session', a.cookie)).status).toBe(401)
    expect((await get('/api/v1/session', cookieOf(answer))).status).toBe(200)
  })

  test('[T2] a supervisor has no rights on a shared tablet, and A of another window none on this one', async () => {
    const tablet = await enrolTablet(under, 'nbu', 'student-affairs')
    for (const login of ['nbu-ducha', 'nbu-yj-a']) {
      const { body, cookie } = await signIn(under.app, login, { headers: asDevice(tablet.deviceToken) })
      expect(body.roles).toEqual([])
      const pin = await under.app.request(`${origin}/api/v1/session/pin`, ours({ publicKey: publicKey() }, { cookie }))
      expect(pin.status).toBe(403)
      expect((await get('/api/v1/log', cookie)).status).toBe(403)
    }
    expect(
      await under.database.ownerSql`select from hall.offline_grant where actor_id in ('nbu-ducha', 'nbu-yj-a')`,
    ).toHaveLength(0)
  })

  test('[X11] a forged role, hall or end in the request is refused as a field that does not exist', async () => {
    const tablet = await enrolTablet(under, 'nbu', 'student-affairs')
    const { cookie } = await signIn(under.app, 'nbu-xg-b', { headers: asDevice(tablet.deviceToken) })
    const forged = { publicKey: publicKey(), roles: [{ role: 'supervisor', windowId: null }], to: 9_999_999_999_999 }
    const answer = await under.app.request(`${origin}/api/v1/session/pin`, ours(forged, { cookie }))
    expect([answer.status, (await answer.json()).errors]).toEqual([422, [{ pointer: '', detail: '有不认识的字段' }]])
    expect(await under.database.ownerSql`select from hall.offline_grant where actor_id = 'nbu-xg-b'`).toHaveLength(0)
  })

  test('[X10] an account of another hall cannot sign in on this tablet; a revoked tablet and a made-up token cannot at all', async () => {
    const tablet = await enrolTablet(under, 'nbu', 'student-affairs')
    expect((await signIn(under.app, 'szit-xs-a', { headers: asDevice(tablet.deviceToken) })).status).toBe(403)
    expect((await signIn(under.app, 'nbu-xg-a', { headers: asDevice('x'.repeat(43)) })).status).toBe(401)
    await under.database.ownerSql`update hall.device set revoked_at = now() where id = ${tablet.deviceId}`
    expect((await signIn(under.app, 'nbu-xg-a', { headers: asDevice(tablet.deviceToken) })).status).toBe(403)
  })

  test('[F42] a post that has ended gives no role; a grant never outlasts its post', async () => {
    const tablet = await enrolTablet(under, 'nbu', 'library-information')
    const sql = under.database.ownerSql
    const last = new Date(under.deps.clock.now + 8 * 3_600_000 + 86_400_000).toISOString().slice(0, 10)
    await sql`update hall.posts set image = jsonb_set(image, '{to}', to_jsonb(${last}::text)) where person_id = 'nbu-ts-a'`
    await sql`update hall.posts set image = jsonb_set(image, '{to}', '"2026-01-02"') where person_id = 'nbu-ts-b'`
    const ended = await signIn(under.app, 'nbu-ts-b', { headers: asDevice(tablet.deviceToken) })
    expect(ended.body.roles).toEqual([])
    const { cookie } = await signIn(under.app, 'nbu-ts-a', { headers: asDevice(tablet.deviceToken) })
    const answer = await under.app.request(`${origin}/api/v1/session/pin`, ours({ publicKey: publicKey() }, { cookie }))
    const { to } = JSON.parse(((await answer.json()) as { text: string }).text) as { to: number }
    expect(new Date(to + 8 * 3_600_000).toISOString()).toBe(`${addDay(last)}T00:00:00.000Z`)
  })
})

const addDay = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
