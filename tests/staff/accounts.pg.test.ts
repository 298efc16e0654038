import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueAsSystem } from '../../server/sync/index.ts'
import { AccountsAnswer, OnceAnswer } from '../../shared/wire/accounts.ts'
import { appUnderTest, asDevice, ours, signIn, type Under } from '../http/app-under-test.ts'
import { ask, problemOf } from '../http/asked.ts'
import { pushed, signerOf, tabletOf } from '../http/served-person.ts'
import { nbuItems } from '../../shared/profiles/items/nbu.ts'
import { act, nextNumber } from '../support/forge.ts'
import { officerOf, type Officer } from './officer.ts'

let under: Under
let officer: Officer
beforeAll(async () => {
  under = await appUnderTest(['nbu', 'szit'])
  officer = await officerOf(under, 'nbu-ducha')
})
afterAll(async () => {
  await under.stop()
})

const post = (path: string, body: object, cookie = officer.cookie) =>
  ask(under, `/api/v1/accounts${path}`, ours(body, cookie === '' ? {} : { cookie }))

const fields = (name: string) => ({
  ...{ name, personKind: 'staff', unitId: 'student-development', college: '', rank: 'none', conditions: [] },
  ...{ conditionNote: '', badgeNo: '0012' },
})
const trained = { windowId: null, unitId: null, on: '2026-10-20', what: '上岗培训' }

/** Somebody on record with an account that works. */
async function hired(personId: string, login: string): Promise<string> {
  const made = await officer.do('person.record', personId, {
    fields: fields(`示例·${personId}`),
    trainings: [trained],
    busy: [],
  })
  expect(made).toBe('applied')
  const answer = await post('', { personId, login })
  expect(answer.status).toBe(201)
  return OnceAnswer.parse(answer.body).password
}

type Line = Record<'level' | 'by' | 'about' | 'msg', string>

const enter = (login: string, password: string, newPassword?: string) =>
  ask(under, '/api/v1/session', ours({ login, password, ...(newPassword === undefined ? {} : { newPassword }) }))

test('[REF-PRIV] the one-time password opens nothing until one of one’s own is set, then only that one does', async () => {
  const once = await hired('person-1', 'nbu.wang')
  const first = await enter('nbu.wang', once)
  expect([problemOf(first), first.body.errors]).toEqual([
    '403 forbidden',
    [{ pointer: '/newPassword', detail: '要一个新的密码' }],
  ])
  expect(problemOf(await enter('nbu.wang', once, once))).toBe('403 forbidden')
  expect(problemOf(await enter('nbu.wang', once, 'short'))).toBe('422 invalid')
  expect(problemOf(await enter('nbu.wang', 'not-the-password', 'a-password-of-mine'))).toBe('401 unauthenticated')
  expect((await enter('nbu.wang', once, 'a-password-of-mine')).status).toBe(201)
  expect(problemOf(await enter('nbu.wang', once, 'another-of-mine'))).toBe('401 unauthenticated')
  const { status, body } = await enter('nbu.wang', 'a-password-of-mine')
  expect([status, body.actorId, body.name, body.kind, body.roles]).toEqual([
    201,
    'person-1',
    '示例·person-1',
    'staff',
    [],
  ])
})

test('[REF-PRIV] neither window staff nor another hall nor a stranger makes, resets or stops an account', async () => {
  await hired('person-2', 'nbu.li')
  const tablet = await tabletOf(under, 'nbu', 'student-affairs')
  const b = await signerOf(under, tablet, 'nbu-xg-b')
  const elsewhere = await signIn(under.app, 'szit-ducha')
  for (const path of ['/reset', '/disable', '/enable']) {
    expect(problemOf(await post(path, { personId: 'person-2' }, b.cookie))).toBe('403 forbidden')
    expect(problemOf(await post(path, { personId: 'person-2' }, elsewhere.cookie))).toBe('404 not-found')
    expect(problemOf(await post(path, { personId: 'person-2' }, ''))).toBe('401 unauthenticated')
    const foreign = ours({ personId: 'person-2' }, { cookie: officer.cookie, origin: 'https://elsewhere.test' })
    expect(problemOf(await ask(under, `/api/v1/accounts${path}`, foreign))).toBe('403 cross-site')
  }
  expect(problemOf(await post('', { personId: 'person-2', login: 'nbu.other' }, b.cookie))).toBe('403 forbidden')
  expect(problemOf(await post('', { personId: 'person-2', login: 'szit.x' }, elsewhere.cookie))).toBe('404 not-found')
  expect(problemOf(await post('/disable', { personId: 'nbu-ducha' }))).toBe('403 forbidden')
  const list = await ask(under, '/api/v1/accounts', { headers: { cookie: elsewhere.cookie } })
  expect(AccountsAnswer.parse(list.body).rows.some(({ login }) => login.startsWith('nbu'))).toBe(false)
})

test('an account needs a record, is one a person, and its login is nobody else’s', async () => {
  expect(problemOf(await post('', { personId: 'nobody', login: 'nbu.nobody' }))).toBe('404 not-found')
  await hired('person-3', 'nbu.zhang')
  expect(problemOf(await post('', { personId: 'person-3', login: 'nbu.zhang2' }))).toBe('409 stale')
  await officer.do('person.record', 'person-4', { fields: fields('示例·丁'), trainings: [], busy: [] })
  expect(problemOf(await post('', { personId: 'person-4', login: 'szit-ducha' }))).toBe('422 invalid')
  expect(problemOf(await post('', { personId: 'person-4', login: "a'; drop" }))).toBe('422 invalid')
  expect(problemOf(await post('', { personId: 'person-4', login: 'nbu.four', kind: 'supervisor' }))).toBe('422 invalid')
})

test('[REF-PRIV] a one-time password of which nobody knows when it was made has lapsed', async () => {
  const once = await hired('person-8', 'nbu.zhou')
  await under.database.ownerSql`
    update hall.account set password_hash = regexp_replace(password_hash, '^once:[0-9]+:', 'once:') where id = 'person-8'`
  expect((await enter('nbu.zhou', once, 'a-password-of-mine')).body.detail).toContain('已过期')
})

/** Makes somebody an admin the way only the system may. */
const madeAdmin = (personId: string) =>
  issueAsSystem(under.deps, 'nbu', [
    {
      ...{ type: 'post.assign', v: 1, kind: 'post', aggId: `post:${personId}` },
      args: {
        ...{ personId, personName: `示例·${personId}`, personKind: 'staff', windowId: null, role: 'admin' },
        ...{ from: '2026-01-01', to: null },
      },
    },
  ])

test('[REF-PRIV] an admin’s account is made, reset, stopped and started by an admin alone; a supervisor makes no admin', async () => {
  const once = await hired('person-10', 'nbu.admin')
  await enter('nbu.admin', once, 'a-password-of-mine')
  expect((await madeAdmin('person-10')).map(({ outcome }) => outcome)).toEqual(['applied'])
  for (const path of ['/reset', '/disable', '/enable'])
    expect(problemOf(await post(path, { personId: 'person-10' }))).toBe('403 forbidden')
  await officer.do('person.record', 'person-11', { fields: fields('示例·person-11'), trainings: [], busy: [] })
  await madeAdmin('person-11')
  expect(problemOf(await post('', { personId: 'person-11', login: 'nbu.admin2' }))).toBe('403 forbidden')
  const admin = await signIn(under.app, 'nbu.admin', { password: 'a-password-of-mine' })
  expect(admin.body.roles).toEqual([{ role: 'admin', windowId: null }])
  expect((await post('', { personId: 'person-11', login: 'nbu.admin2' }, admin.cookie)).status).toBe(201)
  expect((await post('/reset', { personId: 'person-11' }, admin.cookie)).status).toBe(201)
  const self = { personId: 'nbu-ducha', personName: '示例·督查', personKind: 'supervisor', windowId: null }
  const term = { role: 'admin', from: '2026-01-01', to: null }
  expect(await officer.do('post.assign', 'post-admin', { ...self, ...term })).toBe('rejected:post.adminOnly')
  const ended = await officer.do('post.end', 'post:person-10', { on: '2026-11-01' }, { to: null })
  expect(ended).toBe('rejected:post.adminOnly')
})

test('[SSC-12] a stopped account signs in nowhere, its sessions end and what its tablet still sends is held', async () => {
  const once = await hired('person-5', 'nbu.zhao')
  await enter('nbu.zhao', once, 'a-password-of-mine')
  const seat = { windowId: 'student-affairs', personId: 'person-5', personName: '示例·person-5', personKind: 'staff' }
  const term = { role: 'roleB', from: '2026-11-20', to: '2027-07-04' }
  expect(await officer.do('post.end', 'post:nbu-xg-b', { on: '2026-11-19' }, { to: null })).toBe('applied')
  expect(await officer.do('post.assign', 'post-5', { ...seat, ...term })).toBe('applied')
  const tablet = await tabletOf(under, 'nbu', 'student-affairs')
  const login = { password: 'a-password-of-mine', headers: asDevice(tablet.token) }
  const on = await signIn(under.app, 'nbu.zhao', login)
  expect(on.body.roles).toEqual([{ role: 'roleB', windowId: 'student-affairs' }])
  const signer = await signerOf(under, tablet, 'nbu-xg-a')
  expect((await post('/disable', { personId: 'nbu-xg-a' })).status).toBe(204)
  expect(problemOf(await ask(under, '/api/v1/session', { headers: { cookie: signer.cookie } }))).toBe(
    '401 unauthenticated',
  )
  expect((await signIn(under.app, 'nbu-xg-a')).status).toBe(401)
  under.deps.clock.now += 60_000
  const item = nbuItems.find(({ id }) => id === 'nbu:XG-001@1')!
  const materials = item.materials.map(({ id }) => ({ id, state: 'present' }))
  const student = { name: '示例·王同学', studentNo: '20240117', phone: '13800001234' }
  const args = { number: nextNumber(tablet).replace('XS', 'XG'), itemId: item.id, ticket: null, student, materials }
  const ctxv = { profile: 'nbu@1', item: item.id, calendars: ['nbu:2026@1'] }
  const receive = act(tablet, signer, { type: 'case.receive', aggId: 'late', args, at: under.deps.clock.now, ctxv })
  const [outcome] = await pushed(under, tablet, { from: 1, commands: [receive] })
  expect(outcome).toMatch(/^held/)
  expect((await post('/enable', { personId: 'nbu-xg-a' })).status).toBe(204)
  expect((await signIn(under.app, 'nbu-xg-a')).status).toBe(201)
})

test('a reset gives another one-time password, ends sessions, and nothing secret or personal is in the log', async () => {
  const once = await hired('person-6', 'nbu.sun')
  await enter('nbu.sun', once, 'a-password-of-mine')
  const there = await signIn(under.app, 'nbu.sun', { password: 'a-password-of-mine' })
  const again = OnceAnswer.parse((await post('/reset', { personId: 'person-6' })).body)
  expect(again.login).toBe('nbu.sun')
  expect(problemOf(await ask(under, '/api/v1/session', { headers: { cookie: there.cookie } }))).toBe(
    '401 unauthenticated',
  )
  expect((await signIn(under.app, 'nbu.sun', { password: 'a-password-of-mine' })).status).toBe(401)
  const log = under.logged.join('')
  for (const word of [once, again.password, 'a-password-of-mine', 'nbu.sun', '示例·person-6'])
    expect(log).not.toContain(word)
})

test('[REF-PRIV] [T13] who made, reset or stopped whose account stands in the log by their ids', async () => {
  await hired('person-9', 'nbu.jiu')
  await post('/reset', { personId: 'person-9' })
  await post('/disable', { personId: 'person-9' })
  const lines = under.logged.filter((line) => line.includes('person-9')).map((line) => JSON.parse(line) as Line)
  expect(lines.map(({ level, by, about, msg }) => [level, by, about, msg])).toEqual([
    ['warn', 'nbu-ducha', 'person-9', 'account made'],
    ['warn', 'nbu-ducha', 'person-9', 'password reset'],
    ['warn', 'nbu-ducha', 'person-9', 'account stopped'],
  ])
})

const day = 86_400_000

test('[REF-PRIV] a one-time password lapses after seven days, says so, and only a new one of the supervisor opens', async () => {
  const once = await hired('person-7', 'nbu.qian')
  const rowOf = async () => {
    const { body } = await ask(under, '/api/v1/accounts', { headers: { cookie: (await again()).cookie } })
    return AccountsAnswer.parse(body).rows.find(({ personId }) => personId === 'person-7')
  }
  // The officer's own session idles out over the days that pass.
  const again = () => signIn(under.app, 'nbu-ducha')
  const madeAt = under.deps.clock.now
  expect((await rowOf())?.onceUntil).toBe(madeAt + 7 * day)
  under.deps.clock.now = madeAt + 7 * day
  expect(problemOf(await enter('nbu.qian', once))).toBe('403 forbidden')
  under.deps.clock.now += 1
  const late = await enter('nbu.qian', once, 'a-password-of-mine')
  expect([problemOf(late), late.body.errors]).toEqual(['403 forbidden', undefined])
  expect(late.body.detail).toContain('一次性密码已过期（7 天内有效）')
  expect(problemOf(await enter('nbu.qian', 'not-the-password'))).toBe('401 unauthenticated')
  const { cookie } = await again()
  const next = OnceAnswer.parse((await post('/reset', { personId: 'person-7' }, cookie)).body)
  expect(next.until).toBe(under.deps.clock.now + 7 * day)
  expect((await enter('nbu.qian', next.password, 'a-password-of-mine')).status).toBe(201)
  expect(await rowOf()).toMatchObject({ isOnce: false, onceUntil: null })
  under.deps.clock.now += 8 * day
  expect((await signIn(under.app, 'nbu.qian', { password: 'a-password-of-mine' })).status).toBe(201)
})
