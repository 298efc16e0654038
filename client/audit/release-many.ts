import { releasable, releaseType } from '../../shared/core/release.ts'
import type { LogRow } from '../../shared/wire/log.ts'
import type { BatchPlan } from '../local/act-batches.ts'

/** Which of the held acts: of one person, from one tablet, held for one reason; empty = all. */
export interface HeldFilter {
  actor: string
  device: string
  reason: string
}

/** A choice of a filter, with how many acts it stands for. */
export interface HeldChoice {
  id: string
  label: string
  count: number
}

const values: Record<keyof HeldFilter, (row: LogRow) => { id: string; label: string }> = {
  actor: ({ actorId, actorName }) => ({ id: actorId ?? '', label: actorName ?? '' }),
  device: ({ deviceId, deviceName }) => ({ id: deviceId, label: deviceName }),
  reason: ({ reason }) => ({ id: reason ?? '', label: reason ?? '' }),
}

/** What a filter can be set to, the most frequent first. */
export function choicesOf(rows: readonly LogRow[], key: keyof HeldFilter): HeldChoice[] {
  const found = new Map<string, HeldChoice>()
  for (const row of rows) {
    const { id, label } = values[key](row)
    if (id !== '') found.set(id, { id, label, count: (found.get(id)?.count ?? 0) + 1 })
  }
  return [...found.values()].toSorted((a, b) => b.count - a.count)
}

/** What a supervisor may release of what a filter finds, and what stays: it failed its checks, or is their own. */
export interface Chosen {
  rows: LogRow[]
  unproved: number
  own: number
}

/** The held acts a filter finds, as far as `personId` may release them (sync.md 3.3). */
export function chosenOf(rows: readonly LogRow[], filter: HeldFilter, personId: string | null): Chosen {
  const keys = Object.keys(values) as (keyof HeldFilter)[]
  const found = rows.filter((row) => keys.every((key) => filter[key] === '' || values[key](row).id === filter[key]))
  const proved = found.filter(({ code }) => releasable.has(code ?? ''))
  const others = proved.filter(({ actorId }) => actorId !== personId)
  return { rows: others, unproved: found.length - proved.length, own: proved.length - others.length }
}

const batchSize = 25

/** A release for each, the oldest first: what an act rests on is released before it. */
export function releasePlan(rows: readonly LogRow[], reason: string): BatchPlan {
  const drafts = rows
    .toSorted((a, b) => a.pos - b.pos)
    .map(({ kind, aggId, cmdId }) => ({
      ...{ type: releaseType, kind, aggId, itemId: null, causedBy: cmdId },
      args: { cmdId, reason },
    }))
  const batches = Array.from({ length: Math.ceil(drafts.length / batchSize) }, (_, at) =>
    drafts.slice(at * batchSize, (at + 1) * batchSize),
  )
  return { batches, total: drafts.length }
}
