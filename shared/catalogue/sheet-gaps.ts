import { articleOf } from '../profiles/cites.ts'
import type { Item } from '../profiles/item-sheet.ts'
import type { Profile } from '../profiles/profile.ts'
import type { SheetField } from '../profiles/settings.ts'

/** A sheet as it is being written: any of it may still be empty. */
export type SheetDraft = Pick<Item, 'name' | 'basis' | 'audience' | 'conditions' | 'process' | 'charge'>

/** A place of a sheet that must not stand empty, with the sentence of the article that demands it. */
export interface SheetGap {
  readonly field: string
  readonly expected: string
}

const isBlank = (text: string): boolean => text.trim() === ''

// A charge is the only part that may be wholly absent (不收费) and yet half written; 不用带材料 is complete.
const chargeGaps = ({ charge }: SheetDraft): [string, string][] =>
  charge === null
    ? []
    : [
        ...(isBlank(charge.basis) ? ([['charge.basis', '收费依据']] as [string, string][]) : []),
        ...(isBlank(charge.standard) ? ([['charge.standard', '收费标准']] as [string, string][]) : []),
      ]

const textGaps = (draft: SheetDraft): [SheetField, string][] => {
  const all: [SheetField, string, boolean][] = [
    ['name', '事项名称', isBlank(draft.name)],
    ['basis', '办理依据', isBlank(draft.basis)],
    ['audience', '服务对象', isBlank(draft.audience)],
    ['conditions', '申办条件', isBlank(draft.conditions)],
    ['process', '办理流程', draft.process.length === 0],
  ]
  return all.flatMap(([field, word, isEmpty]) => (isEmpty ? [[field, word] as [SheetField, string]] : []))
}

/** Who demands a field: the article of the hall's regulation (第九条), or 本厅约定 where it names none. */
export function demandOf(field: SheetField, { settings }: Profile): string {
  const { value, cite } = settings.sheetFields
  return (value.includes(field) ? articleOf(cite) : null) ?? '本厅约定'
}

/**
 * What a sheet still lacks before it may be published (SSC-17, ZJJ-9). A charged item needs both the basis and the
 * standard of its charge; an item without materials is complete.
 */
export function sheetGaps(draft: SheetDraft, profile: Profile): SheetGap[] {
  const say = (field: SheetField, word: string) => `按${demandOf(field, profile)}，应写明${word}`
  return [
    ...textGaps(draft).map(([field, word]) => ({ field, expected: say(field, word) })),
    ...chargeGaps(draft).map(([field, word]) => ({
      field,
      expected: `${say('charge', word)}；不收费的，依据和标准都留空`,
    })),
  ]
}
