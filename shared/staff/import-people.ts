import { z } from 'zod'
import type { Cell, CellText, Sheet, SheetRow } from '../catalogue/index.ts'
import { day, plainId } from '../core/text.ts'
import type { Profile } from '../profiles/profile.ts'
import { ImportChange, ImportError } from '../wire/import.ts'
import { kindChoices, kindOfWord, middleRankWord, peopleColumns, type PeopleColumn } from './people-columns.ts'
import { PersonFields, Training, type Person } from './person.ts'

/** Somebody a list would put on record or change. `personId` null: not on record yet. */
export const ListedPerson = z.strictObject({
  personId: plainId.nullable(),
  fields: PersonFields.partial(),
  number: z.string(),
  phone: z.string(),
  isContactNew: z.boolean(),
  training: Training.nullable(),
})
export type ListedPerson = z.infer<typeof ListedPerson>

/** What a list of people would change; nothing is written by looking. */
export const PeoplePreview = z.strictObject({
  rows: z.int(),
  adds: z.array(z.strictObject({ code: z.string(), name: z.string() })),
  changes: z.array(ImportChange),
  same: z.int(),
  errors: z.array(ImportError),
  errorCount: z.int(),
  people: z.array(ListedPerson),
})
export type PeoplePreview = z.infer<typeof PeoplePreview>

/** What a list is compared with. */
export interface PeopleFrame {
  readonly file: string
  readonly profile: Profile
  readonly people: readonly Person[]
}

type Say = (row: number | null, column: string, what: { expected: string; found: string }) => void
type Texts = Map<string, string>

const mostRows = 5000
const mostErrors = 200

/** Read a list of people: all rows right, or every place where one is wrong (as 事项 are imported). */
export function previewPeople(sheets: readonly Sheet[], frame: PeopleFrame): PeoplePreview {
  const errors: PeoplePreview['errors'] = []
  const read: { row: number; texts: Texts }[] = []
  for (const sheet of sheets) {
    const say: Say = (row, column, what) => errors.push({ file: frame.file, sheet: sheet.name, row, column, ...what })
    read.push(...rowsOf(sheet, say))
  }
  const sheetOne = sheets[0]?.name ?? ''
  const say: Say = (row, column, what) => errors.push({ file: frame.file, sheet: sheetOne, row, column, ...what })
  if (read.length === 0 && errors.length === 0)
    say(null, '', { expected: '应有列名一行和至少一个人', found: '没有内容' })
  if (read.length > mostRows) say(null, '', { expected: `应不超过 ${String(mostRows)} 人`, found: '行数太多' })
  return previewOf(read, frame, { say, errors })
}

function rowsOf(sheet: Sheet, say: Say): { row: number; texts: Texts }[] {
  const isFull = ({ cells }: SheetRow): boolean => cells.some((cell) => cell !== null)
  const [head, ...body] = sheet.rows.filter(isFull)
  if (!head) return []
  const names = head.cells.map((cell) => (cell?.is === 'text' ? cell.text.trim() : ''))
  const at = names.map((name) => peopleColumns.find(({ header }) => header === name) ?? null)
  names.forEach((name, index) => {
    if (name !== '' && !at[index]) say(head.row, name, { expected: '应是模板里的列名', found: '没有这一列' })
  })
  for (const { header, isRequired } of peopleColumns)
    if (isRequired && !names.includes(header)) say(head.row, header, { expected: '应有这一列', found: '（缺少）' })
  return body.map((row) => ({ row: row.row, texts: textsOf(row, at, say) }))
}

function textsOf({ row, cells }: SheetRow, at: readonly (PeopleColumn | null)[], say: Say): Texts {
  const texts: Texts = new Map()
  for (const [index, column] of at.entries()) {
    if (!column) continue
    const read = readCell(cells[index] ?? null, column)
    if (!('text' in read)) say(row, column.header, read)
    else if (read.text === '' && column.isRequired) say(row, column.header, { expected: '必须填写', found: '（空）' })
    else texts.set(column.key, read.text)
  }
  return texts
}

/** A person's number is a text that spreadsheets like to take for a figure. */
function readCell(cell: Cell, { key, read }: PeopleColumn): CellText {
  const isWhole = cell?.is === 'number' && Number.isSafeInteger(cell.number) && key !== 'trainedOn'
  return isWhole ? { text: String(cell.number) } : read(cell)
}

interface Sink {
  say: Say
  errors: PeoplePreview['errors']
}

function previewOf(read: readonly { row: number; texts: Texts }[], frame: PeopleFrame, sink: Sink): PeoplePreview {
  const known = new Map(frame.people.map((person) => [String(person.pii.number ?? ''), person]))
  const seen = new Map<string, number>()
  const preview: PeoplePreview = {
    rows: read.length,
    adds: [],
    changes: [],
    same: 0,
    errors: [],
    errorCount: 0,
    people: [],
  }
  for (const { row, texts } of read) {
    const number = texts.get('number') ?? ''
    const before = seen.get(number)
    if (number !== '' && before !== undefined)
      sink.say(row, '工号或学号', { expected: `不能重复，第 ${String(before)} 行已有`, found: number })
    seen.set(number, row)
    const listed = listedOf({ row, texts }, frame.profile, sink.say)
    if (listed) addTo(preview, listed, { current: known.get(number), profile: frame.profile })
  }
  const isRight = sink.errors.length === 0
  const { people, ...rest } = preview
  return {
    ...rest,
    ...{ people: isRight ? people : [], errors: sink.errors.slice(0, mostErrors), errorCount: sink.errors.length },
  }
}

type Listed = { texts: Texts; fields: PersonFields; training: Training | null }

/** One row as a person, or what is wrong with it. */
function listedOf({ row, texts }: { row: number; texts: Texts }, profile: Profile, say: Say): Listed | null {
  const text = (key: string): string => texts.get(key) ?? ''
  const unitOf = (key: string, header: string): string | null => {
    const name = text(key)
    const unit = profile.units.find((one) => one.name === name)
    if (name !== '' && !unit) say(row, header, { expected: '应是本厅规章里的单位名称', found: name })
    return unit?.id ?? null
  }
  const { personKind, rank, on } = choicesOf(texts, (...told) => say(row, ...told))
  const fields = PersonFields.safeParse({
    ...{ name: text('name'), personKind, unitId: unitOf('unitId', '单位'), college: text('college'), rank },
    ...{ badgeNo: text('badgeNo'), conditions: [], conditionNote: '' },
  })
  if (!fields.success) say(row, '姓名', { expected: '应是不太长的一行文字', found: '太长或有不能保存的字符' })
  const unitId = unitOf('trainedBy', '培训单位')
  const training = on === '' ? null : { windowId: null, unitId, on, what: '' }
  return fields.success ? { texts, fields: fields.data, training } : null
}

type Tell = (column: string, what: { expected: string; found: string }) => void

/** The columns that hold one of a few words, or a day. */
function choicesOf(texts: Texts, tell: Tell): { personKind: string; rank: string; on: string } {
  const text = (key: string): string => texts.get(key) ?? ''
  const personKind = kindOfWord(text('personKind'))
  if (!personKind) tell('类别', { expected: `应是${kindChoices}`, found: text('personKind') })
  const isPlain = text('rank') === ''
  if (!isPlain && text('rank') !== middleRankWord)
    tell('职级', { expected: `应是${middleRankWord}，或不填`, found: text('rank') })
  return {
    personKind: personKind ?? 'staff',
    rank: isPlain ? 'none' : 'middleRank',
    on: dayOf(text('trainedOn'), tell),
  }
}

function dayOf(on: string, tell: Tell): string {
  if (on !== '' && !day.safeParse(on).success) tell('培训日期', { expected: '应是 2026-09-01 的样子', found: on })
  return on
}

const compared = ['name', 'personKind', 'unitId', 'college', 'rank', 'badgeNo'] as const

/** Puts one person of the list where they belong: new, changed field by field, or as they are. */
function addTo(
  preview: PeoplePreview,
  { texts, fields, training }: Listed,
  { current, profile }: { current: Person | undefined; profile: Profile },
): void {
  const [number, phone] = [texts.get('number') ?? '', texts.get('phone') ?? '']
  const named = { code: number, name: fields.name }
  if (!current) {
    preview.adds.push(named)
    preview.people.push({ personId: null, fields, number, phone, isContactNew: true, training })
    return
  }
  const shown = peopleColumns.filter(({ key, show }) => texts.has(key) && show(current, profile) !== texts.get(key))
  if (shown.length === 0) {
    preview.same += 1
    return
  }
  const changed = compared.filter((key) => texts.has(key) && current[key] !== fields[key])
  const isNew = shown.some(({ key }) => key === 'trainedOn' || key === 'trainedBy')
  preview.changes.push({
    ...named,
    fields: shown.map(({ header, key, show }) => ({
      ...{ field: header, before: show(current, profile), after: texts.get(key) ?? '' },
    })),
  })
  preview.people.push({
    ...{ personId: current.id, fields: Object.fromEntries(changed.map((key) => [key, fields[key]])), number, phone },
    ...{ isContactNew: shown.some(({ key }) => key === 'phone'), training: isNew ? training : null },
  })
}
