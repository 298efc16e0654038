import { isEnded, type Case, type CaseState } from './case.ts'

/** Where a case stands as its student is told it: the word, and what to do next. */
export interface StatusWords {
  readonly word: string
  readonly next: string
}

const words: Record<CaseState, StatusWords> = {
  open: { word: '办理中', next: '窗口正在办，办好会通知你。' },
  waiting: { word: '待补正', next: '请按一次性告知书补齐，带告知书到窗口；补齐之前不计时。' },
  paused: { word: '中止', next: '暂时停办，原因已告诉你；恢复后接着办，停办的日子不计时。' },
  disputed: { word: '核对中', next: '窗口正在核对结果，请过一天再查，或到窗口问。' },
  concluded: { word: '办结', next: '已经办好，请按办结通知领取结果。' },
  refused: { word: '不予办理', next: '理由和申诉办法写在告知书上。' },
  declined: { word: '不予办理', next: '理由和申诉办法写在告知书上。' },
  returned: { word: '退件', next: '材料已退给你，原因写在退件说明上。' },
  withdrawn: { word: '撤回', next: '你已撤回申请；要办可以重新申请。' },
  voided: { word: '作废', next: '这个号登记有误，已作废，请到窗口问。' },
}

/** The student's words for a case; a refusal at the door takes the hall's own word (SZIT-10). */
export function statusWords(image: Pick<Case, 'state' | 'joinedTo'>, atDoor: string): StatusWords {
  const said = words[image.state]
  if (image.joinedTo && isEnded(image.state)) return { word: said.word, next: '这件已并入你的另一件，请到窗口问。' }
  return image.state === 'declined' ? { word: atDoor, next: said.next } : said
}

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * 查询码 of a case (SZIT-10): 30 of the random bits of its id as six letters, so that a tablet prints it offline and
 * nobody can guess it from the case number. It opens where the case stands, nothing else.
 */
export function statusCode(caseId: string): string {
  const bits = Number.parseInt(caseId.replaceAll('-', '').slice(-8), 16)
  const groups = [25, 20, 15, 10, 5, 0].map((shift) => Math.floor(bits / 2 ** shift) % 32)
  return groups.map((at) => letters.charAt(at)).join('')
}

/** A code as people type it: small letters, blanks, and the letters that look like digits. */
export function readStatusCode(typed: string): string {
  return typed.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
}
