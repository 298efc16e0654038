import { nextItems, type ConcentratedService, type ServicePlan } from '../../shared/halls/index.ts'
import { addDays } from '../../shared/calendar/day.ts'
import type { Item } from '../../shared/profiles/item-sheet.ts'
import type { Period } from '../../shared/profiles/period.ts'
import type { ActDraft } from '../local/act-types.ts'
import { draftOf, publishDrafts } from './publish-drafts.ts'

/**
 * Open a service and publish its items with its days in them (NBU 二): the sheet itself says when it may be received, so
 * that every tablet keeps to it offline. The sheets hold from today, the service only in its days.
 */
export function openDrafts(
  { id, plan }: { id: string; plan: ServicePlan },
  items: readonly Item[],
  today: string,
): ActDraft[] {
  const codes = new Set(plan.items.map(({ code }) => code))
  const sheets = nextItems(items, today, (item) => {
    if (!codes.has(item.code)) return null
    const periods = [...(item.concentrated?.periods ?? []), plan.period].sort((a, b) => (a.from < b.from ? -1 : 1))
    return { windowId: plan.windowId, concentrated: { unit: plan.unit.name, periods } }
  })
  return [draftOf('concentratedService.open', id, plan), ...publishDrafts([], sheets)]
}

/** End a service early: its last day is the day before, in the record and on the sheets. */
export function endDrafts(
  service: ConcentratedService,
  { on, reason }: { on: string; reason: string },
  { items, today }: { items: readonly Item[]; today: string },
): ActDraft[] {
  const codes = new Set(service.items.map(({ code }) => code))
  const sheets = nextItems(items, today, (item) => {
    if (!codes.has(item.code) || !item.concentrated) return null
    const periods = item.concentrated.periods.flatMap((period) => ended(period, service.period, on))
    return { concentrated: { ...item.concentrated, periods } }
  })
  const end = draftOf('concentratedService.end', service.id, { on, reason })
  return [end, ...publishDrafts([], sheets)]
}

function ended(period: Period, of: Period, on: string): Period[] {
  if (period.from !== of.from || period.to !== of.to) return [period]
  return on <= period.from ? [] : [{ ...period, to: addDays(on, -1) }]
}

/** Where a service stands on a day. */
export function serviceState(
  { period, endedOn }: Pick<ConcentratedService, 'period' | 'endedOn'>,
  today: string,
): string {
  if (endedOn !== null && today >= endedOn) return endedOn <= period.from ? '已取消' : '已提前结束'
  if (today < period.from) return '未开始'
  return today > period.to ? '已结束' : '进行中'
}
