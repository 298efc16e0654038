import type { Item } from '../profiles/item-sheet.ts'
import type { Profile } from '../profiles/profile.ts'
import { flowText } from './import-flow.ts'
import { dayTextOf, numberTextOf, textOf, tidy, type Cell, type CellText } from './import-cells.ts'

/** One column of the template: its heading, how a cell of it is read, and what it holds for an item. */
export interface Column {
  readonly header: string
  /** Field of the item, as issues name it. */
  readonly field: string
  readonly isRequired: boolean
  read(cell: Cell): CellText
  show(item: Item, profile: Profile): string
}

type Show = Column['show']

type Name = readonly [header: string, field: string]

const column = ([header, field]: Name, show: Show, more: Partial<Column> = {}): Column => ({
  ...{ header, field, isRequired: false, read: textOf },
  show: (item, profile) => tidy(show(item, profile)),
  ...more,
})

const kindWords = { instant: '即办件', committed: '承诺件', joint: '联办件' } as const
const levelWords = { ordinary: '一般', schoolStudy: '须学校研究', higherAuthority: '须上级审批' } as const

const keyOf = <Key extends string>(words: Readonly<Record<Key, string>>, word: string): Key | undefined =>
  (Object.keys(words) as Key[]).find((key) => words[key] === word)

/** 即办件 · 承诺件 · 联办件 as a kind; undefined for any other word. */
export const kindOfWord = (word: string): Item['kind'] | undefined => keyOf(kindWords, word)
/** 一般 · 须学校研究 · 须上级审批 as an approval level. */
export const levelOfWord = (word: string): Item['promise']['level'] | undefined => keyOf(levelWords, word)
/** The words a kind or level column may hold. */
export const kindChoices = Object.values(kindWords).join('、')
export const levelChoices = Object.values(levelWords).join('、')

const windowName: Show = (item, profile) =>
  profile.windows.find(({ id }) => id === item.windowId)?.name ?? item.windowId

const unitNames: Show = (item, profile) =>
  item.unitIds.map((id) => profile.units.find((unit) => unit.id === id)?.name ?? id).join('\n')

const partsOf = (...parts: string[]): string => {
  const last = parts.findLastIndex((part) => part !== '')
  return parts.slice(0, last + 1).join('｜')
}

const materialLines: Show = (item) => item.materials.map(({ name, how, note }) => partsOf(name, how, note)).join('\n')

const groundLines: Show = (item) => item.grounds.map(({ text, basis }) => partsOf(text, basis)).join('\n')

const daysShown: Show = ({ promise }) => (promise.workingDays === null ? '' : String(promise.workingDays))

/** 示例字段 names columns by their headings; a field without a column keeps its own name. */
const sampleNames: Show = (item) => item.sample.map(headerOfField).join('\n')

/** The template, in its order; the same columns go out and come in, so that an export changes nothing when imported. */
export const columns: readonly Column[] = [
  column(['事项编码', 'code'], (item) => item.code, { isRequired: true }),
  column(['事项名称', 'name'], (item) => item.name, { isRequired: true }),
  column(['别名', 'aliases'], (item) => item.aliases.join('\n')),
  column(['办理窗口', 'windowId'], windowName, { isRequired: true }),
  column(['责任单位', 'unitIds'], unitNames, { isRequired: true }),
  column(['类型', 'kind'], (item) => kindWords[item.kind], { isRequired: true }),
  column(['依据', 'basis'], (item) => item.basis, { isRequired: true }),
  column(['服务对象', 'audience'], (item) => item.audience, { isRequired: true }),
  column(['条件', 'conditions'], (item) => item.conditions, { isRequired: true }),
  column(['流程', 'process'], (item) => item.process.join('\n'), { isRequired: true }),
  column(['材料', 'materials'], materialLines),
  column(['承诺工作日', 'promise.workingDays'], daysShown, { read: numberTextOf }),
  column(['审批层级', 'promise.level'], (item) => levelWords[item.promise.level]),
  column(['承诺原由', 'promise.reason'], (item) => item.promise.reason),
  column(['联办与审批', 'flow'], flowText),
  column(['收费依据', 'charge.basis'], (item) => item.charge?.basis ?? ''),
  column(['收费标准', 'charge.standard'], (item) => item.charge?.standard ?? ''),
  column(['不予办理依据', 'grounds'], groundLines),
  column(['地点', 'place'], (item) => item.place, { isRequired: true }),
  column(['网上办理地址', 'onlineUrl'], (item) => item.onlineUrl ?? ''),
  column(['办理结果', 'results'], (item) => item.results.join('\n'), { isRequired: true }),
  column(['生效日期', 'effectiveOn'], (item) => item.effectiveOn, { read: dayTextOf }),
  column(['示例字段', 'sample'], sampleNames),
]

/** The heading that shows a field, the field's own name when none does. */
export function headerOfField(field: string): string {
  return columns.find((one) => one.field === field || one.field.startsWith(`${field}.`))?.header ?? field
}

/** The field a heading in 示例字段 means. */
export function fieldOfHeader(header: string): string {
  const field = columns.find((one) => one.header === header)?.field
  return field?.split('.')[0] ?? header
}

/** A row of the template for an item, in the order of the columns. */
export function rowOfItem(item: Item, profile: Profile): string[] {
  return columns.map(({ show }) => show(item, profile))
}
