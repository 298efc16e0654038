import { fork, type ChildProcess } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { addTally, emptyTally, type Tally } from './seeds.ts'

/** Seeds one worker plays before it reports. */
const portion = 50

/** What a worker is asked to play. */
export interface Portion {
  from: number
  count: number
}

/** Told after each portion: what has been played so far. Returns whether to go on. */
export type Progress = (sum: Tally) => boolean

/**
 * Play seeds on every core: processes of their own, each a portion at a time. A seed's history depends on nothing but
 * its number, so it does not matter who plays it.
 */
export async function playWide({ from, count }: Portion, progress: Progress): Promise<Tally> {
  const sum = emptyTally()
  const end = from + count
  let next = from
  let isStopped = false
  const take = (): Portion | null => {
    if (isStopped || next >= end) return null
    const taken = { from: next, count: Math.min(portion, end - next) }
    next += taken.count
    return taken
  }
  const done = (tally: Tally) => {
    addTally(sum, tally)
    isStopped ||= !progress(sum)
  }
  const hands = Math.max(1, Math.min(availableParallelism(), Math.ceil(count / portion)))
  await Promise.all(Array.from({ length: hands }, () => work(take, done)))
  return sum
}

async function work(take: () => Portion | null, done: (tally: Tally) => void): Promise<void> {
  const child = fork(fileURLToPath(new URL('./crew-hand.ts', import.meta.url)), { serialization: 'advanced' })
  try {
    for (let ask = take(); ask; ask = take()) done(await answerOf(child, ask))
  } finally {
    child.disconnect()
  }
}

function answerOf(child: ChildProcess, ask: Portion): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const isGone = (code: number | null) => reject(new Error(`a worker ended (${String(code)}) at seed ${ask.from}`))
    child.once('exit', isGone)
    child.once('message', (tally) => {
      child.off('exit', isGone)
      resolve(tally as Tally)
    })
    child.send(ask)
  })
}
