import type { Cell, Sheet, SheetRow } from '../../shared/catalogue/import-cells.ts'
import { BadFile } from './zip-guard.ts'

/** Encodings a CSV file may be in; Excel on a Chinese Windows writes the fourth. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'

const decode = (bytes: Uint8Array, encoding: Encoding): string => new TextDecoder(encoding).decode(bytes)

const badCount = (text: string): number => text.split('\uFFFD').length - 1

const nulShare = (bytes: Uint8Array, odd: 0 | 1): number => {
  const end = Math.min(bytes.length, 2000)
  let nuls = 0
  for (let i = odd; i < end; i += 2) if (bytes[i] === 0) nuls += 1
  return nuls / Math.max(1, end / 2)
}

const markOf = (bytes: Uint8Array): Encoding | null => {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  return null
}

/** Finds the encoding: by its mark, by the zero bytes of UTF-16, else the one of UTF-8 and GB18030 that reads better. */
export const decodeCsv = (bytes: Uint8Array): { text: string; encoding: Encoding } => {
  const marked = markOf(bytes)
  if (marked) return { text: decode(bytes, marked), encoding: marked }
  if (nulShare(bytes, 1) > 0.2) return { text: decode(bytes, 'utf-16le'), encoding: 'utf-16le' }
  if (nulShare(bytes, 0) > 0.2) return { text: decode(bytes, 'utf-16be'), encoding: 'utf-16be' }
  const utf8 = decode(bytes, 'utf-8')
  if (badCount(utf8) === 0) return { text: utf8, encoding: 'utf-8' }
  const gb = decode(bytes, 'gb18030')
  return badCount(gb) < badCount(utf8) ? { text: gb, encoding: 'gb18030' } : { text: utf8, encoding: 'utf-8' }
}

const delimiterOf = (text: string): string => {
  const head = text.slice(0, text.search(/[\r\n]|$/))
  const counted = [',', ';', '\t'].map((mark) => ({ mark, n: head.split(mark).length }))
  return counted.reduce((best, next) => (next.n > best.n ? next : best)).mark
}

const cellOf = (text: string): Cell => {
  if (text === '') return null
  return text.includes('\uFFFD') ? { is: 'undecodable' } : { is: 'text', text }
}

const maxRows = 50_000
const maxCells = 200

/** Walks a CSV text once: quoted cells may hold delimiters, doubled quotes and line ends. */
class CsvReader {
  readonly rows: SheetRow[] = []
  private cells: Cell[] = []
  private line = 1
  private rowLine = 1
  private readonly text: string
  private readonly delimiter: string

  constructor(text: string, delimiter: string) {
    this.text = text
    this.delimiter = delimiter
  }

  run(): SheetRow[] {
    let at = 0
    while (at < this.text.length) at = this.text[at] === '"' ? this.quoted(at) : this.bare(at)
    if (this.cells.length > 0) this.endRow()
    return this.rows
  }

  private quoted(from: number): number {
    let end = from + 1
    for (;;) {
      end = this.text.indexOf('"', end)
      if (end < 0) throw new BadFile('引号应成对', `第 ${this.rowLine} 行起的引号没有配对`)
      if (this.text[end + 1] !== '"') break
      end += 2
    }
    const inside = this.text.slice(from + 1, end)
    this.line += inside.split('\n').length - 1
    return this.endCell(inside.replaceAll('""', '"'), end + 1)
  }

  private bare(from: number): number {
    let end = from
    while (end < this.text.length && !this.isEnd(this.text[end] ?? '')) end += 1
    return this.endCell(this.text.slice(from, end), end)
  }

  private isEnd(mark: string): boolean {
    return mark === this.delimiter || mark === '\n' || mark === '\r'
  }

  private endCell(text: string, at: number): number {
    this.cells.push(cellOf(text))
    if (this.cells.length > maxCells) throw new BadFile(`每行应不超过 ${maxCells} 列`, `第 ${this.rowLine} 行列数太多`)
    const mark = this.text[at]
    if (mark !== undefined && !this.isEnd(mark))
      throw new BadFile('引号后面应是分隔符', `第 ${this.rowLine} 行引号位置不对`)
    if (mark === this.delimiter) {
      // A delimiter at the very end still opens one more, empty, cell.
      if (at + 1 === this.text.length || this.text[at + 1] === '\n' || this.text[at + 1] === '\r') this.cells.push(null)
      else return at + 1
      return this.lineEnd(at + 1)
    }
    return this.lineEnd(at)
  }

  private lineEnd(at: number): number {
    this.endRow()
    this.line += 1
    this.rowLine = this.line
    return this.text.startsWith('\r\n', at) ? at + 2 : at + 1
  }

  private endRow(): void {
    this.rows.push({ row: this.rowLine, cells: this.cells })
    this.cells = []
    if (this.rows.length > maxRows) throw new BadFile(`应不超过 ${maxRows} 行`, '行数太多')
  }
}

/** Reads a CSV file: comma, semicolon or tab, in the encoding found; row numbers are line numbers of the file. */
export const readCsv = (bytes: Uint8Array): { sheet: Sheet; encoding: Encoding } => {
  const { text, encoding } = decodeCsv(bytes)
  if (text.includes('\0')) throw new BadFile('应是文字文件（.csv）或 .xlsx', '含有不是文字的内容')
  return { sheet: { name: '', rows: new CsvReader(text, delimiterOf(text)).run() }, encoding }
}
