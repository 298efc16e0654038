import { expect, test } from 'vitest'
import { momentOf } from '../../shared/calendar/day.ts'
import { receive, serviceFlags } from '../../shared/cases/index.ts'
import type { Ctx } from '../../shared/core/command.ts'
import { openService, type ConcentratedService, type ServicePlan } from '../../shared/halls/index.ts'
import { endDrafts, openDrafts, serviceState } from '../../client/halls/service-acts.ts'
import { halls, type HallId } from '../../shared/profiles/halls.ts'
import { Item } from '../../shared/profiles/item-sheet.ts'
import { sentenceOf } from '../../shared/sentences.ts'

const period = { from: '2026-10-12', to: '2026-10-14', hours: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '11:00' }] }

/** A hall whose finance office has no window: the item waits at the window of the profile. */
function hallWith(hallId: HallId) {
  const { profile, items } = halls[hallId]
  const windowId = profile.settings.concentratedService.value.otherwiseAt ?? ''
  const [some] = items.filter((item) => item.windowId === windowId && item.kind !== 'instant')
  if (!some) throw new Error(`${hallId} has no item at ${windowId}`)
  const unit = { id: 'guest', name: '示例·计划财务处' }
  const plan: ServicePlan = {
    unit,
    period,
    windowId,
    items: [{ code: some.code, name: some.name }],
    place: '',
    note: '',
  }
  const [open, publish] = openDrafts({ id: 's1', plan }, items, '2026-10-09')
  const sheet = (publish?.args as { item: Item }).item
  const image = { ...plan, id: 's1', hallId, kind: 'concentratedService', endedOn: null } as ConcentratedService
  return { profile, items: [...items, sheet], plan, open, sheet, image }
}

const flagsAt = (hallId: HallId, on: string, time: string) => {
  const { sheet, profile } = hallWith(hallId)
  return serviceFlags(sheet, { at: momentOf(on, time), profile })
}

test.each([
  ['2026-10-11', '10:00', true],
  ['2026-10-12', '08:59', true],
  ['2026-10-12', '09:00', false],
  ['2026-10-13', '10:59', false],
  ['2026-10-13', '11:00', true],
  ['2026-10-14', '10:00', false],
  ['2026-10-15', '10:00', true],
])('[NBU-2] on %s at %s receiving is stopped: %s', (day, time, isStopped) => {
  expect(flagsAt('nbu', day, time).map(({ stops }) => stops)).toEqual(isStopped ? [true] : [])
})

test('[NBU-2] [SZIT-1] the sentence names the unit, consultation and guidance; the article is the hall’s own', () => {
  const [nbu] = flagsAt('nbu', '2026-10-15', '10:00')
  const [szit] = flagsAt('szit', '2026-10-15', '10:00')
  expect([nbu?.cite, szit?.cite]).toEqual(['NBU-2', 'SZIT-三'])
  expect(sentenceOf(nbu?.code ?? '', nbu?.facts)).toMatch(/示例·计划财务处没有窗口.*只作咨询与指导，不能收件/)
})

test('[NBU-2] the command itself carries the stop, so that a tap is refused and a paper already given is recorded', () => {
  const { sheet, profile } = hallWith('nbu')
  const args = {
    ...{ number: 'XG-261015-K7-1', itemId: sheet.id, ticket: null, materials: [] },
    student: { name: '示例·王同学', studentNo: '20240117', phone: '' },
  }
  const ctx = (at: number) => ({ item: sheet, profile, at, aggId: 'x', hallId: 'nbu', calendars: [] }) as unknown as Ctx
  const outside = receive.decide(null, args, ctx(momentOf('2026-10-15', '10:00')))
  expect([outside.outcome, outside.flags.map(({ code, stops }) => [code, stops])]).toEqual([
    'applied',
    [['outsideService', true]],
  ])
  const within = receive.decide(null, args, ctx(momentOf('2026-10-13', '10:00')))
  expect([within.outcome, within.flags]).toEqual(['applied', []])
})

test('[NBU-2] an item of a unit with a window is never touched by it', () => {
  for (const item of halls.nbu.items) expect(serviceFlags(item, { at: 0, profile: halls.nbu.profile })).toEqual([])
})

test('[NBU-2] opening publishes the sheets with the days in them; ending early takes them out from that day', () => {
  const { sheet, image, items, open } = hallWith('nbu')
  expect(Item.safeParse(sheet).success).toBe(true)
  expect([open?.type, sheet.version, sheet.concentrated?.periods]).toEqual(['concentratedService.open', 2, [period]])
  const [end, later] = endDrafts(image, { on: '2026-10-14', reason: '示例：已办完' }, { items, today: '2026-10-13' })
  const ended = (later?.args as { item: Item }).item
  expect([end?.type, ended.version, ended.concentrated?.periods]).toEqual([
    'concentratedService.end',
    3,
    [{ ...period, to: '2026-10-13' }],
  ])
  const off = endDrafts(image, { on: '2026-10-12', reason: '示例：不来了' }, { items, today: '2026-10-11' })[1]
  expect((off?.args as { item: Item }).item.concentrated?.periods).toEqual([])
  expect(['2026-10-11', '2026-10-13', '2026-10-15'].map((day) => serviceState(image, day))).toEqual([
    '未开始',
    '进行中',
    '已结束',
  ])
})

test.each<[HallId, string, string]>([
  ['nbu', 'student-affairs', 'applied'],
  ['nbu', 'careers', 'rejected'],
  ['szit', 'information-desk', 'applied'],
  ['ssc', 'general', 'rejected'],
  ['zjj', 'enquiries', 'rejected'],
])('[NBU-2] %s at %s: opening one is %s, as the profile says', (hallId, windowId, outcome) => {
  const { plan } = hallWith('nbu')
  const ctx = {
    profile: halls[hallId].profile,
    aggId: 's',
    hallId,
    at: 0,
    actorId: 'a',
    actorName: 'a',
  } as unknown as Ctx
  expect(openService.decide(null, { ...plan, windowId }, ctx).outcome).toBe(outcome)
})
