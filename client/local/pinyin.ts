import { nameReading, spellingOf, type Spelling } from '../../shared/core/spelling.ts'

type PinyinOf = typeof import('pinyin-pro').pinyin

let loading: Promise<PinyinOf> | null = null

/** Spells names; the library is fetched on first use and not before the window screen stands. */
export async function loadPinyin(): Promise<(name: string) => Spelling> {
  loading ??= import('pinyin-pro').then((module) => module.pinyin)
  const pinyin = await loading
  return (name) => spellingOf(pinyin(name, nameReading))
}
