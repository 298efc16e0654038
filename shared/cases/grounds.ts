import { regulationWords } from '../profiles/cites.ts'
import type { Item, ItemGround } from '../profiles/item-sheet.ts'
import { settingOf } from '../profiles/later.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Case } from './case.ts'

/** What the papers are found to be at the window; a case has it in its image. */
export type FoundPapers = Readonly<Record<string, { readonly state: string }>>

const basisOf = (profile: Profile, cite: string | null): string =>
  cite === null ? '本厅约定' : regulationWords(profile, cite)

/** Grounds the regulation itself gives (SSC 二十(二) 法律法规政策、学校规章制度). */
function regulationGrounds(profile: Profile): ItemGround[] {
  return settingOf(profile, 'refusalGrounds').map((text, index) => ({
    ...{ id: `rule-${String(index + 1)}`, text, basis: basisOf(profile, profile.settings.refusalGrounds.cite) },
  }))
}

/** Only where the hall's rule says so are papers that do not conform a ground; elsewhere they are put right (ZJJ 二十五). */
function unfitGround(profile: Profile, papers: FoundPapers): ItemGround[] {
  const { value, cite } = profile.settings.nonConforming
  const isUnfit = Object.values(papers).some(({ state }) => state === 'unfit')
  if (value !== 'refuse' || !isUnfit) return []
  return [{ id: 'unfit', text: '交来的材料不符合规定', basis: basisOf(profile, cite) }]
}

/** The grounds 不予办理 may rest on: the sheet's, the regulation's own, and by profile papers that do not conform (ZJJ-26). */
export function groundsOf(item: Item, profile: Profile, papers: FoundPapers): ItemGround[] {
  return [...item.grounds, ...regulationGrounds(profile), ...unfitGround(profile, papers)]
}

/** What a refusal that was given rests on, for its paper: by its id and its words, since a profile may change. */
export function groundGiven(
  image: Pick<Case, 'refusal' | 'materials'>,
  item: Item,
  profile: Profile,
): ItemGround | undefined {
  const { refusal, materials } = image
  return groundsOf(item, profile, materials).find(({ id, text }) => id === refusal?.groundId && text === refusal.ground)
}
