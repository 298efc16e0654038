import { previewItems, type ImportFrame } from '../../shared/catalogue/import-preview.ts'
import { previewProfile } from '../../shared/catalogue/import-profile.ts'
import type { ImportAnswer, ImportPreview } from '../../shared/catalogue/import-answer.ts'
import { previewPeople, type PeopleFrame, type PeoplePreview } from '../../shared/staff/index.ts'
import { parseStrictJson, strictText } from '../http/read-json.ts'
import { readCsv } from './read-csv.ts'
import { readXlsx } from './read-xlsx.ts'
import { BadFile } from './zip-guard.ts'

/** A file to be looked at, and what it is compared with. */
export interface ImportJob {
  readonly bytes: Uint8Array
  readonly frame: ImportFrame
}

/** A list of people to be looked at. */
export interface PeopleJob {
  readonly bytes: Uint8Array
  readonly people: PeopleFrame
}

/** How the file was read and what it would change. */
export type ImportDone = ImportPreview & Pick<ImportAnswer, 'format' | 'encoding'>

const formatOf = (bytes: Uint8Array): ImportAnswer['format'] => {
  const [a, b] = bytes
  const isZip = a === 0x50 && b === 0x4b
  const isOld = a === 0xd0 && b === 0xcf
  if (isZip || isOld) return 'xlsx'
  const first = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart().charAt(0)
  return first === '{' ? 'profile' : 'csv'
}

const jsonOf = (bytes: Uint8Array): unknown => {
  try {
    return parseStrictJson(strictText(bytes))
  } catch {
    throw new BadFile('应是完整的 JSON（UTF-8，没有重复的字段）', '读不懂的内容')
  }
}

const readBy = async (format: ImportAnswer['format'], { bytes, frame }: ImportJob): Promise<ImportDone> => {
  if (format === 'profile') return { ...previewProfile(jsonOf(bytes), frame), format, encoding: 'utf-8' }
  if (format === 'xlsx') return { ...previewItems(await readXlsx(Buffer.from(bytes)), frame), format, encoding: null }
  const { sheet, encoding } = readCsv(bytes)
  return { ...previewItems([sheet], frame), format, encoding }
}

const refused = (format: ImportAnswer['format'], file: string, { expected, found }: BadFile): ImportDone => ({
  ...{ rows: 0, adds: [], changes: [], same: 0, items: [], profile: null, format, encoding: null },
  errors: [{ file, sheet: '', row: null, column: '', expected, found }],
  errorCount: 1,
})

/** Reads one file into a preview. A file that cannot be opened at all is an error of the whole file. */
export const runImport = async (job: ImportJob): Promise<ImportDone> => {
  const format = formatOf(job.bytes)
  try {
    const done = await readBy(format, job)
    if (done.items.length === 0) return done
    const { withSearchText } = await import('./search-text.ts') // the dictionary is big, and most files need none of it
    return { ...done, items: done.items.map(withSearchText) }
  } catch (error) {
    if (error instanceof BadFile) return refused(format, job.frame.file, error)
    if (format === 'xlsx') return refused(format, job.frame.file, new BadFile('应是完整的 .xlsx 文件', '读不懂的内容'))
    throw error
  }
}

/** Reads a list of people into a preview, in the same thread and by the same readers as items. */
export const runPeople = async ({ bytes, people }: PeopleJob): Promise<PeoplePreview> => {
  try {
    const isBook = formatOf(bytes) === 'xlsx'
    return previewPeople(isBook ? await readXlsx(Buffer.from(bytes)) : [readCsv(bytes).sheet], people)
  } catch (error) {
    const bad = error instanceof BadFile ? error : new BadFile('应是完整的 .xlsx 或 .csv 文件', '读不懂的内容')
    const { expected, found } = bad
    return {
      ...{ rows: 0, adds: [], changes: [], same: 0, people: [], errorCount: 1 },
      errors: [{ file: people.file, sheet: '', row: null, column: '', expected, found }],
    }
  }
}
