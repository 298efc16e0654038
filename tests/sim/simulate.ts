import { parseArgs } from 'node:util'
import { playWide } from './crew.ts'
import { playHistory } from './history.ts'
import { checksText, marksText } from './ledger.ts'
import { reportOf } from './report.ts'
import type { Tally } from './seeds.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string' },
    marks: { type: 'boolean', default: false },
  },
})

/** Play one seed and show all of it. */
async function playOne(seed: number): Promise<boolean> {
  const ended = await playHistory({ seed, keepsTrace: true })
  if (ended.failure) process.stdout.write(`${await reportOf(ended)}\n\nthe whole history:\n`)
  process.stdout.write(`${ended.trace.join('\n')}\n`)
  return ended.failure === null
}

const every = 10_000

/** Play many on all cores, say how far it has come, stop at a violation and show it shortened. */
async function playMany(from: number, count: number): Promise<boolean> {
  const began = performance.now()
  let said = began
  const sum = await playWide({ from, count }, (soFar) => {
    if (performance.now() - said > every) {
      said = performance.now()
      process.stderr.write(`${lineOf(soFar, said - began)} of ${count}\n`)
    }
    return soFar.failed.length === 0
  })
  for (const ended of sum.failed.slice(0, 3)) process.stdout.write(`${await reportOf(ended)}\n\n`)
  if (values.marks) process.stdout.write(`${marksText(sum.marks)}\n`)
  process.stdout.write(`${checksText(sum.checks)}\n`)
  process.stdout.write(`${lineOf(sum, performance.now() - began)} from seed ${from}: ${sum.failed.length} failed\n`)
  if (sum.failed.length > 0) process.stdout.write(`failing seeds: ${sum.failed.map(({ seed }) => seed).join(' ')}\n`)
  return sum.failed.length === 0
}

function lineOf({ played, steps, logged, turns }: Tally, ms: number): string {
  const rate = Math.round((played / ms) * 10_000) / 10
  return `${played} histories (${steps} steps, ${logged} commands logged, ${turns} turns) in ${Math.round(ms / 100) / 10} s, ${rate}/s`
}

const isSound =
  values.seed === undefined
    ? await playMany(Number(values.from), Number(values.seeds))
    : await playOne(Number(values.seed))
process.exitCode = isSound ? 0 : 1
