import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Slot } from '../../shared/cases/index.ts'
import type { Json } from '../../shared/core/canonical.ts'
import { schemaNumber } from '../../shared/core/envelope.ts'
import { nbuItems } from '../../shared/profiles/items/nbu.ts'
import { Frame } from '../../shared/wire/frame.ts'
import { MadeBooking, PublicBooking, PublicSlots } from '../../shared/wire/appointments.ts'
import { appUnderTest, asDevice, origin, ours, type Under } from '../http/app-under-test.ts'
import { ask, problemOf, type Asked } from '../http/asked.ts'
import { pushed, signerOf, tabletOf, type ServedTablet } from '../http/served-person.ts'
import { act, type ForgedSigner } from '../support/forge.ts'

const found = nbuItems.find(({ windowId }) => windowId === 'student-affairs')
if (!found) throw new Error('the window has no item')
const item = found
const ctxv = { profile: 'nbu@1', item: null, calendars: ['nbu:2026@1'] }
const opening = { windowId: item.windowId, itemCode: null, itemName: '本窗口各事项', day: '2026-11-24' }
const who = (n: number) => ({
  name: `示例·郭${String(n)}`,
  studentNo: `2024${String(77_000 + n)}`,
  phone: '13912345678',
})

let under: Under
let tablet: ServedTablet
let clerk: ForgedSigner
let visitors = 0

beforeAll(async () => {
  under = await appUnderTest(['nbu'])
  tablet = await tabletOf(under, 'nbu', item.windowId)
  clerk = await signerOf(under, tablet, 'nbu-xg-a')
})
// Ten quiet minutes forget the tries of the test before.
beforeEach(() => {
  under.deps.clock.now += 11 * 60_000
})
afterAll(async () => {
  await under.stop()
})

async function does(type: string, aggId: string, args: Record<string, Json>, saw?: unknown): Promise<string> {
  const plan = { type, aggId, args, at: under.deps.clock.now, ctxv, ...(saw === undefined ? {} : { saw }) }
  const from = tablet.seq + 1
  return (await pushed(under, tablet, { from, commands: [act(tablet, clerk, plan)] }))[0] ?? ''
}

async function opened(capacity: number, more: Record<string, Json> = {}): Promise<string> {
  const id = randomUUID()
  const args = { ...opening, letter: 'A', from: '09:00', to: '10:00', capacity, ...more }
  expect(await does('slot.open', id, args)).toBe('applied')
  return id
}

async function slotOf(id: string): Promise<Slot> {
  const [row] = await under.database.appSql<{ image: Slot }[]>`select image from hall.slots where id = ${id}`
  return row!.image
}

/** All that a tablet is given of its scopes. */
async function pulledBy({ token, streamId }: ServedTablet, scopes: string): Promise<string> {
  const asked = `stream=${streamId}&firstUnsettled=1&since=0&snapshot=1&t0=0&schema=${String(schemaNumber)}`
  const { status, text } = await ask(under, `/sync/v1/pull?${asked}&scopes=${scopes}`, { headers: asDevice(token) })
  expect(status, text).toBe(200)
  return text
}

/** Asks as somebody at an address of their own. */
async function post(path: string, body: unknown, remoteAddress = `192.0.2.${String((visitors += 1))}`): Promise<Asked> {
  const env = { incoming: { socket: { remoteAddress } } }
  const response = await under.app.request(`${origin}/api/v1/public/${path}`, ours(body), env)
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) }
}
const book = (slotId: string, n: number, more: Record<string, Json> = {}) =>
  post(`slots/${slotId}/bookings`, { hallId: 'nbu', ...who(n), ...more })
const slots = async () => PublicSlots.parse((await ask(under, `/api/v1/public/items/${item.id}/slots`)).body)
const freeIn = async (id: string) => (await slots()).slots.find((slot) => slot.id === id)?.free
const key = ({ number, code }: MadeBooking) => ({ hallId: 'nbu', number, code })

describe('booking', () => {
  test('[NBU-8] a dozen students at the same moment for five places: five have one each, nobody else does', async () => {
    const id = await opened(5)
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => book(id, n)))
    const ends = answers.map(({ status }) => status).sort()
    expect(ends).toEqual([201, 201, 201, 201, 201, 409, 409, 409, 409, 409, 409, 409])
    const { bookings, pii } = await slotOf(id)
    expect(Object.keys(bookings)).toHaveLength(5)
    expect(Object.keys(pii).sort()).toEqual(Object.keys(bookings).sort())
    expect(await freeIn(id)).toBe(0)
  })

  test('[NBU-8] who comes too late is told the next time that is free', async () => {
    const id = await opened(1, { day: '2026-11-25', from: '10:00', to: '11:00', letter: 'B' })
    await opened(3, { day: '2026-11-25', from: '14:00', to: '15:00', letter: 'C' })
    expect((await book(id, 20)).status).toBe(201)
    const late = await book(id, 21)
    expect(problemOf(late)).toBe('409 stale')
    expect(late.body.detail).toContain('11月25日 14:00–15:00')
  })

  test('[NBU-8] the code is told with the booking and by nothing else', async () => {
    const id = await opened(3, { day: '2026-11-26' })
    const made = MadeBooking.parse((await book(id, 30, { itemId: item.id })).body)
    expect(made).toMatchObject({ number: 'A-1', state: 'booked', itemName: item.name, hallId: 'nbu' })
    const found = await post('bookings/find', key(made))
    expect(PublicBooking.parse(found.body)).toMatchObject({ number: 'A-1', state: 'booked' })
    const rows = await under.database.appSql<{ all: string }[]>`
      select string_agg(envelope || coalesce(verdict, '') || coalesce(pii::text, ''), '') as all from hall.command_log`
    for (const text of [found.text, rows[0]?.all ?? '', JSON.stringify(await slotOf(id)), under.logged.join('\n')])
      expect(text).not.toContain(made.code)
  })

  test('[NBU-8] a wrong code and a number there is not are answered alike and show nothing', async () => {
    const id = await opened(2, { day: '2026-11-27' })
    const made = MadeBooking.parse((await book(id, 40)).body)
    const wrong = await post('bookings/find', { ...key(made), code: 'ABCDEFGH' })
    const none = await post('bookings/cancel', { ...key(made), number: 'A-99' })
    expect([problemOf(wrong), problemOf(none)]).toEqual(['404 not-found', '404 not-found'])
    expect(wrong.body.detail).toBe(none.body.detail)
    expect(wrong.text + none.text).not.toContain('郭40')
    expect((await slotOf(id)).bookings[made.number]?.state).toBe('booked')
  })

  test('[NBU-8] cancelling by the code frees the place once', async () => {
    const id = await opened(1, { day: '2026-11-30' })
    const made = MadeBooking.parse((await book(id, 50)).body)
    expect(await freeIn(id)).toBe(0)
    const cancelled = await post('bookings/cancel', { ...key(made), code: made.code.toLowerCase() })
    expect(PublicBooking.parse(cancelled.body).state).toBe('cancelled')
    expect(problemOf(await post('bookings/cancel', key(made)))).toBe('409 stale')
    expect(await freeIn(id)).toBe(1)
    expect((await book(id, 51)).status).toBe(201)
  })

  test('[NBU-8] one student has one place in a slot and two in all', async () => {
    const ids = [await opened(3, { day: '2026-12-01' }), await opened(3, { day: '2026-12-02' })]
    const third = await opened(3, { day: '2026-12-03' })
    expect((await book(ids[0]!, 60)).status).toBe(201)
    const twice = await book(ids[0]!, 60)
    expect([twice.status, twice.body.detail]).toEqual([409, expect.stringContaining('不用再约')])
    expect((await book(ids[1]!, 60)).status).toBe(201)
    expect(problemOf(await book(third, 60))).toBe('403 forbidden')
  })
})

describe('a slot', () => {
  test('[NBU-8] closed is not shown and takes nobody; who is booked keeps the place', async () => {
    const id = await opened(2, { day: '2026-12-04' })
    const made = MadeBooking.parse((await book(id, 70)).body)
    const args = { capacity: 2, isClosed: true, reason: '示例：系统检修' }
    expect(await does('slot.change', id, args, await slotOf(id))).toBe('applied')
    expect(await freeIn(id)).toBeUndefined()
    const late = await book(id, 71)
    expect([late.status, late.body.detail]).toEqual([409, expect.stringContaining('示例：系统检修')])
    expect((await post('bookings/find', key(made))).body.state).toBe('booked')
  })

  test('[NBU-8] of one item takes no other; of the past, none', async () => {
    const other = nbuItems.find(({ windowId, code }) => windowId === item.windowId && code !== item.code)!
    const id = await opened(2, { day: '2026-12-07', itemCode: other.code, itemName: other.name })
    expect(await freeIn(id)).toBeUndefined()
    expect(problemOf(await book(id, 80, { itemId: item.id }))).toBe('403 forbidden')
    expect((await book(id, 80, { itemId: other.id })).body.itemName).toBe(other.name)
    const past = await opened(2, { day: '2026-11-19' })
    expect(problemOf(await book(past, 81))).toBe('403 forbidden')
    expect(await freeIn(past)).toBeUndefined()
  })

  test('[NBU-8] takes what is no name, number or phone from nobody, and says which', async () => {
    const id = await opened(2, { day: '2026-12-08' })
    for (const bad of [{ name: '  ' }, { studentNo: '学号一' }, { phone: 'abc' }]) {
      const answer = await book(id, 90, bad)
      expect(problemOf(answer)).toBe('422 invalid')
      expect(answer.body.errors[0].pointer).toContain(Object.keys(bad)[0])
    }
    expect((await slotOf(id)).bookings).toEqual({})
  })
})

describe('who sees what', () => {
  test('[NBU-8] name, number and phone stand in pii alone: not in the log, not in what other windows are given', async () => {
    const id = await opened(2, { day: '2026-12-09' })
    const made = MadeBooking.parse((await book(id, 95)).body)
    const told = [made, (await slots()).slots, (await post('bookings/find', key(made))).body]
    const { pii, ...rest } = await slotOf(id)
    expect(pii[made.number]).toEqual(who(95))
    const [log] = await under.database.appSql<{ text: string }[]>`
      select string_agg(envelope || coalesce(verdict, ''), '') as text from hall.command_log where agg_id = ${id}`
    const other = await tabletOf(under, 'nbu', 'careers')
    const pulled = await pulledBy(other, 'hall,window:careers')
    expect(Frame.parse(JSON.parse(pulled)).rows.length).toBeGreaterThan(0)
    expect(await pulledBy(tablet, `window:${item.windowId}`)).toContain(id)
    const seen = [JSON.stringify(told), JSON.stringify(rest), log?.text ?? '', under.logged.join('\n'), pulled]
    for (const text of seen) for (const value of Object.values(who(95))) expect(text).not.toContain(value)
    expect(pulled).not.toContain(id)
  })

  test('[NBU-8] another window neither changes a slot, nor books into it, nor cancels', async () => {
    const id = await opened(2, { day: '2026-12-10' })
    const made = MadeBooking.parse((await book(id, 97)).body)
    const saw = await slotOf(id)
    const other = await tabletOf(under, 'nbu', 'careers')
    const theirs = await signerOf(under, other, 'nbu-cy-a')
    const wanted: [string, Record<string, Json>][] = [
      ['slot.change', { capacity: 1, isClosed: true, reason: '' }],
      ['slot.book', { number: 'A-Z1', student: who(98) }],
      ['slot.cancel', { number: made.number }],
    ]
    const plan = { aggId: id, at: under.deps.clock.now, ctxv, saw }
    const tries = wanted.map(([type, args]) => act(other, theirs, { ...plan, type, args }))
    const all = await pushed(under, other, { from: 1, commands: tries })
    expect(all).toEqual(Array.from({ length: 3 }, () => 'rejected:right.missing'))
  })
})

test('[NBU-8] a hall without appointments offers none and takes none', async () => {
  const before = await opened(2, { day: '2026-12-11' })
  const { database } = under
  await database.ownerSql`update hall.profiles set image = jsonb_set(image, '{settings,hasAppointment,value}', 'false') where hall_id = 'nbu'`
  expect(await slots()).toMatchObject({ isOffered: false, slots: [] })
  expect(problemOf(await book(before, 99))).toBe('403 forbidden')
  const hall = await ask(under, '/api/v1/public/halls/nbu/items')
  expect(hall.body.hall.hasAppointment).toBe(false)
})
