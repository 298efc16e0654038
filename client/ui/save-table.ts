import { armoured, csvOf } from '../../shared/core/armour.ts'
import { saveFile } from './save-file.ts'

/** A list as it leaves the hall: headings and rows of texts, already masked by who asks. */
export interface Table {
  readonly name: string
  readonly heads: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** A list as .csv for any spreadsheet program; the mark makes Excel read it as UTF-8. */
export function csvFile({ heads, rows }: Omit<Table, 'name'>): Blob {
  return new Blob([`\uFEFF${csvOf([heads, ...rows])}`], { type: 'text/csv' })
}

/** A list as .xlsx, every cell a text: a code such as 0012 comes out as it is, and no formula runs (X9). */
export async function xlsxFile({ heads, rows }: Omit<Table, 'name'>): Promise<Blob> {
  const { default: writeExcel } = await import('write-excel-file/universal')
  const cells = [heads, ...rows].map((row, at) =>
    row.map((text) => ({
      ...{ value: armoured(text), type: String, wrap: true },
      ...(at === 0 ? { fontWeight: 'bold' as const } : {}),
    })),
  )
  return writeExcel(cells, { sheet: '清单' }).toBlob()
}

/** Have the browser keep a list as .csv. */
export function saveCsv(table: Table): void {
  saveFile(csvFile(table), `${table.name}.csv`)
}

/** Have the browser keep a list as .xlsx. */
export async function saveXlsx(table: Table): Promise<void> {
  saveFile(await xlsxFile(table), `${table.name}.xlsx`)
}
