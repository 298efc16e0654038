import { parseArgs } from 'node:util'
import { playHistory } from './history.ts'
import { reportOf } from './report.ts'
import { playSeeds, seedsFrom } from './seeds.ts'

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
  const ended = await playHistory({ seed })
  if (ended.failure) process.stdout.write(`${await reportOf(ended)}\n\nthe whole history:\n`)
  process.stdout.write(`${ended.trace.join('\n')}\n`)
  return ended.failure === null
}

/** Play many, show the first failures shortened. */
async function playMany(from: number, count: number): Promise<boolean> {
  const began = performance.now()
  const { played, logged, turns, failed, marks } = await playSeeds(seedsFrom(from, count))
  for (const ended of failed.slice(0, 3)) process.stdout.write(`${await reportOf(ended)}\n\n`)
  if (values.marks) process.stdout.write(`${JSON.stringify(marks, null, 2)}\n`)
  const seconds = Math.round((performance.now() - began) / 100) / 10
  process.stdout.write(
    `${played} histories from seed ${from}: ${failed.length} failed; ${logged} commands logged, ${turns} turns, ${seconds} s\n`,
  )
  if (failed.length > 0) process.stdout.write(`failing seeds: ${failed.map((ended) => ended.seed).join(' ')}\n`)
  return failed.length === 0
}

const isSound =
  values.seed === undefined
    ? await playMany(Number(values.from), Number(values.seeds))
    : await playOne(Number(values.seed))
process.exitCode = isSound ? 0 : 1
