import { formatDayLong } from '../../shared/calendar/day.ts'
import type { ToldField } from '../../shared/profiles/settings.ts'
import type { OutcomeRules, Proposal } from './outcome-for.ts'

/** One thing the hall's rules have told with a promise, as the clerk says it and the receipt writes it. */
export interface ToldLine {
  field: ToldField
  label: string
  text: string
}

const labels: Record<ToldField, string> = {
  process: '流程',
  dueOn: '办结时间',
  reason: '原由',
  basis: '依据',
  materials: '材料',
}

/** What the profile asks to be told with a promise (SSC-20.2, NBU-7, REF-CQ4), in its order. */
export function toldLines({ on, reason }: Proposal, { item, profile }: OutcomeRules): ToldLine[] {
  const text: Record<ToldField, string> = {
    process: item.process.join(' → '),
    dueOn: `${formatDayLong(on)}前办结`,
    reason,
    basis: item.basis,
    materials: item.materials.map(({ name }) => name).join('、') || '不用交材料',
  }
  return profile.settings.toldWithPromise.value.map((field) => ({ field, label: labels[field], text: text[field] }))
}

/** 流程、办结时间: what was told with a promise, for its line in the course. */
export function toldWords(told: readonly string[] | undefined): string {
  return (told ?? []).map((field) => labels[field as ToldField]).join('、')
}
