import type { Calendar } from '../calendar/calendar.ts'
import { localDay } from '../calendar/day.ts'
import { canonicalJson } from '../core/canonical.ts'
import { capFor, caseLight, limitOf, promiseOn, proposedDays, type Light } from '../limits/index.ts'
import type { Item } from '../profiles/item-sheet.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Settings } from '../profiles/settings.ts'
import type { OpenCase } from '../wire/open-cases.ts'

/** How a case under way stands: its date, and its light. */
export interface CaseStand {
  dueOn: string | null
  light: Light | 'stopped' | null
}

/** What a case received at a moment would be promised. */
export interface NewPromise {
  workingDays: number
  dueOn: string
  maxWorkingDays: number
  binding: 'fixed' | 'generally' | 'warned'
}

/** What would be otherwise: cases under way, and promises of cases yet to come, each before and after. */
export interface WhatIf {
  cases: { id: string; number: string; itemName: string; before: CaseStand; after: CaseStand }[]
  items: { code: string; name: string; before: NewPromise; after: NewPromise }[]
}

/** What a comparison looks at; `at` is now, UTC ms. */
export interface WhatIfData {
  cases: readonly OpenCase[]
  items: readonly Item[]
  calendars: readonly Calendar[]
  at: number
}

const readForCases = ['yellowDays', 'hours', 'weeklyClosures', 'clockWhileWaiting', 'isVacationCounted'] as const
const readForItems = [
  ...['limits', 'profileWinsOverSheet', 'hours', 'weeklyClosures', 'firstDayCounted'],
  'isVacationCounted',
] as const

/**
 * What a new version would change (issue C, 规章是数据): a case keeps what it was promised, so only its light, or a due
 * day moved by pauses, may differ; cases to come get the new limits. Looks only where a setting that is read differs.
 */
export function whatIf(before: Profile, after: Profile, data: WhatIfData): WhatIf {
  const differs = (keys: readonly (keyof Settings)[]) =>
    keys.some((key) => canonicalJson(before.settings[key].value) !== canonicalJson(after.settings[key].value))
  const cases = differs(readForCases) ? data.cases : []
  const items = differs(readForItems) ? data.items : []
  return {
    cases: cases.flatMap((one) => {
      const [was, is] = [standOf(one, before, data), standOf(one, after, data)]
      const { id, number, itemName } = one
      return same(was, is) ? [] : [{ id, number, itemName, before: was, after: is }]
    }),
    items: items.flatMap((item) => {
      const [was, is] = [promiseOf(item, before, data), promiseOf(item, after, data)]
      if (!was || !is || same(was, is)) return []
      return [{ code: item.code, name: item.name, before: was, after: is }]
    }),
  }
}

const same = (a: object, b: object): boolean => canonicalJson(a) === canonicalJson(b)

/** How a case stands under a version of the rules. */
export function standOf(
  one: OpenCase,
  profile: Profile,
  { calendars, at }: Pick<WhatIfData, 'calendars' | 'at'>,
): CaseStand {
  const terms = { profile, calendars, today: localDay(at) }
  return { dueOn: limitOf(one, terms)?.dueOn ?? null, light: caseLight(one, terms) }
}

/** What a case of an item, received now, would be promised under a version; null for what is done at once. */
export function promiseOf(
  item: Item,
  profile: Profile,
  { calendars, at }: Pick<WhatIfData, 'calendars' | 'at'>,
): NewPromise | null {
  if (item.kind === 'instant') return null
  const workingDays = proposedDays({ item, profile })
  const { maxWorkingDays, binding } = capFor(item.promise.level, { item, profile })
  return { workingDays, dueOn: promiseOn({ receivedAt: at, workingDays, profile, calendars }), maxWorkingDays, binding }
}
