import { computed, type ComputedRef } from 'vue'
import {
  itemsInForce,
  sheetChanges,
  sheetLines,
  sheetNames,
  type Item,
  type SheetChange,
} from '../../../shared/catalogue/index.ts'
import type { Profile } from '../../../shared/profiles/profile.ts'
import { liveItems } from '../../local/rows.ts'
import { useSession } from '../../local/session.ts'
import { useHall } from '../../local/use-hall.ts'
import { useFollows, type Follow } from '../follows.ts'

/** An item a person on the staff follows, and what changed since they last looked. */
export interface StaffFollow extends Follow {
  name: string
  /** The version in force; null when the item is no longer offered. */
  now: Item | null
  changes: SheetChange[]
  isNew: boolean
}

/** One followed item against the versions there are: all of it from this tablet, so it is told offline too. */
function compareFollow(
  follow: Follow,
  { versions, today, profile }: { versions: readonly Item[]; today: string; profile: Profile },
): StaffFollow {
  const before = versions.find(({ id }) => id === follow.id)
  const now = itemsInForce(versions, today).find(({ code }) => code === follow.code) ?? null
  const lines = (item: Item) => sheetLines(item, sheetNames(item, profile))
  const changes = before && now && now.id !== before.id ? sheetChanges(lines(before), lines(now)) : []
  return { ...follow, name: (now ?? before)?.name ?? follow.code, now, changes, isNew: now?.id !== follow.id }
}

/** Under what a person's follows are kept: on a shared tablet each follows the own items. */
export function staffFollowKey({ device, personId }: ReturnType<typeof useSession>): string {
  return `${device?.hallId ?? ''}.${personId ?? ''}`
}

/** What the person at this tablet follows, by person, kept on this tablet (NBU-5 定制+推送). */
export function useStaffFollows() {
  const session = useSession()
  const hall = useHall()
  const { data: versions } = liveItems()
  const { follows, follow, unfollow } = useFollows(staffFollowKey(session))
  const list: ComputedRef<StaffFollow[]> = computed(() => {
    const profile = hall.profile.value
    if (!profile || versions.value.length === 0) return []
    const terms = { versions: versions.value, today: hall.today.value, profile }
    const all = follows.value.map((one) => compareFollow(one, terms))
    return all.sort((a, b) => Number(b.isNew) - Number(a.isNew) || (a.code < b.code ? -1 : 1))
  })
  return { list, follow, unfollow }
}
