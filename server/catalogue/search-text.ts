import { pinyin } from 'pinyin-pro'
import type { Item } from '../../shared/catalogue/index.ts'

const syllables = (name: string): string[] =>
  pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).map((one) =>
    one.toLowerCase().replaceAll(/[^a-z0-9]/g, ''),
  )

/**
 * What an item is found by when typed in Latin letters: for its name and each alias the pinyin and the initials,
 * one word each (学生证补办: `xueshengzhengbuban`, `xszbb`). Made here, since the dictionary is too big for a tablet.
 */
const searchTextOf = ({ name, aliases }: Pick<Item, 'name' | 'aliases'>): Item['search'] => {
  const named = [name, ...aliases].map(syllables)
  const words = (of: (parts: string[]) => string, max: number): string => {
    const kept: string[] = []
    for (const word of new Set(named.map(of))) if (word && [...kept, word].join(' ').length <= max) kept.push(word)
    return kept.join(' ')
  }
  return {
    pinyin: words((parts) => parts.join(''), 1000),
    initials: words((parts) => parts.map((one) => (/^\d+$/.test(one) ? one : one.charAt(0))).join(''), 300),
  }
}

/** The item with its search text filled in. */
export const withSearchText = (item: Item): Item => ({ ...item, search: searchTextOf(item) })
