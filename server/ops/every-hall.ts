import { openHalls } from '../db/ops-queries.ts'
import { errorFields } from '../http/log.ts'
import type { IssueDeps } from '../sync/index.ts'

/**
 * A round over all halls; one that fails does not keep the others from it. Never throws: the next round tries again.
 * `done` is what stands in the log where a hall had something to do.
 */
export async function inEveryHall<At extends Pick<IssueDeps, 'db' | 'log'>>(
  deps: At,
  round: (deps: At, hallId: string) => Promise<number>,
  { done, failed }: { done: string; failed: string },
): Promise<void> {
  const told = (error: unknown): null => {
    deps.log.error(errorFields(error), failed)
    return null
  }
  const halls = await openHalls(deps.db).catch(told)
  for (const hall of halls ?? []) {
    const count = await round(deps, hall).catch(told)
    if (count) deps.log.info({ hall, count }, done)
  }
}
