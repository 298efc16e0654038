import { ImportAnswer } from '../../../shared/catalogue/import-answer.ts'
import { NetFault } from '../../local/engine.ts'
import { fetchJson } from '../../sync/online.ts'
import { netSentence } from '../../sync/problem-fault.ts'

/** A file as the server read it, or why it could not be read at all. */
export type FileRead = { answer: ImportAnswer; sentence: null } | { answer: null; sentence: string }

/** What may be chosen; the server looks at the bytes, the type only opens the door. */
const types: Readonly<Record<string, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
  txt: 'text/plain',
  json: 'application/json',
}

/** For the file picker. */
export const accepted = Object.keys(types)
  .filter((name) => name !== 'txt')
  .map((name) => `.${name}`)
  .join(',')

const maxBytes = 20 * 1024 * 1024
const maxName = 120

/** Have the server look at a file; nothing is written by it. */
export async function readFile(file: File): Promise<FileRead> {
  const type = types[(/\.(\w+)$/.exec(file.name)?.[1] ?? '').toLowerCase()]
  if (type === undefined) return refused(`“${file.name}”不是 .xlsx、.csv 或 .json 文件，请另选一个。`)
  if (file.size === 0) return refused(`“${file.name}”是空的，请另选一个。`)
  if (file.size > maxBytes) return refused(`“${file.name}”超过 20 MB，请拆成几个文件。`)
  const name = file.name.normalize('NFC').trim().slice(-maxName)
  try {
    const body = new Blob([file], { type })
    const answer = await fetchJson(ImportAnswer, `/api/v1/imports?${new URLSearchParams({ name }).toString()}`, {
      method: 'POST',
      body,
    })
    return { answer, sentence: null }
  } catch (error) {
    if (error instanceof NetFault) return refused(netSentence(error))
    throw error
  }
}

const refused = (sentence: string): FileRead => ({ answer: null, sentence })
