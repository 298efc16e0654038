import readExcel from 'read-excel-file/node'
import type { Cell, Sheet, SheetRow } from '../../shared/catalogue/import-cells.ts'
import { BadFile, inspectXlsx } from './zip-guard.ts'

const maxRows = 50_000

const dayOf = (date: Date): string => date.toISOString().slice(0, 10)

const cellOf = (value: unknown): Cell => {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'string') return { is: 'text', text: value }
  if (typeof value === 'number') return { is: 'number', number: value }
  return value instanceof Date ? { is: 'date', on: dayOf(value) } : { is: 'other' }
}

const columnOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)

interface Place {
  readonly row: number
  readonly column: number
}

/** Cells whose XML holds a formula: a reader of values gives only its last result. */
const formulasIn = (xml: string): Place[] =>
  [...xml.matchAll(/<c\b[^>]*\br="([A-Z]{1,2})(\d{1,6})"[^>]*>\s*<f[\s>/]/g)].map(([, letters, row]) => ({
    column: columnOf(letters ?? ''),
    row: Number(row),
  }))

const rowCount = (xml: string): number => xml.split('<row').length - 1

/** Reads an .xlsx: looked into first (X23), then its values by sheet, with formulas marked as such. */
export const readXlsx = async (bytes: Buffer): Promise<Sheet[]> => {
  const parts = inspectXlsx(bytes)
  for (const xml of parts.values()) if (rowCount(xml) > maxRows) throw new BadFile(`应不超过 ${maxRows} 行`, '行数太多')
  const sheets = await readExcel(bytes, { trim: false })
  const found = [...parts.values()].flatMap(formulasIn)
  // With several sheets the parts' names do not say which is which: the file as a whole is refused.
  if (sheets.length !== 1 && found.length > 0)
    throw new BadFile('应是填好的内容，不能有公式', `${String(found.length)} 个单元格是公式`)
  return sheets.map(({ sheet, data }) => ({ name: sheet, rows: withFormulas(data, found) }))
}

// A formula that was never worked out has no value at all: its place is filled in, so that it is told of.
const withFormulas = (data: readonly (readonly unknown[])[], found: readonly Place[]): SheetRow[] => {
  const rows = data.map((values): Cell[] => values.map(cellOf))
  for (const { row, column } of found) {
    while (rows.length < row) rows.push([])
    const cells = rows[row - 1] ?? []
    while (cells.length < column) cells.push(null)
    cells[column - 1] = { is: 'formula' }
  }
  return rows.map((cells, at) => ({ row: at + 1, cells }))
}
