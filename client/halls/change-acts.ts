import {
  itemsAt,
  nextItems,
  nextVersions,
  withAsk,
  type Decision,
  type Proposal,
  type WindowChange,
} from '../../shared/halls/index.ts'
import type { Item } from '../../shared/profiles/item-sheet.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import type { ActDraft } from '../local/act-types.ts'
import { draftOf, faultsOf, publishDrafts } from './publish-drafts.ts'

/** What a decision works with: every version of the profile and of the sheets. */
export interface HallData {
  versions: readonly Profile[]
  items: readonly Item[]
}

/** What an approval publishes, and what speaks against it. */
export interface Approval {
  profiles: Profile[]
  items: Item[]
  faults: string[]
}

/** The versions an approval makes: the windows as asked, the items where they go, from its day on (NBU-3). */
export function approvalOf(
  change: Pick<Proposal, 'ask' | 'newUnits'>,
  { effectiveOn, moves }: Pick<Decision, 'effectiveOn' | 'moves'>,
  { versions, items }: HallData,
): Approval {
  if (effectiveOn === null) return { profiles: [], items: [], faults: [] }
  const profiles = nextVersions(versions, withAsk(change), effectiveOn)
  const to = new Map(moves.map((move) => [move.code, move.to]))
  const moved = nextItems(items, effectiveOn, (item) => {
    const windowId = to.get(item.code)
    const place = profiles[0]?.windows.find(({ id }) => id === windowId)?.place
    return windowId === undefined || place === undefined || windowId === item.windowId ? null : { windowId, place }
  })
  return { profiles, items: moved, faults: faultsOf(profiles) }
}

/** Items of the window that is to go, as they will be on the day. */
export function itemsToMove({ ask }: Pick<Proposal, 'ask'>, items: readonly Item[], on: string): Item[] {
  return ask.what === 'withdraw' ? itemsAt(items, ask.windowId, on) : []
}

/** The decision and, when it approves, what it publishes: one tap, all or nothing. */
export function decisionDrafts(change: WindowChange, decision: Decision, data: HallData): ActDraft[] {
  const decide = draftOf('windowChange.decide', change.id, decision)
  if (decision.verdict === 'refused') return [decide]
  const { profiles, items } = approvalOf(change, decision, data)
  return [decide, ...publishDrafts(profiles, items)]
}

/** Publish again what was approved but is not in the versions: somebody else's version had the number. */
export function republishDrafts(change: WindowChange, data: HallData, today: string): ActDraft[] {
  if (!change.decision?.effectiveOn) return []
  const effectiveOn = change.decision.effectiveOn < today ? today : change.decision.effectiveOn
  const { profiles, items } = approvalOf(change, { ...change.decision, effectiveOn }, data)
  return publishDrafts(profiles, items)
}
