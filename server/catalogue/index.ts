export { exportFormats, exportTable } from './export-table.ts'
export { previewPeopleFile } from './import-worker.ts'
export { catalogueRoutes, fileTypes, maxFileBytes } from './routes.ts'
export { withSearchText } from './search-text.ts'
