import type { ImportAnswer } from '../../../shared/catalogue/import-answer.ts'
import type { Item } from '../../../shared/catalogue/index.ts'
import type { Json } from '../../../shared/core/canonical.ts'
import type { ActDraft } from '../../local/act-types.ts'

/** The most sheets one tap keeps at once: short transactions, so that other tabs and the sync go on between them. */
export const batchSize = 50

/** What a preview becomes when it is published: commands in batches, a new profile first. */
export interface PublishPlan {
  batches: ActDraft[][]
  total: number
}

/** From when: what each row says, or one day for all. */
export type EffectiveOn = { is: 'rows' } | { is: 'day'; day: string }

/** Commands for everything the preview offers. */
export function planOf(answer: Pick<ImportAnswer, 'items' | 'profile'>, from: EffectiveOn): PublishPlan {
  const { profile, items } = answer
  const adopt: ActDraft[] = profile
    ? [
        {
          type: 'profile.adopt',
          kind: 'profile',
          aggId: profile.id,
          args: json({ profile: from.is === 'day' ? { ...profile, effectiveOn: from.day } : profile }),
          itemId: null,
        },
      ]
    : []
  const drafts = [...adopt, ...items.map((item) => publishDraft(effective(item, from)))]
  const batches = Array.from({ length: Math.ceil(drafts.length / batchSize) }, (_, at) =>
    drafts.slice(at * batchSize, (at + 1) * batchSize),
  )
  return { batches, total: drafts.length }
}

function publishDraft(item: Item): ActDraft {
  return { type: 'item.publish', kind: 'item', aggId: item.id, args: json({ item }), itemId: null }
}

function effective(item: Item, from: EffectiveOn): Item {
  return from.is === 'day' ? { ...item, effectiveOn: from.day } : item
}

/** Images are plain data; their types only lack the index signature that JSON has. */
function json(value: object): Record<string, Json> {
  return value as Record<string, Json>
}

/** The earliest and latest day the rows name, for the choice beside it. */
export function daysOf(items: readonly Pick<Item, 'effectiveOn'>[]): { from: string; to: string } | null {
  const days = items.map((item) => item.effectiveOn).toSorted()
  const [from, to] = [days[0], days.at(-1)]
  return from === undefined || to === undefined ? null : { from, to }
}
