/** Full pinyin and initials of a name, as typed: `wangtongxue`, `wtx`. */
export interface Spelling {
  full: string
  initials: string
}

/** How the dictionary (pinyin-pro) is asked for a person's name: surnames read as surnames, ü typed as v, no tones. */
export const nameReading = { toneType: 'none', type: 'array', surname: 'head', nonZh: 'removed', v: true } as const

/** What a name is found by, from its syllables: tablet and server spell alike. */
export function spellingOf(syllables: readonly string[]): Spelling {
  return { full: syllables.join(''), initials: syllables.map((one) => one.slice(0, 1)).join('') }
}
