type PinyinOf = typeof import('pinyin-pro').pinyin

let loading: Promise<PinyinOf> | null = null

/** Full pinyin and initials of a name, as typed: `wangtongxue`, `wtx`. */
export interface Spelling {
  full: string
  initials: string
}

/** Spells names; the library is fetched on first use and not before the window screen stands. */
export async function loadPinyin(): Promise<(name: string) => Spelling> {
  loading ??= import('pinyin-pro').then((module) => module.pinyin)
  const pinyin = await loading
  return (name) => {
    const syllables = pinyin(name, { toneType: 'none', type: 'array', surname: 'head', nonZh: 'removed', v: true })
    return { full: syllables.join(''), initials: syllables.map((one) => one.slice(0, 1)).join('') }
  }
}
