import type { Ended } from './history.ts'
import { shrink, type Shrunk } from './shrink.ts'

/** What a person needs to see of a failing seed: the invariant, the shortened history, how to play it again. */
export async function reportOf(first: Ended): Promise<string> {
  return textOf(await shrink({ seed: first.seed }, first))
}

/** The same, of a history that is short already. */
export function textOf({ ended, kept, skip }: Shrunk): string {
  const { seed, failure, trace } = ended
  return [
    `seed ${seed}: ${failure?.message ?? 'holds'}`,
    `replay: npm run simulate -- --seed ${seed}   (${kept} steps are left after leaving out ${skip.size})`,
    ...trace.slice(-60),
    ...(failure?.stack.split('\n').slice(1, 6) ?? []),
  ].join('\n')
}
