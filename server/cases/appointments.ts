import { randomInt } from 'node:crypto'
import type { Context } from 'hono'
import { z } from 'zod'
import { formatDay, localDay } from '../../shared/calendar/day.ts'
import { freePlaces, nextFree, slotTimes, Visitor, type Slot } from '../../shared/cases/index.ts'
import { bookedItem, isSlotFor, type BookedItem } from '../../shared/cases/slot.ts'
import { plainId } from '../../shared/core/text.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { sentenceOf } from '../../shared/sentences.ts'
import { BookBody, BookingKey, MadeBooking, PublicBooking, PublicSlots } from '../../shared/wire/appointments.ts'
import { readProfileInForce } from '../db/profile-in-force.ts'
import { takeFromMinute } from '../db/sign-in-queries.ts'
import { checked, define, type Api } from '../http/define.ts'
import type { Env } from '../http/env.ts'
import { Fault, tooMany } from '../http/fault.ts'
import { issueAsSystem, serverKey, type IssueDeps } from '../sync/index.ts'
import { bookingCode, isBookingCode } from './booking-code.ts'
import { inTurn } from './in-turn.ts'
import { placesHeld, readCaseNumber, readItemAndHall, readSlot, readSlots } from './reports.ts'

const maxBytes = 2_048
/**
 * Tries a minute: from one address (a campus may stand behind it), and of all addresses together: twenty times that, so
 * that a few addresses which never stop keep nobody else from booking.
 */
const mostAtAddress = 30
const mostAtHall = 600
/** Places one student may hold at a time, booked by themselves. */
const mostHeld = 2
const bookTries = 12
/** Cancelled bookings stay on record: strangers who book and cancel for ever must not make a slot too big for its tablets. */
const mostMade = ({ capacity }: Slot): number => 3 * capacity + 12
const wornOut = '这个时段改约的次数太多，网上不能再约，请换一个时段或到窗口预约。'

/** Every write of somebody who is not signed in takes a try under the address and under the hall (T10). */
async function takePublicTry(deps: IssueDeps, c: Context<Env>, hallId: string): Promise<void> {
  const now = deps.now()
  const own = await takeFromMinute(deps.db, { key: `booking:at:${c.var.address}`, most: mostAtAddress }, now)
  const wait = own > 0 ? own : await takeFromMinute(deps.db, { key: `booking:of:${hallId}`, most: mostAtHall }, now)
  if (wait > 0) throw tooMany(wait, '预约的人太多，请稍等一会儿再试。')
}

const seenOf = ({ id, day, from, to, ...rest }: Slot) => ({ id, day, from, to, free: freePlaces({ ...rest }) })

/** What anybody may read: when an item can be booked. */
function slotsRoute(api: Api, deps: IssueDeps): void {
  define(
    api,
    {
      method: 'get',
      path: '/api/v1/public/items/{id}/slots',
      summary: '一个事项可预约的时段',
      params: z.strictObject({ id: plainId }),
      answer: PublicSlots,
      problems: ['not-found'],
    },
    async ({ params: { id } }) => {
      const now = deps.now()
      const found = await readItemAndHall(deps.db, id, localDay(now))
      if (!found) throw new Fault('not-found')
      const { item, isInForce, profile } = found
      const isOffered = profile.settings.hasAppointment.value
      const of = { windowId: item.windowId }
      const slots = isOffered && isInForce ? await readSlots(deps.db, item.hallId, { fromDay: localDay(now), of }) : []
      const fitting = slots.filter((slot) => isSlotFor(slot, item) && !slot.closed && slotTimes(slot).to > now)
      const { name: windowName, place } = windowOf(profile, item.windowId)
      const hall = { hallId: item.hallId, hallName: profile.hall.name, itemName: item.name }
      return { isOffered, ...hall, windowName, place, slots: fitting.slice(0, 200).map(seenOf) }
    },
  )
}

function windowOf({ windows }: Profile, id: string): { name: string; place: string } {
  return windows.find((window) => window.id === id) ?? { name: '', place: '' }
}

function bookRoute(api: Api, deps: IssueDeps): void {
  const oneByOne = inTurn()
  define(
    api,
    {
      method: 'post',
      path: '/api/v1/public/slots/{id}/bookings',
      summary: '预约一个时段，不用登录；预约码只给这一次',
      params: z.strictObject({ id: plainId }),
      body: BookBody,
      maxBytes,
      answer: MadeBooking,
      status: 201,
      problems: ['not-found', 'forbidden', 'stale', 'too-many', 'invalid'],
    },
    async ({ params: { id }, body }, c) => {
      const { hallId, itemId, ...who } = body
      const slot = await readSlot(deps.db, { hallId, id })
      if (!slot) throw new Fault('not-found')
      await takePublicTry(deps, c, slot.hallId)
      const student = checked(Visitor, who, 'invalid')
      const item = itemId === undefined ? null : await itemFor(deps, slot, itemId)
      const { profile, number } = await oneByOne(slot.hallId, async () => {
        const profile = await mayBook(deps, slot, student.studentNo)
        return { profile, number: await book(deps, slot, item ? { student, item } : { student }) }
      })
      const code = bookingCode(await serverKey(deps.db, slot.hallId), slot.id, number)
      const made = await readSlot(deps.db, slot)
      return { ...(await bookingOf(deps, made ?? slot, { number, profile })), code }
    },
  )
}

/** What the student read before booking, by code and name; denied where the slot is not for it. */
async function itemFor(deps: IssueDeps, slot: Slot, itemId: string): Promise<BookedItem> {
  const { item, isInForce } = (await readItemAndHall(deps.db, itemId, localDay(deps.now()))) ?? {}
  if (!isInForce || item?.hallId !== slot.hallId || !isSlotFor(slot, item)) {
    throw new Fault('forbidden', { detail: '这个时段不办这件事，请在事项页重新选时段。' })
  }
  return { code: item.code, name: item.name.slice(0, 60) }
}

/** Denied unless the hall takes appointments, the slot is not over, and the student does not hold too many. */
async function mayBook(deps: IssueDeps, slot: Slot, studentNo: string): Promise<Profile> {
  const now = deps.now()
  const profile = await readProfileInForce(deps.db, slot.hallId, localDay(now))
  const isOpen = profile?.settings.hasAppointment.value === true && slotTimes(slot).to > now && !slot.archived
  if (!isOpen) throw new Fault('forbidden', { detail: '这个时段不能再约了，请换一个。' })
  if (Object.keys(slot.bookings).length >= mostMade(slot)) throw new Fault('forbidden', { detail: wornOut })
  const held = await placesHeld(deps.db, slot.hallId, { studentNo, fromDay: localDay(now) })
  if (held >= mostHeld) {
    throw new Fault('forbidden', { detail: `你已经约了 ${String(mostHeld)} 个时段，办完或取消一个再约。` })
  }
  return profile
}

type Wish = { student: z.infer<typeof Visitor>; item?: BookedItem }

/**
 * The next number of the slot. Of students at the same moment one has it and the others count again, a little apart from
 * each other; too late is told with the next time.
 */
async function book(deps: IssueDeps, slot: Slot, wish: Wish): Promise<string> {
  let now = await readSlot(deps.db, slot)
  for (let tried = 0; tried < bookTries && now; tried += 1) {
    const number = `${now.letter}-${String(Object.keys(now.bookings).length + 1 + randomInt(tried + 1))}`
    const act = { type: 'slot.book', v: 1, kind: 'slot', aggId: slot.id, args: { number, ...wish } }
    const [result] = await issueAsSystem(deps, slot.hallId, [act])
    if (result?.outcome === 'applied') return number
    if (result?.code !== 'slot.numberTaken') throw await tooLate(deps, slot, result)
    now = await readSlot(deps.db, slot)
  }
  throw new Fault('busy')
}

async function tooLate(
  deps: IssueDeps,
  slot: Slot,
  result: { code: string | null; detail: unknown } | undefined,
): Promise<Fault> {
  const facts = (result?.detail ?? {}) as Parameters<typeof sentenceOf>[1]
  const next = nextFree(await readSlots(deps.db, slot.hallId, { fromDay: slot.day, of: slot }), slot)
  const isTwice = result?.code === 'slot.twice'
  const other = next && !isTwice ? `最近还有空的是 ${formatDay(next.day)} ${next.from}–${next.to}。` : ''
  return new Fault('stale', { detail: `${sentenceOf(result?.code ?? '', facts)}${other}` })
}

interface Named {
  number: string
  profile: Profile
}

async function bookingOf(deps: IssueDeps, slot: Slot, { number, profile }: Named): Promise<PublicBooking> {
  const { day, from, to, windowId, hallId } = slot
  const booking = slot.bookings[number]
  const itemName = (booking && bookedItem(slot, booking)?.name) ?? slot.itemName
  const caseId = booking?.ended?.caseId
  const window = windowOf(profile, windowId)
  return {
    ...{ hallId, hallName: profile.hall.name },
    ...{ number, state: booking?.state ?? 'booked', day, from, to, itemName },
    ...{ windowName: window.name, place: window.place },
    caseNumber: caseId ? await readCaseNumber(deps.db, hallId, caseId) : null,
  }
}

const ownBooking = { body: BookingKey, maxBytes, answer: PublicBooking } as const
const ownProblems = { problems: ['not-found', 'stale', 'too-many', 'invalid'] } as const

/** The booking a number and a code belong to; a wrong code and an unknown number answer the same. */
async function findOwn(deps: IssueDeps, c: Context<Env>, key: z.infer<typeof BookingKey>) {
  await takePublicTry(deps, c, key.hallId)
  const day = localDay(deps.now() - 30 * 86_400_000)
  const profile = await readProfileInForce(deps.db, key.hallId, localDay(deps.now()))
  const number = key.number.toUpperCase()
  const holding = profile ? await readSlots(deps.db, key.hallId, { fromDay: day, of: { number } }) : []
  const secret = holding.length > 0 ? await serverKey(deps.db, key.hallId) : null
  const slot = secret && holding.find(({ id }) => isBookingCode(secret, { slotId: id, number }, key.code))
  if (!profile || !slot) throw new Fault('not-found', { detail: '没有找到这个预约，请核对预约号和预约码。' })
  return { slot, number, profile }
}

function ownRoutes(api: Api, deps: IssueDeps): void {
  const look = { method: 'post', path: '/api/v1/public/bookings/find', summary: '查自己的预约' } as const
  define(api, { ...look, ...ownBooking, ...ownProblems }, async ({ body }, c) => {
    const { slot, ...named } = await findOwn(deps, c, body)
    return bookingOf(deps, slot, named)
  })
  const cancel = { method: 'post', path: '/api/v1/public/bookings/cancel', summary: '取消自己的预约' } as const
  define(api, { ...cancel, ...ownBooking, ...ownProblems }, async ({ body }, c) => {
    const { slot, ...named } = await findOwn(deps, c, body)
    const act = { type: 'slot.cancel', v: 1, kind: 'slot', aggId: slot.id, args: { number: named.number } }
    const [result] = await issueAsSystem(deps, slot.hallId, [act])
    if (result?.outcome !== 'applied') throw new Fault('stale', { detail: '这个预约已经取消或办理，不用再取消。' })
    return bookingOf(deps, (await readSlot(deps.db, slot)) ?? slot, named)
  })
}

/** 预约办理 without signing in (NBU-8): what is free, a booking, and one's own by number and code. */
export function appointmentRoutes(api: Api, deps: IssueDeps): void {
  slotsRoute(api, deps)
  bookRoute(api, deps)
  ownRoutes(api, deps)
}
