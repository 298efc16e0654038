import { regulationGrounds, unfitGrounds } from '../catalogue/index.ts'
import type { Item, ItemGround } from '../profiles/item-sheet.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Case } from './case.ts'

/** What the papers are found to be at the window; a case has it in its image. */
export type FoundPapers = Readonly<Record<string, { readonly state: string }>>

const isUnfit = (papers: FoundPapers): boolean => Object.values(papers).some(({ state }) => state === 'unfit')

/** The grounds 不予办理 may rest on: the sheet's, the regulation's own, and by profile papers that do not conform (ZJJ-26). */
export function groundsOf(item: Item, profile: Profile, papers: FoundPapers): ItemGround[] {
  return [...item.grounds, ...regulationGrounds(profile), ...(isUnfit(papers) ? unfitGrounds(profile) : [])]
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
