import { armoured, unarmoured } from '../core/armour.ts'

export { armoured, unarmoured }

/** A cell as a spreadsheet or CSV file gave it. Anything but text says how the program that wrote it understood it. */
export type Cell =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'number'; readonly number: number }
  | { readonly is: 'date'; readonly on: string }
  | { readonly is: 'formula' }
  | { readonly is: 'undecodable' }
  | { readonly is: 'other' }
  | null

/** One row with its number as people see it, from 1. */
export interface SheetRow {
  readonly row: number
  readonly cells: readonly Cell[]
}

/** One sheet of a file; a CSV file is one sheet without a name. */
export interface Sheet {
  readonly name: string
  readonly rows: readonly SheetRow[]
}

/** What a cell says, or what was expected and found instead. */
export type CellText = { readonly text: string } | { readonly expected: string; readonly found: string }

/** `2.02E+11`, also without the plus: a long number after a spreadsheet program has rounded it. */
const eaten = /^-?\d+(\.\d+)?e\+?\d+$/i

/** Every way a line ends becomes one; blanks at both ends of each line and empty lines go; text is NFC (X7). */
export function tidy(text: string): string {
  return text
    .normalize('NFC')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
}

function shown(number: number): string {
  return `数字 ${String(number)}`
}

const asText = '应是文字：请把这一列设为“文本”格式再填'

/** Reads a cell that holds text: a number, a date or a formula in its place has lost what was typed (X25). */
export function textOf(cell: Cell): CellText {
  if (cell === null) return { text: '' }
  switch (cell.is) {
    case 'text':
      if (eaten.test(cell.text.trim()))
        return { expected: '应是完整的数字或文字，不是科学计数', found: '科学计数形式的数字' }
      return { text: tidy(unarmoured(cell.text)) }
    case 'number':
      return { expected: asText, found: shown(cell.number) }
    case 'date':
      return { expected: asText, found: `日期 ${cell.on}` }
    default:
      return oddCell(cell.is)
  }
}

/** Reads a cell that holds a whole number, written as a number or as text. */
export function numberTextOf(cell: Cell): CellText {
  if (cell?.is === 'number') {
    const isWhole = Number.isSafeInteger(cell.number)
    return isWhole ? { text: String(cell.number) } : { expected: '应是整数', found: shown(cell.number) }
  }
  return textOf(cell)
}

/** Reads a cell that holds a day, written as a date or as `2026-09-01`. A bare number is a date that lost its format. */
export function dayTextOf(cell: Cell): CellText {
  if (cell?.is === 'date') return { text: cell.on }
  if (cell?.is === 'number') return { expected: '应是日期，写成 2026-09-01 的样子', found: shown(cell.number) }
  return textOf(cell)
}

function oddCell(is: 'formula' | 'undecodable' | 'other'): CellText {
  if (is === 'formula') return { expected: '应是填好的内容，不能是公式', found: '公式' }
  if (is === 'undecodable') return { expected: '应是能读懂的文字', found: '有无法解码的字节' }
  return { expected: asText, found: '真假值或错误值' }
}
