import writeExcel from 'write-excel-file/node'
import { armoured, csvOf } from '../../shared/core/armour.ts'
import { encodeGb18030 } from './gb-encode.ts'

/** How a list may leave the hall. */
export const exportFormats = ['xlsx', 'csv', 'csv-gbk'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** A file to download. */
export interface ExportFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

const xlsxOf = async (rows: readonly string[][], name: string): Promise<Uint8Array<ArrayBuffer>> => {
  // Every cell is text: a code such as 0012 or a long number must come back as it went.
  const sheet = rows.map((row, index) =>
    row.map((text) => ({
      value: armoured(text),
      type: String,
      wrap: true,
      ...(index === 0 ? { fontWeight: 'bold' as const } : {}),
    })),
  )
  return new Uint8Array(await writeExcel(sheet, { sheet: name }).toBuffer())
}

/** A table, its heading first, as a file; every cell is armoured here, so that no list can forget it (X9). */
export const exportTable = async (
  rows: readonly string[][],
  { name, sheet }: { name: string; sheet: string },
  format: ExportFormat,
): Promise<ExportFile> => {
  if (format === 'xlsx') {
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    return { name: `${name}.xlsx`, type, bytes: await xlsxOf(rows, sheet) }
  }
  const text = csvOf(rows)
  if (format === 'csv-gbk')
    return { name: `${name}-gbk.csv`, type: 'text/csv; charset=gb18030', bytes: encodeGb18030(text) }
  // The mark makes Excel read it as UTF-8.
  return { name: `${name}.csv`, type: 'text/csv; charset=utf-8', bytes: new TextEncoder().encode(`\uFEFF${text}`) }
}
