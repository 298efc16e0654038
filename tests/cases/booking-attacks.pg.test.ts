import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Slot } from '../../shared/cases/index.ts'
import type { Json } from '../../shared/core/canonical.ts'
import { nbuItems } from '../../shared/profiles/items/nbu.ts'
import { MadeBooking, PublicSlots } from '../../shared/wire/appointments.ts'
import { appUnderTest, origin, ours, type Under } from '../http/app-under-test.ts'
import { ask, problemOf, type Asked } from '../http/asked.ts'
import { pushed, signerOf, tabletOf, type ServedTablet } from '../http/served-person.ts'
import { act, type ForgedSigner } from '../support/forge.ts'

const found = nbuItems.find(({ windowId }) => windowId === 'student-affairs')
if (!found) throw new Error('the window has no item')
const item = found
const ctxv = { profile: 'nbu@1', item: null, calendars: ['nbu:2026@1'] }
const opening = { windowId: item.windowId, itemCode: null, itemName: '本窗口各事项', letter: 'A' }
const who = (n: number) => ({ name: `示例·钱${String(n)}`, studentNo: `2024${String(66_000 + n)}`, phone: '' })

let under: Under
let tablet: ServedTablet
let clerk: ForgedSigner
let visitors = 0

beforeAll(async () => {
  under = await appUnderTest(['nbu', 'szit'])
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

async function does(type: string, aggId: string, args: Record<string, Json>): Promise<string> {
  const plan = { type, aggId, args, at: under.deps.clock.now, ctxv }
  return (await pushed(under, tablet, { from: tablet.seq + 1, commands: [act(tablet, clerk, plan)] }))[0] ?? ''
}

async function opened(day: string, capacity: number): Promise<string> {
  const id = randomUUID()
  expect(await does('slot.open', id, { ...opening, day, from: '09:00', to: '10:00', capacity })).toBe('applied')
  return id
}

async function slotOf(id: string, hallId = 'nbu'): Promise<Slot> {
  const [row] = await under.database.appSql<{ image: Slot }[]>`
    select image from hall.slots where id = ${id} and hall_id = ${hallId}`
  return row!.image
}

/** Asks as somebody at an address of their own. */
async function post(path: string, body: unknown): Promise<Asked> {
  visitors += 1
  const env = { incoming: { socket: { remoteAddress: `198.18.${String(visitors >> 8)}.${String(visitors & 255)}` } } }
  const response = await under.app.request(`${origin}/api/v1/public/${path}`, ours(body), env)
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) }
}
const book = (slotId: string, n: number) => post(`slots/${slotId}/bookings`, { hallId: 'nbu', ...who(n) })
const cancel = ({ number, code }: MadeBooking) => post('bookings/cancel', { hallId: 'nbu', number, code })
const slots = async () => PublicSlots.parse((await ask(under, `/api/v1/public/items/${item.id}/slots`)).body)

/** The slot as another hall's tablet would have made it under the id that the public page shows. */
const copyTo = (id: string, hallId: string) => under.database.ownerSql`
  insert into hall.slots (hall_id, id, ver, image) select ${hallId}, id, 1,
    jsonb_set(image, '{hallId}', to_jsonb(${hallId}::text)) || '{"bookings": {}, "pii": {}}' from hall.slots where id = ${id}`

test('[NBU-8] a slot of the same id in another hall draws nobody there: who booked stands in the own hall alone', async () => {
  const id = await opened('2026-11-24', 3)
  await copyTo(id, 'szit')
  for (const n of [1, 2]) expect((await book(id, n)).status).toBe(201)
  expect(Object.keys((await slotOf(id)).bookings)).toHaveLength(2)
  expect((await slotOf(id, 'szit')).bookings).toEqual({})
})

test('[NBU-8] booking and cancelling over and over does not make a slot grow for ever; a clerk still books', async () => {
  const id = await opened('2026-11-25', 1)
  let last: Asked | null = null
  for (let n = 0; n < 40 && (last === null || last.status === 201); n += 1) {
    if (n % 8 === 0) under.deps.clock.now += 61_000
    last = await book(id, 10)
    if (last.status === 201) expect((await cancel(MadeBooking.parse(last.body))).status).toBe(200)
  }
  expect(problemOf(last!)).toBe('403 forbidden')
  expect(Object.keys((await slotOf(id)).bookings).length).toBeLessThanOrEqual(20)
  expect(await does('slot.book', id, { number: 'A-Z1', student: who(11) })).toBe('applied')
})

test('[NBU-8] among thousands of other slots a booking is still offered, counted and found', async () => {
  const ids = [await opened('2026-12-01', 3), await opened('2026-12-02', 3), await opened('2026-12-03', 3)]
  await under.database.ownerSql`
    insert into hall.slots (hall_id, id, ver, image)
      select s.hall_id, 'many-' || n, 1, s.image || '{"day": "2026-11-23", "windowId": "careers"}'
      from hall.slots s cross join generate_series(1, 2100) n where s.id = ${ids[0]!} and s.hall_id = 'nbu'`
  const offered = (await slots()).slots.map((slot) => slot.id)
  for (const id of ids) expect(offered).toContain(id)
  const made = MadeBooking.parse((await book(ids[0]!, 20)).body)
  const { number, code } = made
  expect((await post('bookings/find', { hallId: 'nbu', number, code })).body).toMatchObject({ day: '2026-12-01' })
  expect((await book(ids[1]!, 20)).status).toBe(201)
  expect(problemOf(await book(ids[2]!, 20))).toBe('403 forbidden')
})

test('[NBU-8] an old link books the matter as it is in force now: none that has ended, at no window it is yet to move to', async () => {
  const { ownerSql } = under.database
  const other = nbuItems.find(({ windowId, code }) => windowId === item.windowId && code !== item.code)!
  const later = {
    ...other,
    id: other.id.replace(/\d+$/, '2'),
    version: 2,
    effectiveOn: '2027-01-01',
    windowId: 'careers',
  }
  await ownerSql`insert into hall.items (hall_id, id, ver, image) values ('nbu', ${later.id}, 1, ${ownerSql.json(later)})`
  const id = await opened('2026-12-08', 9)
  const offered = async (itemId: string) =>
    PublicSlots.parse((await ask(under, `/api/v1/public/items/${itemId}/slots`)).body).slots.map((slot) => slot.id)
  for (const itemId of [other.id, later.id]) expect(await offered(itemId)).toContain(id)
  expect((await post(`slots/${id}/bookings`, { hallId: 'nbu', ...who(30), itemId: later.id })).status).toBe(201)
  await ownerSql`update hall.items set image = image || '{"retiredOn": "2026-11-01"}' where id = ${other.id}`
  expect(await offered(other.id)).toEqual([])
  expect(problemOf(await post(`slots/${id}/bookings`, { hallId: 'nbu', ...who(31), itemId: other.id }))).toBe(
    '403 forbidden',
  )
})

test('[NBU-3] whether appointments are taken is asked of the profile in force, not of the highest number', async () => {
  await under.database.ownerSql`
    insert into hall.profiles (hall_id, id, ver, image) select hall_id, 'nbu@9', 1, jsonb_set(image || jsonb_build_object(
        'id', 'nbu@9', 'version', 9, 'effectiveOn', '2020-01-01'), '{settings,hasAppointment,value}', 'false')
      from hall.profiles where id = 'nbu@1'`
  expect((await slots()).isOffered).toBe(true)
})
