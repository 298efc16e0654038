import { SearchIndex, type SearchEntry } from '../../client/local/search-core.ts'
import { figure } from './figures.ts'
import type { Workload } from './workload.ts'

const queries = ['x', 'xs', 'xsz', 'k7-1', '2024', '王', '学生证', '没有这个']
const names = ['王', '李', '张', '刘', '陈']

const entries = Array.from({ length: 20_500 }, (_, n): SearchEntry => {
  const fields = [`XS-261120-K7-${String(n)}`, `20240${String(n)}`, `示例·${names[n % 5] ?? ''}同学`]
  const item = ['学生证补办', 'xueshengzhengbuban', 'xszbb']
  return { id: `e${String(n)}`, kind: 'case', windowId: 'here', fields: [...fields, ...item], weight: n }
})

const timed = (act: () => unknown): number => {
  const from = performance.now()
  act()
  return performance.now() - from
}

/** What one key in the search box costs over a full tablet, 500 sheets and 20,000 cases (product.md: ≤ 50 ms there). */
export const search: Workload = {
  id: 'search-20500',
  size: 0,
  run({ quick }) {
    const index = new SearchIndex()
    index.put(entries)
    const texts = entries.map(({ fields }) => fields.join('\n').toLowerCase())
    const asking = { windowIds: ['here'], limit: 12 }
    const rounds = Array.from({ length: quick ? 3 : 20 }).flatMap(() => queries)
    for (const query of queries) index.find(query, asking)
    const ours = rounds.map((query) => timed(() => index.find(query, asking)))
    const raw = rounds.map((query) => timed(() => texts.filter((text) => text.includes(query))))
    const rawLabel = 'one scan of the same texts for the query, nothing ranked'
    return Promise.resolve([
      figure({ id: 'search-20500', label: 'search as typed, 20,500 entries', ours, raw, rawLabel }),
    ])
  },
}
