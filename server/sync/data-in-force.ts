import { localDay } from '../../shared/calendar/day.ts'
import type { Envelope } from '../../shared/core/envelope.ts'
import { judgeFlags } from '../../shared/core/judge-flags.ts'
import type { Flag } from '../../shared/core/outcome.ts'
import type { VersionMark } from './store-verbs.ts'

/**
 * Data older than what was in force when the act was done, at the earliest its clocks allow: noted, never refused
 * (sync.md 1.4 `ctxv`). What the hall published only afterwards nobody could have used.
 */
export function olderData(versions: readonly VersionMark[], { base: { ctxv } }: Envelope, at: number): Flag[] {
  const known = versions.filter(({ since }) => since <= at)
  const day = localDay(at)
  const inForce = known.filter(({ kind, of }) => kind === 'profile' && of <= day)
  return [
    ...[ctxv.profile].flatMap((id) => (id === null ? [] : older(versions, id, inForce))),
    ...ctxv.calendars.flatMap((id) => older(versions, id, known.filter(sameYear(versions, id)))),
  ]
}

function sameYear(versions: readonly VersionMark[], id: string): (mark: VersionMark) => boolean {
  const year = versions.find((mark) => mark.kind === 'calendar' && mark.id === id)?.of
  return ({ kind, of }) => kind === 'calendar' && of === year
}

function older(versions: readonly VersionMark[], id: string, inForce: readonly VersionMark[]): Flag[] {
  const named = versions.find((mark) => mark.id === id)
  const newest = inForce.toSorted((a, b) => b.version - a.version)[0]
  if (!named || !newest || newest.version <= named.version) return []
  return [judgeFlags.olderData(named.kind, id, newest.id)]
}
