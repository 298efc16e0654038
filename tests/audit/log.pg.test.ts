import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SignedCommand } from '../../shared/core/envelope.ts'
import { nbuItems } from '../../shared/profiles/items/nbu.ts'
import { DevicesAnswer, LogAnswer, type LogRow } from '../../shared/wire/log.ts'
import { appUnderTest, asDevice, origin, signIn, type Under } from '../http/app-under-test.ts'
import { pushed, signerOf, tabletOf, type ServedTablet } from '../http/served-person.ts'
import { act, nextNumber, readEnv, type ForgedSigner } from '../support/forge.ts'

const item = nbuItems.find(({ id }) => id === 'nbu:XG-001@1')!
const ctxv = { profile: 'nbu@1', item: item.id, calendars: ['nbu:2026@1'] }
const student = { name: '示例·欧阳同学', studentNo: '20249977', phone: '13977776666' }

let under: Under
let tablet: ServedTablet
let a: ForgedSigner & { cookie: string }
let b: ForgedSigner
let sent: SignedCommand[] = []
let number = ''
let cookie = ''
const log = async (query = '', path = 'log') => {
  const answer = await under.app.request(`${origin}/api/v1/${path}${query}`, { headers: { cookie } })
  expect(answer.status).toBe(200)
  const text = await answer.text()
  return { ...LogAnswer.parse(JSON.parse(text)), text }
}
const types = (rows: LogRow[]): string[] => rows.map(({ type, actorId }) => `${type} ${actorId ?? '-'}`)

beforeAll(async () => {
  under = await appUnderTest(['nbu', 'szit'])
  tablet = await tabletOf(under, 'nbu', 'student-affairs')
  a = await signerOf(under, tablet, 'nbu-xg-a')
  b = await signerOf(under, tablet, 'nbu-xg-b')
  const at = under.deps.clock.now + 60_000
  number = nextNumber(tablet).replace('XS', 'XG')
  const materials = item.materials.map(({ id }) => ({ id, state: 'present' }))
  const received = act(tablet, a, {
    type: 'case.receive',
    aggId: 'case-1',
    args: { number, itemId: item.id, ticket: null, student, materials },
    at,
    ctxv,
  })
  const noted = act(tablet, b, {
    type: 'case.note',
    aggId: 'case-1',
    args: { text: '学生电话 13977776666，下午再来' },
    at: at + 1000,
    ctxv,
  })
  const asSupervisor = { ...b, role: 'roleA' as const }
  const overreach = act(tablet, asSupervisor, {
    type: 'case.note',
    aggId: 'case-1',
    args: { text: 'x' },
    at: at + 2000,
    ctxv,
  })
  sent = [received, noted, overreach]
  under.deps.clock.now += 3_600_000
  cookie = (await signIn(under.app, 'nbu-ducha')).cookie
})
afterAll(async () => {
  await under.stop()
})

test("[OFF-5, P11] acts of A and B made offline under grants the server issued are accepted as each one's own; a role beyond the grant is held", async () => {
  expect(await pushed(under, tablet, { from: 1, commands: sent })).toEqual(['applied', 'applied', 'held:grant'])
})

test('[SUP-2] the log shows who did what as what, on which tablet, when by both clocks, and that it was offline', async () => {
  const { rows } = await log('?device=' + tablet.deviceId)
  expect(types(rows)).toEqual(['case.note nbu-xg-b', 'case.note nbu-xg-b', 'case.receive nbu-xg-a'])
  const first = rows.at(-1)!
  const env = readEnv(sent[0]!)
  expect(first).toMatchObject({
    ...{
      cmdId: env.cmdId,
      summary: `收件 · ${item.name}`,
      caseNumber: number,
      aggId: 'case-1',
      role: 'roleA',
      windowId: 'student-affairs',
    },
    ...{
      isOffline: true,
      wall: env.wall,
      receivedAt: under.deps.clock.now,
      outcome: 'applied',
      code: null,
      reason: null,
    },
    ...{ deviceId: tablet.deviceId, carrierId: tablet.deviceId },
  })
  expect(first.actorName).toMatch(/^示例·/)
  expect(first.deviceName).toMatch(/^平板 /)
  expect(first.lo).toBeLessThanOrEqual(env.wall)
  expect(first.hi).toBeGreaterThanOrEqual(env.wall)
})

test("[P19] no personal value of a student stands anywhere in the log's answer", async () => {
  const { text } = await log()
  for (const value of [...Object.values(student), '下午再来']) expect(text).not.toContain(value)
})

test('[SUP-2] every filter leaves exactly the rows it names', async () => {
  const all = (await log()).rows
  expect(all.length).toBe(50)
  expect(types((await log('?actor=nbu-xg-b')).rows)).toEqual(['case.note nbu-xg-b', 'case.note nbu-xg-b'])
  expect(types((await log('?type=case.receive')).rows)).toEqual(['case.receive nbu-xg-a'])
  expect((await log('?outcome=held')).rows.map(({ outcome }) => outcome)).toEqual(['held'])
  expect((await log('?window=student-affairs')).rows).toHaveLength(3)
  expect((await log('?window=teaching')).rows).toHaveLength(0)
  expect((await log('?offline=yes')).rows).toHaveLength(3)
  expect((await log('?offline=no')).rows.every(({ isOffline }) => !isOffline)).toBe(true)
  expect((await log('?case=case-1&actor=nbu-xg-a')).rows).toHaveLength(1)
  expect((await log('?from=2026-11-20&to=2026-11-20&offline=yes')).rows).toHaveLength(3)
  expect((await log('?from=2026-11-21')).rows).toHaveLength(0)
  expect((await log('?to=2026-11-19')).rows).toHaveLength(0)
})

test('[SUP-2] pages follow each other without gap or repeat to the first command of the hall', async () => {
  const seen: number[] = []
  let next: number | null = null
  do {
    const page: LogAnswer = await log(next === null ? '' : `?before=${String(next)}`)
    seen.push(...page.rows.map(({ pos }) => pos))
    next = page.next
  } while (next !== null)
  expect(seen).toEqual(Array.from({ length: seen.length }, (_, n) => seen.length - n))
})

test('[SUP-2] what is held stands in its own list with the reason in words', async () => {
  const { rows } = await log('', 'held')
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ outcome: 'held', code: 'grant', actorId: 'nbu-xg-b' })
  expect(rows[0]!.reason).toContain('主管')
})

test("[X10] another hall's supervisor sees none of it, a window's staff and strangers nothing at all", async () => {
  const other = await signIn(under.app, 'szit-ducha')
  const answer = await under.app.request(`${origin}/api/v1/log?device=${tablet.deviceId}`, {
    headers: { cookie: other.cookie },
  })
  expect(LogAnswer.parse(await answer.json()).rows).toEqual([])
  for (const path of ['log', 'held', 'devices']) {
    const staff = await under.app.request(`${origin}/api/v1/${path}`, { headers: { cookie: a.cookie } })
    expect([path, staff.status]).toEqual([path, 401])
    const stranger = await under.app.request(`${origin}/api/v1/${path}`, { headers: asDevice(tablet.token) })
    expect([path, stranger.status]).toEqual([path, 401])
  }
})

test('[SUP-3] the devices of the hall are listed with lanes, windows and when each last spoke and sent', async () => {
  const answer = await under.app.request(`${origin}/api/v1/devices`, { headers: { cookie } })
  const { rows } = DevicesAnswer.parse(await answer.json())
  const mine = rows.find(({ id }) => id === tablet.deviceId)!
  expect(mine).toMatchObject({
    kind: 'tablet',
    windowIds: ['student-affairs'],
    sent: 3,
    lastSentAt: under.deps.clock.now,
    revokedAt: null,
  })
  expect(mine.lanes[0]).toBe(tablet.lane)
  expect(rows.map(({ kind }) => kind).sort()).toEqual(['browser', 'tablet'])
  const other = await signIn(under.app, 'szit-ducha')
  const theirs = await under.app.request(`${origin}/api/v1/devices`, { headers: { cookie: other.cookie } })
  expect(DevicesAnswer.parse(await theirs.json()).rows.map(({ kind }) => kind)).toEqual(['browser', 'browser'])
})
