import { hallGrounds } from './hall-grounds.ts'
import type { Item, ItemGround } from '../profiles/item-sheet.ts'
import type { Profile } from '../profiles/profile.ts'
import { explainerOf, explainerWords, isSample, kindWord, promiseWords } from './item.ts'

/** One line of a sheet: its label, its text or its list, and whether the content is invented (示例). */
export interface SheetLine {
  key: string
  label: string
  text?: string
  steps?: readonly string[]
  papers?: readonly { name: string; how: string }[]
  isSample: boolean
}

/** What a sheet takes from its hall's profile, on the tablet or by the public answer: names behind ids, grounds of every item. */
export interface SheetNames {
  window: string
  units: string
  /** 内容、流程、结果由…解释 (NBU-4). */
  explainer: string
  /** Grounds for 不予办理 that hold for every item, by the regulation or the hall (SSC-20.2). */
  hallGrounds: readonly Omit<ItemGround, 'id'>[]
}

/** The names behind a sheet's ids, as a profile has them. */
export function sheetNames(item: Item, profile: Profile): SheetNames {
  const units = profile.units.filter(({ id }) => item.unitIds.includes(id))
  return {
    window: profile.windows.find(({ id }) => id === item.windowId)?.name ?? '',
    units: units.map(({ name }) => name).join('、'),
    explainer: explainerWords(explainerOf(item, profile)),
    hallGrounds: hallGrounds(profile),
  }
}

/** 承诺时限 as the sheet tells it. */
export function promiseText(item: Item): string {
  const { kind, promise } = item
  if (promise.workingDays === null) return promiseWords(item)
  const reason = promise.reason ? `（${promise.reason}）` : ''
  const from = kind === 'joint' ? '统一受理的次日' : '受理的次日'
  return `${promiseWords(item)}，从${from}起算，遇周末、节假日顺延${reason}`
}

/** 收费: the standard and what it rests on, or 不收费 (ZJJ-9). */
export function chargeText({ charge }: Item): string {
  return charge ? `${charge.standard}（依据：${charge.basis}）` : '不收费'
}

/** The whole of a sheet (一事一表), in one order for screen, public page and paper alike (SSC-17, ZJJ-9). */
export function sheetLines(item: Item, names: SheetNames): SheetLine[] {
  const line = (key: string, label: string, rest: Omit<SheetLine, 'key' | 'label' | 'isSample'>): SheetLine => ({
    ...{ key, label, isSample: isSample(item, key) },
    ...rest,
  })
  const grounds = (key: string, label: string, list: SheetNames['hallGrounds']): SheetLine[] =>
    list.length === 0
      ? []
      : [line(key, label, { papers: list.map(({ text, basis }) => ({ name: text, how: `依据：${basis}` })) })]
  const papers = item.materials.map(({ name, how, note }) => ({ name, how: [how, note].filter(Boolean).join('；') }))
  return [
    line('name', '事项名称', { text: item.name }),
    line('kind', '办件类型', { text: kindWord(item.kind) }),
    line('basis', '办理依据', { text: item.basis }),
    line('audience', '服务对象', { text: item.audience }),
    line('conditions', '申办条件', { text: item.conditions }),
    papers.length > 0
      ? line('materials', '所需材料', { papers })
      : line('materials', '所需材料', { text: '不用带材料' }),
    line('process', '办理流程', { steps: item.process }),
    line('promise', '承诺时限', { text: promiseText(item) }),
    line('charge', '收费', { text: chargeText(item) }),
    line('place', '办理窗口', { text: `${names.window}，${item.place}` }),
    line('units', '责任部门', { text: names.units }),
    line('explainer', '谁来解释', { text: names.explainer }),
    ...grounds('grounds', '不予办理的情形', item.grounds),
    // Apart from the sheet's own, which may be 示例.
    ...grounds('hallGrounds', '各事项通用的不予办理情形', names.hallGrounds),
    ...(item.onlineUrl ? [line('onlineUrl', '网上办理', { text: item.onlineUrl })] : []),
  ]
}
