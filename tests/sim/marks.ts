import type { World } from './world.ts'

/** What a history went through: a simulator that never meets a case proves nothing about it. */
export type Marks = Record<string, number>

/** Count what happened in one history. */
export function marksOf(world: World): Marks {
  const marks: Marks = {}
  const add = (name: string, times = 1) => {
    if (times > 0) marks[name] = (marks[name] ?? 0) + times
  }
  for (const row of world.db.log) {
    add(`outcome ${row.outcome}${row.outcome === 'held' ? ` ${String(row.code)}` : ''}`)
    if (row.type !== '') add(`act ${row.type}`)
    if (!row.online) add('done offline')
  }
  for (const [name, pattern] of patterns) add(name, world.trace.count(pattern))
  add('left a scope', world.db.left)
  return marks
}

const patterns: [string, RegExp][] = [
  ['tab killed', /^killed$/],
  ['server killed', /^dies /],
  ['died in a request', /server died/],
  ['answer lost', /answer lost/],
  ['answer cut short', /cut short/],
  ['portal', /\[portal\]/],
  ['request doubled', /\[doubled\]/],
  ['half-open', /half-open$/],
  ['two leaders', /^leads too$/],
  ['power cut', /^power cut$/],
  ['updated while acts wait', /^updates its app, [1-9]/],
  ['a row rots', /^a row rots/],
  ['digest differs', /^report digest-differs/],
  ['horizon passed', /^report horizon-passed/],
  ['disk put back', /^disk put back/],
  ['forked', /^report push-fork/],
  ['restored', /^put back from/],
  ['met a restored server', /^report epoch-changed/],
  ['put away', /^puts away/],
  ['signed in offline', /signs in offline/],
  ...['before load', 'after load', 'before append', 'after append', 'before page', 'after page'].map(
    (gate): [string, RegExp] => [`server dies ${gate}`, new RegExp(`^dies ${gate}$`)],
  ),
  ['clock a day off', /clock off by -?24 h/],
  ['clock a year off', /clock off by -?8760 h/],
  ['clock drifts', /, drifts$/],
  ['hours late', /\[late\]/],
  ['gap', /push-gap/],
  ['busy', /← 503/],
  ['hands changed', /signs in/],
  ['clock jumped', /clock off by -?\d/],
  ['tablet revoked', /revokes tablet/],
  ['grant revoked', /revokes the grant/],
  ['disk full', /not kept: storage/],
  ['act refused at the tap', /not done/],
]

/** Add one count of things to a sum. */
export function addCounts(sum: Record<string, number>, part: Record<string, number>): void {
  for (const [name, times] of Object.entries(part)) sum[name] = (sum[name] ?? 0) + times
}
