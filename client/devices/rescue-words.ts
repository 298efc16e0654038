import { actTitle } from '../../shared/act-words.ts'
import { sentenceOf } from '../../shared/sentences.ts'
import type { RescueResult } from '../../shared/wire/rescue.ts'
import { outcomeWords, type SyncWord } from '../sync/marks.ts'

/** Why an act of the file was not taken; the tablet still has it. */
const leftWords: Record<string, string> = {
  'rescue.gap': '它前面还有服务器没收到的记录，要等那台平板联网后由它自己发送。',
  'rescue.fork': '服务器在这个位置已有另一条记录，要等那台平板联网后核对。',
  'rescue.stream': '服务器还不认识这台平板的这条队列，要等那台平板联网后由它自己发送。',
  'rescue.proof': '它没有那台平板上的签名，要等那台平板联网后由它自己发送。',
  'rescue.server-too-old': '它是更新版本的应用写的，请先更新服务器，再载入一次。',
}

/** Where the act is now, in the one word used everywhere (sync.md 3.2); none for what was not taken. */
export function markOf({ state, outcome }: Pick<RescueResult, 'state' | 'outcome'>): SyncWord[] {
  return state === 'left' || outcome === null ? [] : [outcomeWords[outcome]]
}

/** What the act was. */
export function titleOf({ type, number }: Pick<RescueResult, 'type' | 'number'>): string {
  return number ? `${actTitle(type)} · ${number}` : actTitle(type)
}

/** What a person should know beside the word; null when there is nothing. */
export function remarkOf({ state, code, detail, outcome }: RescueResult): string | null {
  if (state === 'left') return leftWords[code ?? ''] ?? '没有载入，平板上还有。'
  if (code !== null && outcome !== 'applied') return sentenceOf(code, detail ?? {})
  return state === 'known' ? '服务器早已收到，没有重复办理。' : null
}

/** How many came with this file, were there before, and were not taken. */
export function countWords(results: readonly RescueResult[]): string {
  const of = (state: RescueResult['state']) => results.filter((one) => one.state === state).length
  const parts = [
    `共 ${String(results.length)} 步`,
    `新载入 ${String(of('new'))} 步`,
    `早已收到 ${String(of('known'))} 步`,
  ]
  return [...parts, ...(of('left') > 0 ? [`没有载入 ${String(of('left'))} 步`] : [])].join('，')
}
