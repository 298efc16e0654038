import type { VersionMark } from '../../server/sync/store-verbs.ts'
import { momentOf } from '../../shared/calendar/day.ts'
import type { MemoryDb } from './memory-db.ts'

/** Every version of profile and calendar the hall holds, as `load` reads them. */
export function versionsIn({ images, log }: MemoryDb): VersionMark[] {
  return [...images.values()].flatMap(({ kind, id, image }) => {
    if (kind !== 'profile' && kind !== 'calendar') return []
    const { version, effectiveOn, year } = image as { version: number; effectiveOn?: string; year?: number }
    const known = log.find((row) => row.aggId === id && row.kind === kind)?.receivedAt ?? 0
    const counts = kind === 'calendar' && effectiveOn ? momentOf(effectiveOn, '00:00') : 0
    return [{ kind, id, version, of: year ? String(year) : (effectiveOn ?? ''), since: Math.max(known, counts) }]
  })
}
