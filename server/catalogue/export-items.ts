import { columns, rowOfItem } from '../../shared/catalogue/import-columns.ts'
import type { Item } from '../../shared/catalogue/index.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { exportTable, type ExportFile, type ExportFormat } from './export-table.ts'

const table = (items: readonly Item[], profile: Profile): string[][] => [
  columns.map(({ header }) => header),
  ...items.map((item) => rowOfItem(item, profile)),
]

/** The items of a hall in the columns of the import template; importing the file again changes nothing. */
export const exportItems = (items: readonly Item[], profile: Profile, format: ExportFormat): Promise<ExportFile> =>
  exportTable(table(items, profile), { name: `items-${profile.hallId}`, sheet: '事项' }, format)
