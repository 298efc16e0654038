import { expect, test } from 'vitest'
import { calendarsFromChineseDays } from '../../server/calendar/seed-calendars.ts'
import { momentOf } from '../../shared/calendar/day.ts'
import { accept } from '../../shared/cases/index.ts'
import { explainerOf } from '../../shared/catalogue/index.ts'
import type { Ctx } from '../../shared/core/command.ts'
import { roleLabel } from '../../shared/core/roles.ts'
import { openService } from '../../shared/halls/index.ts'
import { capFor, checkPromise, light, promiseOn } from '../../shared/limits/index.ts'
import { halls, hallIds, type HallId } from '../../shared/profiles/halls.ts'
import { Item } from '../../shared/profiles/item-sheet.ts'
import { parseProfile } from '../../shared/profiles/profile.ts'
import { rehomed } from '../../shared/profiles/rehome.ts'

const calendars = calendarsFromChineseDays('nbu', [2026, 2027])

/** One matter, the same in every hall: a student brings it on a Friday at 16:40 and is to be promised six working days. */
const friday = momentOf('2026-11-20', '16:40')

const sheetIn = (hallId: HallId): Item => {
  const item = halls[hallId].items.find((one) => one.name === '学生证补办')
  if (!item) throw new Error(`${hallId} has no 学生证补办`)
  return { ...item, promise: { ...item.promise, level: 'ordinary', workingDays: 6 } }
}

function dayIn(hallId: HallId) {
  const { profile } = halls[hallId]
  const { settings } = profile
  const item = sheetIn(hallId)
  const terms = { receivedAt: friday, workingDays: 3, profile, calendars }
  const asked = { item, profile, level: 'ordinary' as const, workingDays: 6, beyondReason: null }
  const units = profile.units.slice(0, 2).map(({ id }) => id)
  const joint = parseProfile({ profile, items: [{ ...item, kind: 'joint', unitIds: units }] }, 'x')
  return {
    received: promiseOn({ ...terms, workingDays: 1 }),
    due: promiseOn(terms),
    isSixAllowed: checkPromise(asked).ok,
    cap: capFor('ordinary', { item, profile }).maxWorkingDays,
    isTwoUnitsJoint: joint.ok,
    jointLedBy: settings.jointLedBy.value,
    explainer: explainerOf(item, profile).name === profile.hall.name ? 'hall' : 'unit',
    refusalWord: settings.refusalAtDoorWord.value,
    told: settings.toldWithPromise.value.join(),
    endOfDay: settings.endOfDay.value,
    roleB: roleLabel('roleB', settings.roleWord.value),
    aRole: settings.aRole.value,
    firstContact: settings.firstContactUntil.value,
    decidedBy: settings.windowsDecidedBy.value,
    service: settings.concentratedService.value.otherwiseAt,
    turn: settings.jointTurnBy.value,
    light: light({ dueOn: '2026-11-25', workingDays: 5, today: '2026-11-20', profile, calendars }),
  }
}

const day = Object.fromEntries(hallIds.map((hallId) => [hallId, dayIn(hallId)])) as Record<
  HallId,
  ReturnType<typeof dayIn>
>
const across = <Key extends keyof ReturnType<typeof dayIn>>(key: Key) => hallIds.map((hallId) => day[hallId][key])

test('[NBU-9] [SSC-13] [ZJJ-22] Friday 16:40 is still today at one hall, too late at others', () => {
  // 宁大 closes at 16:30, SSC at 16:00 on Fridays; 沙工, 宿州 (17:00) and 张航 (17:30) still receive.
  expect(across('received')).toEqual(['2026-11-24', '2026-11-24', '2026-11-23', '2026-11-23', '2026-11-23'])
  expect(across('due')).toEqual(['2026-11-26', '2026-11-26', '2026-11-25', '2026-11-25', '2026-11-25'])
})

test('[ZJJ-27] six working days of a sheet hold everywhere but where the regulation caps them', () => {
  expect(across('isSixAllowed')).toEqual([true, true, true, false, true])
  expect(across('cap')).toEqual([6, 6, 6, 5, 6])
})

test('[SSC-20.3] [ZJJ-8] two units are a joint matter everywhere but at 张航, which leads it itself', () => {
  expect(across('isTwoUnitsJoint')).toEqual([true, true, true, false, true])
  expect(across('jointLedBy')).toEqual(['leadWindow', 'leadWindow', 'leadWindow', 'hall', 'handler'])
})

test('[NBU-4] [ZJJ-9] who explains, who is A, what they are called, and when first contact ends', () => {
  expect(across('explainer')).toEqual(['unit', 'unit', 'unit', 'hall', 'unit'])
  expect(across('roleB')).toEqual(['B岗', 'B角', 'B角', 'B角', 'B角'])
  expect(across('aRole')).toEqual(['unitStaff', 'unitStaff', 'studentAssistant', 'windowHead', 'unitStaff'])
  expect(across('firstContact')).toEqual(['solvedOrAnswered', 'pointedToWindow', 'taken', 'taken', 'taken'])
})

test('[NBU-7] [SSC-20.2] [REF-CQ4] what is told with a promise, and what must be settled before leaving', () => {
  expect(across('told')).toEqual([
    ...['process,dueOn', 'reason,dueOn', 'process,dueOn', 'dueOn', 'basis,dueOn,process,materials'],
  ])
  expect(across('endOfDay')).toEqual(['list', 'settleAll', 'list', 'list', 'list'])
  expect(new Set(across('refusalWord'))).toEqual(new Set(['不予办理']))
})

test('[NBU-3] [SSC-7] [NBU-2] [SZIT-2] who decides on windows, where services are held, how turns go', () => {
  expect(new Set(across('decidedBy')).size).toBe(4)
  expect(across('service')).toEqual(['student-affairs', null, 'information-desk', null, null])
  expect(across('turn')).toEqual(['term', 'term', 'schedule', 'term', 'term'])
})

test('[SUP-1] a light is the halls’ own proposal: the same until one of them changes it', () => {
  expect(new Set(across('light'))).toEqual(new Set(['normal']))
  const { profile } = halls.ssc
  const yellowDays = { value: { days: 3, longDays: 3, longOver: 7 }, cite: null }
  const sooner = { ...profile, settings: { ...profile.settings, yellowDays } }
  expect(light({ dueOn: '2026-11-25', workingDays: 5, today: '2026-11-20', profile: sooner, calendars })).toBe('near')
})

test('[ZJJ-27] the command itself stops six days at 张航 and nowhere else', () => {
  const flags = hallIds.map((hallId) => {
    const { profile } = halls[hallId]
    const item = sheetIn(hallId)
    const on = promiseOn({ receivedAt: friday, workingDays: 6, profile, calendars })
    const args = { workingDays: 6, on, level: 'ordinary' as const, reason: '示例', beyondReason: null }
    const materials = Object.fromEntries(item.materials.map(({ id }) => [id, { state: 'present', marks: [] }]))
    const image = { state: 'open', materials, promise: null, notices: [], acts: [] }
    const ctx = { item, profile, calendars, at: friday, seen: {}, cmdId: 'c' } as unknown as Ctx
    return accept
      .decide(image as never, args, ctx)
      .flags.filter(({ stops }) => stops)
      .map(({ code }) => code)
  })
  expect(flags).toEqual([[], [], [], ['limits.overCap'], []])
})

test('[NBU-2] another profile in an empty hall changes what it does, with no code touched', () => {
  // A new hall begins with 张航's file under its own name: its caps and its joint threshold hold there at once.
  const own = { ...halls.ssc.profile.hall, name: '示例中心', school: '示例学院', shortName: '示例中心' }
  const begun = rehomed(halls.zjj, { hallId: 'example', hall: own })
  const parsed = parseProfile(begun, 'example.json')
  if (!parsed.ok) throw new Error(parsed.errors.map(({ path, expected }) => `${path} ${expected}`).join('\n'))
  const { profile, items } = parsed
  expect([profile.id, profile.hall.name, items.every(({ hallId }) => hallId === 'example')]).toEqual([
    ...['example@1', '示例中心', true],
  ])
  const item = { ...items[0], promise: { level: 'ordinary', workingDays: 6, reason: '' } } as Item
  const asked = { item, level: 'ordinary' as const, workingDays: 6, beyondReason: null }
  expect(checkPromise({ ...asked, profile }).ok).toBe(false)
  const other = rehomed(halls.nbu, { hallId: 'example', hall: own }).profile
  expect(checkPromise({ ...asked, profile: other }).ok).toBe(true)
  const plan = { unit: { id: 'u', name: '示例' }, period: { from: '2026-12-01', to: '2026-12-01', hours: [] } }
  const service = {
    ...plan,
    windowId: 'student-affairs',
    items: [{ code: 'XG-001', name: '示例' }],
    place: '',
    note: '',
  }
  const ctx = (at: typeof profile) => ({ profile: at, aggId: 's', hallId: 'example', at: 0 }) as unknown as Ctx
  expect(openService.decide(null, service, ctx(profile)).outcome).toBe('rejected')
  expect(openService.decide(null, service, ctx(other)).outcome).toBe('applied')
})
