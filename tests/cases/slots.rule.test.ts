import { describe, expect, test } from 'vitest'
import { freePlaces, nextFree, slotAggregate, slotRules, type Slot } from '../../shared/cases/index.ts'
import { bookedItem } from '../../shared/cases/slot.ts'
import { commands } from '../../shared/commands.ts'
import { readPath } from '../../shared/core/apply.ts'
import type { Json } from '../../shared/core/canonical.ts'
import { decideCommand, type Row } from '../../shared/core/kernel.ts'
import { hallIds, halls, type HallId } from '../../shared/profiles/halls.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { personA, personB, supervisor, uuidOf, type Player } from '../support/play.ts'
import type { slotLines } from './step-lines.ts'

const opening = { windowId: 'student-affairs', itemCode: null, itemName: '本窗口各事项', letter: 'A' }
const times = { day: '2026-11-24', from: '09:00', to: '10:00', capacity: 2 }
const system: Player = { id: 'system:nbu', name: '系统', role: 'system', device: 9 }
const student = (n: number) => ({ name: `示例·${String(n)}`, studentNo: `2024011${String(n)}`, phone: '' })
const booking = (number: string, n: number) => ({ number, student: student(n) })

interface How {
  by?: Player
  window?: string
  saw?: Row
  profile?: Profile
}

/** One slot driven through the kernel. */
function playSlot(hallId: HallId = 'nbu', more: Record<string, Json> = {}, own: Profile = halls[hallId].profile) {
  let row: Row = null
  let count = 0
  function step(type: string, args: Record<string, Json>, how: How = {}) {
    const { by = personA, window = 'student-affairs', saw = row, profile = own } = how
    count += 1
    const def = commands.get(`${type}@1`)
    if (!def) throw new Error(`no command ${type}`)
    const windowId = ['supervisor', 'system'].includes(by.role) ? null : window
    const seen = Object.fromEntries(def.touches(args).map((path) => [path, (saw && readPath(saw.image, path)) ?? null]))
    const decision = decideCommand(commands, row, {
      env: {
        ...{ cmdId: uuidOf(count), deviceId: uuidOf(by.device), streamId: uuidOf(10), seq: count, type, v: 1 },
        ...{
          nature: def.nature,
          hallId,
          kind: 'slot',
          aggId: uuidOf(1),
          args,
          actorId: by.id,
          role: by.role,
          windowId,
        },
        base: { ver: saw?.ver ?? 0, after: 0, seen, ctxv: { profile: profile.id, item: null, calendars: [] } },
        ...{ grantId: null, shiftId: null, wall: 1_795_000_000_000 + count, mono: 0, boot: 'b', off: 0, offErr: 0 },
        ...{ app: 'test', schema: 1, online: false, prev: '0'.repeat(64) },
      },
      ...{ pii: {}, actor: { name: by.name, roles: [{ role: by.role, windowId }] } },
      refs: { profile, item: null, calendars: [] },
    })
    row = decision.row
    return decision.verdict
  }
  const opened = step('slot.open', { ...opening, ...times, ...more })
  return { step, opened, row: () => row, image: () => row?.image as unknown as Slot }
}

test('[NBU-8] a hall that takes none opens no slot and books nobody into one it had', () => {
  const { settings } = halls.nbu.profile
  const none = { ...halls.nbu.profile, settings: { ...settings, hasAppointment: { value: false, cite: null } } }
  expect(playSlot('nbu', {}, none).opened.code).toBe('slot.notOffered')
  const { step } = playSlot()
  expect(step('slot.book', booking('A-1', 1), { profile: none }).code).toBe('slot.notOffered')
})

test.each(hallIds)('[NBU-8] %s: takes appointments by its own setting', (hallId) => {
  const { profile } = halls[hallId]
  expect(profile.settings.hasAppointment.value).toBe(true)
  expect(playSlot(hallId).opened.outcome).toBe('applied')
})

describe('a slot', () => {
  test('[NBU-8] is opened by the window’s own A or a supervisor, not for another window nor backwards', () => {
    expect(playSlot('nbu', { windowId: 'careers' }).opened.code).toBe('slot.misplaced')
    expect(playSlot('nbu', { from: '10:00', to: '09:00' }).opened.code).toBe('slot.misplaced')
    const { step } = playSlot()
    expect(step('slot.open', { ...opening, ...times }, { by: supervisor }).code).toBe('aggregate.exists')
  })

  test('[NBU-8] is never booked beyond its places, a cancelled place is free again', () => {
    const { step, image } = playSlot()
    expect(step('slot.book', booking('A-1', 1), { by: system }).outcome).toBe('applied')
    expect(step('slot.book', booking('A-K71', 2)).outcome).toBe('applied')
    expect(step('slot.book', booking('A-K91', 3), { by: personB }).code).toBe('slot.full')
    step('slot.cancel', { number: 'A-1' }, { by: system })
    expect(freePlaces(image())).toBe(1)
    expect(step('slot.book', booking('A-K91', 3), { by: personB }).outcome).toBe('applied')
    expect(image().bookings['A-K91']?.via).toBe('window')
  })

  test('[NBU-8] gives a student one place and a number once; personal values stand in pii alone', () => {
    const { step, image } = playSlot()
    step('slot.book', booking('A-1', 1))
    expect(step('slot.book', booking('A-2', 1)).code).toBe('slot.twice')
    expect(step('slot.book', booking('A-1', 2)).code).toBe('slot.numberTaken')
    const { pii, ...rest } = image()
    expect(pii['A-1']).toEqual(student(1))
    expect(JSON.stringify(rest)).not.toContain('示例·1')
    expect(slotAggregate.keys(image())).toEqual(['A-1'])
  })

  test('[NBU-8] closed takes no more; who is booked keeps the place', () => {
    const { step, image } = playSlot()
    step('slot.book', booking('A-1', 1))
    step('slot.change', { capacity: 2, isClosed: true, reason: '示例：系统检修' })
    expect(step('slot.book', booking('A-2', 2)).code).toBe('slot.closed')
    expect([freePlaces(image()), image().bookings['A-1']?.state]).toEqual([0, 'booked'])
  })

  test('[NBU-8] the student who comes goes on under the number; nobody cancels it then', () => {
    const { step, image } = playSlot()
    step('slot.book', booking('A-1', 1))
    expect(step('slot.arrive', { number: 'A-1', caseId: uuidOf(50) }).outcome).toBe('applied')
    expect(image().bookings['A-1']).toMatchObject({ state: 'arrived', ended: { caseId: uuidOf(50) } })
    expect(step('slot.cancel', { number: 'A-1' }).code).toBe('slot.noBooking')
  })

  test('[NBU-8] is another window’s: no change, no booking, no cancelling from there', () => {
    const { step } = playSlot()
    step('slot.book', booking('A-1', 1))
    const from = { window: 'careers' }
    const acts: [string, Record<string, Json>][] = [
      ['slot.change', { capacity: 1, isClosed: true, reason: '' }],
      ['slot.book', booking('A-2', 2)],
      ['slot.cancel', { number: 'A-1' }],
    ]
    for (const [type, args] of acts) expect(step(type, args, from).code).toBe('right.missing')
  })

  test('[NBU-8] keeps what the student comes for, and why a booking was cancelled', () => {
    const { step, image } = playSlot()
    const item = { code: 'XG-001', name: '示例事项' }
    step('slot.book', { ...booking('A-1', 1), item })
    step('slot.book', booking('A-2', 2))
    const [first, second] = [image().bookings['A-1']!, image().bookings['A-2']!]
    expect([bookedItem(image(), first), bookedItem(image(), second)]).toEqual([item, null])
    expect(bookedItem({ ...image(), itemCode: 'XG-002', itemName: '另一件' }, second)?.name).toBe('另一件')
    step('slot.cancel', { number: 'A-1', reason: '示例：学生来电' })
    expect(image().bookings['A-1']?.ended).toMatchObject({ reason: '示例：学生来电', caseId: null })
  })

  test('[NBU-8] of a number nobody booked the arrival stands, flagged', () => {
    const { step } = playSlot()
    const { outcome, flags } = step('slot.arrive', { number: 'A-9', caseId: uuidOf(50) })
    expect([outcome, flags[0]?.code]).toEqual(['applied', 'notBooked'])
  })

  test('[NBU-8] long over it leaves the tablets, before that it does not', () => {
    const { step, image } = playSlot()
    expect(slotAggregate.scopes(image())).toEqual(['window:student-affairs', 'supervisor'])
    expect(step('slot.archive', { before: times.day }, { by: system }).code).toBe('slot.notOver')
    expect(step('slot.archive', { before: '2026-12-24' }, { by: system }).outcome).toBe('applied')
    expect(slotAggregate.scopes(image())).toEqual([])
  })

  test('[NBU-8] who comes too late is offered the next time that is free', () => {
    const { image } = playSlot()
    const slot = (id: string, from: string, capacity: number): Slot => ({ ...image(), id, from, to: '17:00', capacity })
    const [full, later, next] = [slot('f', '09:00', 0), slot('l', '14:00', 3), slot('n', '11:00', 3)]
    expect(nextFree([full, later, next], full)?.id).toBe('n')
    expect(nextFree([full], full)).toBeUndefined()
  })
})

const lines: Record<(typeof slotLines)[number], () => [string, string]> = {
  slotApart() {
    const { step, row } = playSlot()
    const saw = row()
    return [
      step('slot.book', booking('A-K71', 1)).outcome,
      step('slot.book', booking('A-K91', 2), { by: personB, saw }).outcome,
    ]
  },
  slotFull() {
    const { step, row } = playSlot('nbu', { capacity: 1 })
    const saw = row()
    return [
      step('slot.book', booking('A-K71', 1)).outcome,
      step('slot.book', booking('A-K91', 2), { by: personB, saw }).outcome,
    ]
  },
  slotClosed() {
    const { step, row } = playSlot()
    const saw = row()
    const first = step('slot.change', { capacity: 2, isClosed: true, reason: '' }).outcome
    return [first, step('slot.book', booking('A-1', 1), { by: personB, saw }).outcome]
  },
  slotCancel() {
    const { step, row } = playSlot()
    step('slot.book', booking('A-1', 1))
    const saw = row()
    const first = step('slot.arrive', { number: 'A-1', caseId: uuidOf(50) }).outcome
    return [first, step('slot.cancel', { number: 'A-1' }, { by: personB, saw }).outcome]
  },
  slotArrive() {
    const { step, row } = playSlot()
    step('slot.book', booking('A-1', 1))
    const saw = row()
    const first = step('slot.arrive', { number: 'A-1', caseId: uuidOf(50) }).outcome
    const second = step('slot.arrive', { number: 'A-1', caseId: uuidOf(51) }, { by: personB, saw })
    expect(second.flags[0]?.code).toBe('arrivedTwice')
    return [first, second.outcome]
  },
}
test.each(Object.entries(lines))('[OFF-4] [I16] %s: the second ends as its line says', (name, play) => {
  const [first, second] = play()
  expect(first).toBe('applied')
  expect(second).toBe(slotRules[name as keyof typeof lines].ends)
})
