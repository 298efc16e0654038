import { canonicalJson } from '../core/canonical.ts'
import { addItemIssues } from '../profiles/cross-checks.ts'
import { expectedOf, foundText, pathText, valueAt } from '../profiles/issue-words.ts'
import { Item } from '../profiles/item-sheet.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Cell, Sheet, SheetRow } from './import-cells.ts'
import { columns, headerOfField, type Column } from './import-columns.ts'
import { itemOfRow, type RowTexts } from './import-item.ts'
import type { ImportError } from '../wire/import.ts'
import type { ImportPreview } from './import-answer.ts'
import { sheetGaps } from './sheet-gaps.ts'

/** What a file is compared with: the hall as it stands, all versions of its items, the day of the import. */
export interface ImportFrame {
  readonly file: string
  readonly profile: Profile
  readonly items: readonly Item[]
  readonly today: string
}

type Say = (row: number | null, column: string, what: { expected: string; found: string }) => void

interface Result {
  readonly item: Item
  readonly current: Item | null
  readonly changed: readonly { field: string; before: string; after: string }[]
}

/** The newest version of each code. */
export function newestOf(items: readonly Item[]): Map<string, Item> {
  const newest = new Map<string, Item>()
  for (const item of items) if (item.version > (newest.get(item.code)?.version ?? 0)) newest.set(item.code, item)
  return newest
}

const plain = (cell: Cell | undefined): string => (cell?.is === 'text' ? cell.text.trim() : '')

const isEmpty = ({ cells }: SheetRow): boolean =>
  cells.every((cell) => cell === null || (cell.is === 'text' && cell.text.trim() === ''))

/** Which column of the template stands at each place; every heading that is missing, doubled or unknown is an error. */
const headings = (head: SheetRow, say: Say): (Column | null)[] => {
  const names = head.cells.map(plain)
  names.forEach((name, index) => {
    if (name !== '' && !columns.some(({ header }) => header === name))
      say(head.row, name, { expected: '应是模板里的列名', found: '没有这一列' })
    else if (name !== '' && names.indexOf(name) !== index)
      say(head.row, name, { expected: '每列只能有一个', found: '重复的列' })
  })
  for (const { header, isRequired } of columns)
    if (isRequired && !names.includes(header)) say(head.row, header, { expected: '应有这一列', found: '（缺少）' })
  return names.map((name) => columns.find(({ header }) => header === name) ?? null)
}

const textsOf = (row: SheetRow, at: readonly (Column | null)[], say: Say): Map<string, string> | null => {
  const texts = new Map<string, string>()
  let isWhole = true
  for (const [index, column] of at.entries()) {
    if (!column) continue
    const read = column.read(row.cells[index] ?? null)
    const isMissing = 'text' in read && read.text === '' && column.isRequired
    if ('text' in read && !isMissing) {
      texts.set(column.field, read.text)
      continue
    }
    isWhole = false
    say(row.row, column.header, 'text' in read ? { expected: '必须填写', found: '（空）' } : read)
  }
  return isWhole ? texts : null
}

class Importer {
  readonly results: Result[] = []
  private readonly newest: Map<string, Item>
  private readonly seen = new Map<string, number>()
  private readonly frame: ImportFrame

  constructor(frame: ImportFrame) {
    this.frame = frame
    this.newest = newestOf(frame.items)
  }

  row(row: SheetRow, texts: Map<string, string>, say: Say): void {
    const code = texts.get('code') ?? ''
    this.once(code, row.row, say)
    const current = this.newest.get(code) ?? null
    if (current) this.fill(texts, current)
    const changed = this.changes(texts, current)
    const differs: RowTexts['differs'] = (field) => changed.some((one) => one.field === headerOfField(field))
    const version = (current?.version ?? 0) + 1
    const { profile, today } = this.frame
    const { item, faults } = itemOfRow({ texts, differs }, { profile, current, version, today })
    const gaps = faults.length > 0 ? [] : sheetGaps(item, profile).map((gap) => ({ ...gap, found: '（空）' }))
    for (const fault of [...faults, ...gaps]) say(row.row, headerOfField(fault.field), fault)
    if (faults.length + gaps.length === 0 && this.isSound(item, row.row, say))
      this.results.push({ item, current, changed })
  }

  private once(code: string, row: number, say: Say): void {
    const before = this.seen.get(code)
    if (before !== undefined)
      say(row, '事项编码', { expected: `编码不能重复，第 ${String(before)} 行已有`, found: '重复的编码' })
    this.seen.set(code, row)
  }

  /** A column the file leaves out says what the item says now. */
  private fill(texts: Map<string, string>, current: Item): void {
    for (const { field, show } of columns) if (!texts.has(field)) texts.set(field, show(current, this.frame.profile))
  }

  private changes(texts: Map<string, string>, current: Item | null): Result['changed'] {
    if (!current) return []
    return columns.flatMap(({ header, field, show }) => {
      const after = texts.get(field) ?? ''
      const before = show(current, this.frame.profile)
      const isSame = after === before || (field === 'effectiveOn' && after === '')
      return isSame ? [] : [{ field: header, before, after }]
    })
  }

  private isSound(item: Item, row: number, say: Say): boolean {
    const read = Item.safeParse(item)
    let isSound = read.success
    for (const issue of read.error?.issues ?? []) {
      const field = pathText(issue.path.filter((key) => typeof key === 'string'))
      say(row, headerOfField(field), { expected: expectedOf(issue), found: foundText(valueAt(item, issue.path)) })
    }
    if (read.success)
      addItemIssues(this.frame.profile, [item], ([, key], expected) => {
        isSound = false
        say(row, headerOfField(String(key)), { expected, found: foundText(valueAt(item, [String(key)])) })
      })
    return isSound
  }
}

/** Nobody mends more at a time; reading on would only cost. */
const enough = 500

/** What a file of items would change, or every place where it is wrong; with one error nothing of it is offered (X26). */
export function previewItems(sheets: readonly Sheet[], frame: ImportFrame): ImportPreview {
  const errors: ImportError[] = []
  const importer = new Importer(frame)
  let rows = 0
  const filled = sheets.filter((sheet) => sheet.rows.some((row) => !isEmpty(row)))
  for (const sheet of filled) {
    const say: Say = (row, column, { expected, found }) => {
      errors.push({ file: frame.file, sheet: sheet.name, row, column, expected, found })
    }
    const [head, ...body] = sheet.rows.filter((row) => !isEmpty(row))
    if (!head) continue
    const at = headings(head, say)
    if (errors.length > 0) continue
    for (const row of body) {
      if (errors.length >= enough) break
      rows += 1
      const texts = textsOf(row, at, say)
      if (texts) importer.row(row, texts, say)
    }
  }
  if (rows === 0 && errors.length === 0)
    errors.push({
      file: frame.file,
      sheet: '',
      row: null,
      column: '',
      expected: '应有列名一行和至少一个事项',
      found: '没有内容',
    })
  return previewOf(importer.results, { rows, errors })
}

/** The preview of read items: new, changed field by field, and how many stay as they are. */
export function previewOf(
  results: readonly Result[],
  { rows, errors }: { rows: number; errors: readonly ImportError[] },
): ImportPreview {
  const isFresh = ({ current, changed }: Result): boolean => current === null || changed.length > 0
  const listed = errors.length === 0
  return {
    rows,
    adds: results.filter(({ current }) => current === null).map(({ item: { code, name } }) => ({ code, name })),
    changes: results
      .filter(({ current, changed }) => current !== null && changed.length > 0)
      .map(({ item: { code, name }, changed }) => ({ code, name, fields: [...changed] })),
    same: results.filter((result) => !isFresh(result)).length,
    errors: errors.slice(0, enough),
    errorCount: errors.length,
    items: listed ? results.filter(isFresh).map(({ item }) => item) : [],
    profile: null,
  }
}

/** Whether two versions of a sheet say the same, apart from id, version and search text. */
export function isSameSheet(a: Item, b: Item): boolean {
  const bare = (item: Item): string => canonicalJson({ ...item, id: '', version: 0, search: null })
  return bare(a) === bare(b)
}
