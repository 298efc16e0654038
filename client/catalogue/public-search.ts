import type { PublicItems } from '../../shared/wire/public.ts'

type PublicItemCard = PublicItems['items'][number]

/** What a student narrows the public list by; empty is all. */
export interface PublicFilter {
  readonly query: string
  readonly windowId: string
  readonly audience: string
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/[\s']/g, '')

const textOf = ({ name, code, aliases, search }: PublicItemCard): string =>
  folded([name, code, ...aliases, ...search.pinyin.split(' '), ...search.initials.split(' ')].join('\n'))

/** Items found by any part of name, alias, pinyin, initials or code, at a window, for an audience. */
export function findPublic(
  items: readonly PublicItemCard[],
  { query, windowId, audience }: PublicFilter,
): PublicItemCard[] {
  const wanted = folded(query)
  return items.filter(
    (item) =>
      (windowId === '' || item.windowId === windowId) &&
      (audience === '' || item.audience === audience) &&
      (wanted === '' || textOf(item).includes(wanted)),
  )
}

/** Every audience a sheet names, each once, the commonest first. */
export function audiencesOf(items: readonly PublicItemCard[]): string[] {
  const counts = new Map<string, number>()
  for (const { audience } of items) counts.set(audience, (counts.get(audience) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1]).map(([audience]) => audience)
}
