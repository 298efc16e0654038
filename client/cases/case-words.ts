import type { Case, CaseState } from '../../shared/cases/index.ts'
import type { Profile } from '../../shared/profiles/profile.ts'

export { maskNumber, maskPhone } from '../../shared/core/mask.ts'

const words: Record<CaseState, string> = {
  open: '办理中',
  waiting: '待补正',
  concluded: '办结',
  refused: '不予办理',
  declined: '不予办理',
  paused: '中止',
  returned: '退件',
  withdrawn: '撤回',
  voided: '作废',
  disputed: '结果不一致',
}

/** The word for a case's state; a refusal at the door takes the profile's own (不予受理 in some halls). */
export function stateWord(state: CaseState, profile: Profile | null): string {
  return state === 'declined' && profile ? profile.settings.refusalAtDoorWord.value : words[state]
}

/** `XS-261120-K7-14` → `K7-14`: lane and count, as people say it. */
export function shortNumber(number: string): string {
  return number.split('-').slice(2).join('-')
}

/** What a student is called, and every personal value of a case as text: an erased one reads as 已删除. */
export function studentOf(image: Case): { name: string; studentNo: string; phone: string } {
  const text = (key: string) => (typeof image.pii[key] === 'string' ? image.pii[key] : '')
  return { name: text('name') || '（姓名已删除）', studentNo: text('studentNo'), phone: text('phone') }
}
