import { maxRescueFile, RescueAnswer, RescueFile } from '../../shared/wire/rescue.ts'
import { NetFault } from '../local/engine.ts'
import { fetchJson } from '../sync/online.ts'
import { netSentence } from '../sync/problem-fault.ts'

/** What the server made of a file, or why it could not be loaded, as a sentence. */
export type RescueLoaded = { answer: RescueAnswer; sentence: null } | { answer: null; sentence: string }

const refused = (sentence: string): RescueLoaded => ({ answer: null, sentence })

/** Have the server load an 应急文件. Loading it twice does nothing twice. */
export async function loadRescue(file: File): Promise<RescueLoaded> {
  if (file.size > maxRescueFile) return refused('这个文件太大，不是平板导出的应急文件。')
  const read = RescueFile.safeParse(parse(await file.text()))
  if (!read.success) return refused('这不是应急文件，或者文件不完整。请从平板重新导出，或重新拷贝一次。')
  try {
    const answer = await fetchJson(RescueAnswer, '/api/v1/rescue', { method: 'POST', body: read.data })
    return { answer, sentence: null }
  } catch (error) {
    if (error instanceof NetFault) return refused(netSentence(error))
    throw error
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
