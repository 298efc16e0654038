import type { Portion } from './crew.ts'
import { playSeeds, seedsFrom } from './seeds.ts'

// One worker of `playWide`: plays what it is asked, ends when the asker is gone.
process.on('message', (ask: Portion) => {
  void playSeeds(seedsFrom(ask.from, ask.count)).then((tally) => process.send?.(tally))
})
