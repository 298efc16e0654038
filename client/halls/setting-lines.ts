import { articleOf } from '../../shared/profiles/cites.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { Settings } from '../../shared/profiles/settings.ts'
import { canonicalJson } from '../../shared/core/canonical.ts'
import { settingWords } from './setting-words.ts'

/** One setting as the page shows it. */
export interface SettingLine {
  key: keyof Settings
  label: string
  text: string
  /** The regulation's article; null where it is 本厅约定. */
  article: string | null
}

/** A setting in words; one that cannot be said (half filled in) stands as it is. */
export function lineOf<Key extends keyof Settings>(key: Key, of: Profile): SettingLine {
  const [label, say] = settingWords[key]
  const { value, cite } = of.settings[key]
  const isRight = Settings.shape[key].safeParse(of.settings[key]).success
  return { key, label, text: isRight ? say(value, of) : '还没有填对', article: articleOf(cite) }
}

/** What differs between two versions, in words: settings, windows and units. */
export function differences(before: Profile, after: Profile): { label: string; before: string; after: string }[] {
  const keys = Object.keys(settingWords) as (keyof Settings)[]
  const said = (of: Profile, key: keyof Settings) => {
    const { text, article } = lineOf(key, of)
    return `${text}（${article ?? '本厅约定'}）`
  }
  const settings = keys.flatMap((key) => {
    const isSame = canonicalJson(before.settings[key]) === canonicalJson(after.settings[key])
    return isSame ? [] : [{ label: settingWords[key][0], before: said(before, key), after: said(after, key) }]
  })
  return [...settings, ...windowDifferences(before, after)]
}

function windowDifferences(before: Profile, after: Profile): { label: string; before: string; after: string }[] {
  const ids = [...new Set([...before.windows, ...after.windows].map(({ id }) => id))]
  return ids.flatMap((id) => {
    const [was, is] = [windowText(before, id), windowText(after, id)]
    return was === is ? [] : [{ label: '窗口', before: was, after: is }]
  })
}

function windowText({ windows, units }: Profile, id: string): string {
  const window = windows.find((one) => one.id === id)
  if (!window) return '没有'
  const names = window.unitIds.map((unitId) => units.find((unit) => unit.id === unitId)?.name ?? unitId)
  return `${window.name}（${window.code}），${window.place}，${names.join('、')}`
}
