import { setImmediate as breath } from 'node:timers/promises'
import { pinyin } from 'pinyin-pro'
import { nameReading, spellingOf } from '../../shared/core/spelling.ts'

/** Spellings kept: a hall's names, not its students; the oldest go first. */
const mostKept = 50_000
/** Names spelled between two breaths, so that no other request waits long. */
const slice = 200

const spelled = new Map<string, string>()

/** A name as typed in Latin letters, whole and without what stands before a `·`: `wangtongxue wtx`. */
const spell = (name: string): string => {
  const parts = [...new Set([name, ...name.split('·')])]
  return parts
    .map((part) => spellingOf(pinyin(part, nameReading)))
    .map(({ full, initials }) => `\n${full}\n${initials}`)
    .join('')
    .toLowerCase()
}

const lettersOf = (name: string): string => {
  const known = spelled.get(name)
  if (known !== undefined) return known
  const [oldest] = spelled.keys()
  if (spelled.size >= mostKept && oldest !== undefined) spelled.delete(oldest)
  const text = spell(name)
  spelled.set(name, text)
  return text
}

/** Those of some names whose pinyin or initials begin with what was typed. */
export const namesSpelled = async (names: readonly string[], typed: string): Promise<string[]> => {
  const found: string[] = []
  for (let from = 0; from < names.length; from += slice) {
    if (from > 0) await breath()
    found.push(...names.slice(from, from + slice).filter((name) => lettersOf(name).includes(`\n${typed}`)))
  }
  return found
}
