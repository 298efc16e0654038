import { localDay } from '../../shared/calendar/day.ts'
import type { Envelope } from '../../shared/core/envelope.ts'
import { judgeFlags } from '../../shared/core/judge-flags.ts'
import type { Flag } from '../../shared/core/outcome.ts'
import { succeeds, versionInForce, type VersionDay } from '../../shared/profiles/in-force.ts'
import type { VersionMark } from './store-verbs.ts'

/**
 * Data older than what was in force when the act was done, at the earliest its clocks allow: noted, never refused
 * (sync.md 1.4 `ctxv`). What the hall published only afterwards nobody could have used.
 */
export function olderData(versions: readonly VersionMark[], { base: { ctxv } }: Envelope, at: number): Flag[] {
  const known = versions.filter(({ since }) => since <= at)
  const day = localDay(at)
  const profiles = known.filter(({ kind, of }) => kind === 'profile' && of <= day).map(dayOf)
  return [
    ...(ctxv.profile === null ? [] : older(versions, ctxv.profile, versionInForce(profiles, day))),
    ...ctxv.calendars.flatMap((id) =>
      older(versions, id, versionInForce(known.filter(sameYear(versions, id)).map(dayOf), '9999')),
    ),
  ]
}

/** A calendar holds for its year at once: of two versions of one year the higher one succeeds. */
const dayOf = (mark: VersionMark): VersionMark & VersionDay => ({ ...mark, effectiveOn: mark.of })

function sameYear(versions: readonly VersionMark[], id: string): (mark: VersionMark) => boolean {
  const year = versions.find((mark) => mark.kind === 'calendar' && mark.id === id)?.of
  return ({ kind, of }) => kind === 'calendar' && of === year
}

function older(versions: readonly VersionMark[], id: string, inForce: (VersionMark & VersionDay) | undefined): Flag[] {
  const named = versions.find((mark) => mark.id === id)
  if (!named || !inForce || !succeeds(inForce, dayOf(named))) return []
  return [judgeFlags.olderData(named.kind, id, inForce.id)]
}
