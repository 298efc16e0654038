import { SearchIndex, type SearchEntry } from '../../client/local/search-core.ts'
import { calendarsFromChineseDays } from '../../server/calendar/seed-calendars.ts'
import { addDays, momentOf } from '../../shared/calendar/day.ts'
import { caseLight, type Promised } from '../../shared/limits/index.ts'
import { nbuProfile } from '../../shared/profiles/nbu.ts'

/** One key's search and a plain scan of the same texts; one pass over the lights and a plain comparison of dates. */
export interface ListSamples {
  readonly ours: readonly number[]
  readonly raw: readonly number[]
}

const queries = ['x', 'xs', 'xsz', 'k7-1', '2024', '王', '学生证', '没有这个']
const names = ['王', '李', '张', '刘', '陈']

const entries = (): SearchEntry[] =>
  Array.from({ length: 20_500 }, (_, n): SearchEntry => {
    const fields = [`XS-261120-K7-${String(n)}`, `20240${String(n)}`, `示例·${names[n % 5] ?? ''}同学`]
    const item = ['学生证补办', 'xueshengzhengbuban', 'xszbb']
    return { id: `e${String(n)}`, kind: 'case', windowId: 'here', fields: [...fields, ...item], weight: n }
  })

const timed = (act: () => unknown): number => {
  const from = performance.now()
  act()
  return performance.now() - from
}

/** Times each of so many rounds of keys over 500 sheets and 20,000 cases; the first round of all is not counted. */
export function timeSearch(rounds: number): ListSamples {
  const index = new SearchIndex()
  const all = entries()
  index.put(all)
  const texts = all.map(({ fields }) => fields.join('\n').toLowerCase())
  const asking = { windowIds: ['here'], limit: 12 }
  for (const query of queries) index.find(query, asking)
  const typed = Array.from({ length: rounds }).flatMap(() => queries)
  return {
    ours: typed.map((query) => timed(() => index.find(query, asking))),
    raw: typed.map((query) => timed(() => texts.filter((text) => text.includes(query)))),
  }
}

const firstDay = '2026-09-01'

/** Open cases with promises through the autumn, every third with a pause that is over, every tenth awaiting the student. */
const openCases = (): Promised[] =>
  Array.from({ length: 5_000 }, (_, n): Promised => {
    const on = addDays(firstDay, n % 70)
    const at = (days: number) => momentOf(addDays(on, days), '10:00')
    const paused = n % 3 === 0 ? { pauses: [{ from: at(1), to: at(3) }] } : {}
    const told = { type: 'case.supplementNotice', at: at(2), from: 'open' }
    const isWaiting = n % 10 === 0
    return {
      ...{ state: isWaiting ? 'waiting' : 'open', acceptedAt: at(0), endedAt: null },
      ...{ promise: { on: addDays(on, 9), workingDays: n % 4 === 0 ? 30 : 5 } },
      ...{ acts: isWaiting ? [{ type: 'case.accept', at: at(0), from: 'open' }, told] : [] },
      ...paused,
    }
  })

/** Times each of so many recomputations of every light of 5,000 open cases. */
export function timeLights(rounds: number): ListSamples {
  const images = openCases()
  const calendars = calendarsFromChineseDays('nbu', [2026])
  const terms = { profile: nbuProfile, calendars, today: '2026-10-15' }
  const ours = () => images.map((image) => caseLight(image, terms))
  const raw = () => images.map(({ promise }) => (promise && promise.on < terms.today ? 'past' : 'normal'))
  const lights = new Set(ours())
  if (lights.size < 4) throw new Error('the cases of this row must have every light')
  const turns = Array.from({ length: rounds })
  return { ours: turns.map(() => timed(ours)), raw: turns.map(() => timed(raw)) }
}
