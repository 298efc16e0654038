import { columns, kindChoices, levelChoices, rowOfItem } from '../../../shared/catalogue/import-columns.ts'
import { demandOf, sheetGaps, type Item, type SheetDraft } from '../../../shared/catalogue/index.ts'
import { csvOf } from '../../../shared/core/armour.ts'
import type { Profile } from '../../../shared/profiles/profile.ts'
import type { SheetField } from '../../../shared/profiles/settings.ts'

/** A sheet as it is being edited: texts by the template's headings, so that form and file are read by one rule. */
export type SheetTexts = Record<string, string>

/** One field of the form. */
export interface FormField {
  readonly header: string
  readonly hint?: string
  readonly rows?: number
  readonly type?: 'date' | 'number'
  readonly choices?: readonly string[]
  /** Which article demands it, or 本厅约定; undefined for what may stand empty. */
  readonly demandedBy?: string
}

type Look = Omit<FormField, 'header' | 'demandedBy'>

const looks: Readonly<Record<string, Look>> = {
  别名: { rows: 2, hint: '一行一个，查找时用' },
  责任单位: { rows: 2, hint: '一行一个，第一个负责' },
  依据: { rows: 2 },
  服务对象: { rows: 2 },
  条件: { rows: 3 },
  流程: { rows: 4, hint: '一行一步' },
  材料: { rows: 4, hint: '一行一份：名称｜怎样补｜说明。不用带材料就留空' },
  承诺工作日: { type: 'number', hint: '即办件留空' },
  收费依据: { rows: 2, hint: '不收费的，依据和标准都留空' },
  收费标准: { rows: 2 },
  不予办理依据: { rows: 3, hint: '一行一条：情形｜依据' },
  办理结果: { rows: 2, hint: '一行一种' },
  网上办理地址: { hint: '能在网上办的，写 https:// 开头的地址' },
  示例字段: { rows: 2, hint: '内容是示例的列名，一行一个；核实后去掉' },
  生效日期: { type: 'date', hint: '这一天以前收的件仍按旧版办' },
}

const fieldOf: Readonly<Record<string, SheetField>> = {
  事项名称: 'name',
  依据: 'basis',
  服务对象: 'audience',
  条件: 'conditions',
  流程: 'process',
  承诺工作日: 'promise',
  收费依据: 'charge',
  收费标准: 'charge',
}

const choicesOf = (header: string, profile: Profile): Pick<FormField, 'choices'> => {
  if (header === '办理窗口') return { choices: profile.windows.map(({ name }) => name) }
  if (header === '类型') return { choices: kindChoices.split('、') }
  return header === '审批层级' ? { choices: levelChoices.split('、') } : {}
}

/** The fields of the form in the template's order; the code is the item's own and stays. */
export function formFields(profile: Profile): FormField[] {
  return columns
    .filter(({ header }) => header !== '事项编码')
    .map(({ header }) => {
      const field = fieldOf[header]
      return {
        ...{ header, ...looks[header], ...choicesOf(header, profile) },
        ...(field ? { demandedBy: demandOf(field, profile) } : {}),
      }
    })
}

/** A sheet's texts, to begin with. */
export function textsOf(item: Item, profile: Profile): SheetTexts {
  const row = rowOfItem(item, profile)
  return Object.fromEntries(columns.map(({ header }, at) => [header, row[at] ?? '']))
}

const draftOf = (texts: SheetTexts): SheetDraft => {
  const text = (header: string) => (texts[header] ?? '').trim()
  const [basis, standard] = [text('收费依据'), text('收费标准')]
  return {
    ...{ name: text('事项名称'), basis: text('依据'), audience: text('服务对象'), conditions: text('条件') },
    process: text('流程').split('\n').filter(Boolean),
    charge: basis === '' && standard === '' ? null : { basis, standard },
  }
}

/** What still has to be filled before the sheet may be published, by heading (SSC-17, ZJJ-9). */
export function errorsOf(texts: SheetTexts, { profile, today }: { profile: Profile; today: string }): SheetTexts {
  const gaps = sheetGaps(draftOf(texts), profile)
  const headerOf = (field: string) => columns.find((one) => one.field === field)?.header ?? field
  const from = texts['生效日期'] ?? ''
  return {
    ...Object.fromEntries(gaps.map(({ field, expected }) => [headerOf(field), `${expected}。`])),
    ...(from < today ? { 生效日期: '请填今天或以后的日期：已经过去的日子，当时的表不能再改。' } : {}),
  }
}

/** The form as a file of one row, to be read by the import. */
export function fileOf(texts: SheetTexts): File {
  const heads = columns.map(({ header }) => header)
  const rows = [heads, heads.map((header) => texts[header] ?? '')]
  return new File([`\uFEFF${csvOf(rows)}`], `${texts['事项编码'] ?? '事项'}.csv`)
}
