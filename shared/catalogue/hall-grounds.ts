import { regulationWords } from '../profiles/cites.ts'
import type { ItemGround } from '../profiles/item-sheet.ts'
import { settingOf } from '../profiles/later.ts'
import type { Profile } from '../profiles/profile.ts'

const basisOf = (profile: Profile, cite: string | null): string =>
  cite === null ? '本厅约定' : regulationWords(profile, cite)

/** Grounds the regulation itself gives (SSC 二十(二) 法律法规政策、学校规章制度). */
export function regulationGrounds(profile: Profile): ItemGround[] {
  return settingOf(profile, 'refusalGrounds').map((text, index) => ({
    ...{ id: `rule-${String(index + 1)}`, text, basis: basisOf(profile, profile.settings.refusalGrounds.cite) },
  }))
}

/** Only where the hall's rule says so are papers that do not conform a ground; elsewhere they are put right (ZJJ 二十五). */
export function unfitGrounds(profile: Profile): ItemGround[] {
  const { value, cite } = profile.settings.nonConforming
  return value === 'refuse' ? [{ id: 'unfit', text: '交来的材料不符合规定', basis: basisOf(profile, cite) }] : []
}

/** What a sheet tells of both: grounds that hold for every item of the hall. */
export function hallGrounds(profile: Profile): ItemGround[] {
  return [...regulationGrounds(profile), ...unfitGrounds(profile)]
}
