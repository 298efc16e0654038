import readExcel from 'read-excel-file/node'
import writeExcel from 'write-excel-file/node'

/** A table as people see it: the first row holds the headings. */
export type Table = readonly (readonly string[])[]

const headingOf = (table: Table, index: number): string => table[0]?.[index] ?? ''

/** A real .xlsx as an office would save it: working days are numbers, the day a sheet takes effect is a date. */
export async function xlsxOf(table: Table): Promise<Buffer> {
  const sheet = table.map((row, at) =>
    row.map((text, index) => {
      const heading = headingOf(table, index)
      if (at === 0 || text === '') return { value: text, type: String }
      if (heading === '承诺工作日') return { value: Number(text), type: Number }
      if (heading === '生效日期') return { value: new Date(`${text}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' }
      return { value: text, type: String }
    }),
  )
  return writeExcel(sheet, { sheet: '事项' }).toBuffer()
}

/** What an .xlsx says, as texts. */
export async function readXlsxTable(bytes: Buffer): Promise<string[][]> {
  const [sheet] = await readExcel(bytes, { trim: false })
  return (sheet?.data ?? []).map((row) => row.map((value) => (value === null ? '' : String(value))))
}

/** Two-byte GBK by character, learnt from the decoder of the platform and not from our own encoder. */
const gbk = new Map<string, readonly [number, number]>()
const decoder = new TextDecoder('gbk')
for (let high = 0x81; high <= 0xfe; high += 1)
  for (let low = 0x40; low <= 0xfe; low += 1) {
    const char = decoder.decode(Uint8Array.of(high, low))
    if ([...char].length === 1 && char !== '\uFFFD' && !gbk.has(char)) gbk.set(char, [high, low])
  }

/** A CSV as Excel on a Chinese Windows saves it: GBK without a mark. */
export function gbkCsvOf(table: Table): Buffer {
  const bytes = [...csvOf(table)].flatMap((char) => {
    const code = char.charCodeAt(0)
    if (code < 0x80) return [code]
    const pair = gbk.get(char)
    if (!pair) throw new Error(`${char} is not in GBK`)
    return [...pair]
  })
  return Buffer.from(bytes)
}

function csvOf(table: Table): string {
  const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return table.map((row) => `${row.map(quoted).join(',')}\r\n`).join('')
}

/** What a CSV in GB 18030 says. */
export function readGbkTable(bytes: Buffer): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const text = new TextDecoder('gb18030', { fatal: true }).decode(bytes)
  for (const [, quoted, bare = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (end === '' && row.length === 0 && bare === '' && quoted === undefined) break
    row.push(quoted?.replaceAll('""', '"') ?? bare)
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}

/** The rows of a table by the code in their first column, without the headings. */
export function byCode(table: Table): Map<string, readonly string[]> {
  return new Map(table.slice(1).map((row) => [row[0] ?? '', row]))
}
