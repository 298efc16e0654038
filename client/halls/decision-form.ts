import { sourceWords } from '../../shared/profiles/cites.ts'
import type { Decision, WindowChange } from '../../shared/halls/index.ts'
import type { Item } from '../../shared/profiles/item-sheet.ts'
import type { Profile } from '../../shared/profiles/profile.ts'

/** The decision as it is written on the screen. */
export interface DecisionForm {
  verdict: Decision['verdict'] | ''
  body: string
  text: string
  on: string
  effectiveOn: string
  grounds: Decision['grounds']
  /** Item code → window. */
  moves: Record<string, string>
}

/** An empty decision: of the body the profile names, today. */
export const emptyDecision = (profile: Profile, today: string): DecisionForm => ({
  ...{ verdict: '', body: profile.settings.windowsDecidedBy.value, text: '', on: today, effectiveOn: '' },
  ...{ grounds: { opinions: '', room: '', needs: '' }, moves: {} },
})

/** What a decision may rest on, in the regulation's words. */
export const groundWords: Record<keyof Decision['grounds'], string> = {
  opinions: '师生意见',
  room: '场地空间',
  needs: '学生的实际需求',
}

/** The grounds a decision must name, with who says so (SSC 八, NBU 二). */
export function groundsAsked({ settings }: Profile): { keys: (keyof Decision['grounds'])[]; by: string } {
  const { value, cite } = settings.windowDecisionBasis
  const keys = value.flatMap((basis) => (basis === 'application' ? [] : [basis]))
  return { keys, by: sourceWords(cite) }
}

/** The decision as it goes on record: items that go elsewhere, and those of a window that is withdrawn. */
export function decisionOf(form: DecisionForm, all: readonly Item[], leaving: readonly Item[]): Decision {
  const isApproved = form.verdict === 'approved'
  const short = ({ code, name }: Item) => ({ code, name })
  const moved = all.filter(({ code }) => (form.moves[code] ?? '') !== '')
  return {
    verdict: isApproved ? 'approved' : 'refused',
    ...{ body: form.body.trim(), text: form.text.trim(), on: form.on },
    effectiveOn: isApproved && form.effectiveOn !== '' ? form.effectiveOn : null,
    grounds: {
      opinions: form.grounds.opinions.trim(),
      room: form.grounds.room.trim(),
      needs: form.grounds.needs.trim(),
    },
    items: isApproved ? leaving.map(short) : [],
    moves: isApproved ? moved.map((item) => ({ ...short(item), to: form.moves[item.code] ?? '' })) : [],
  }
}

/** 新设「图书服务」窗口, as lists and the record head say it. */
export function askWords({ ask }: Pick<WindowChange, 'ask'>, profile: Profile): string {
  if (ask.what === 'add') return `新设「${ask.window.name}」窗口`
  const name = profile.windows.find(({ id }) => id === ask.windowId)?.name ?? ask.windowId
  return ask.what === 'withdraw' ? `撤销「${name}」窗口` : `变更「${name}」窗口`
}
