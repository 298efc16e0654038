import { playHistory } from './history.ts'
import { addMarks } from './marks.ts'
const sum = {}
const from = Number(process.argv[2] ?? 0), n = Number(process.argv[3] ?? 1)
const t0 = performance.now()
const fails: Record<string, number[]> = {}
let turns=0, logged=0
for (let s = from; s < from + n; s++) {
  const e = await playHistory({ seed: s })
  addMarks(sum, e.marks); turns+=e.turns; logged+=e.logged
  if (e.failure) { (fails[e.failure.message.replace(/[0-9a-f]{2,}|\d+/g,'N')] ??= []).push(s)
    if (n === 1) { console.log(e.trace.slice(-80).join('\n')); console.log(e.failure.stack) } }
  else if (n===1) console.log(e.trace.slice(-30).join('\n'))
}
console.log(((performance.now()-t0)/n).toFixed(1),'ms/seed', turns/n, 'turns', logged/n, 'log')
for (const [k,v] of Object.entries(fails)) console.log(v.length, k, v.slice(0,8).join(' '))

if (process.argv[4]) console.log(JSON.stringify(sum, null, 1))
