import { randomUUID } from 'node:crypto'
import type { ProfileFile } from '../../shared/profiles/profile.ts'
import { calendarsFromChineseDays } from '../calendar/index.ts'
import { withSearchText } from '../catalogue/index.ts'
import { openHall } from '../db/store.ts'
import { addAccounts, idsThere } from '../db/seed-queries.ts'
import { noPassword } from '../auth/index.ts'
import { issueAsSystem, type SystemAct } from '../sync/index.ts'
import type { Deps } from '../http/env.ts'
import { demoStaff } from './deciders.ts'
import { postOf, recordOf } from './people.ts'

const years = [2025, 2026, 2027]

const act = (type: string, kind: string, named: { id: string }): SystemAct => ({
  type,
  v: 1,
  kind,
  aggId: named.id,
  args: { [kind]: named },
})

/** Everything a shipped hall begins with, as commands: profile, calendars, one sheet an item, demo people and posts. */
export const firstActs = (file: ProfileFile): SystemAct[] => {
  const { profile, items } = file
  const staff = demoStaff(file)
  return [
    act('profile.adopt', 'profile', profile),
    ...calendarsFromChineseDays(profile.hallId, years).map((calendar) => act('calendar.publish', 'calendar', calendar)),
    ...items.map((item) => act('item.publish', 'item', withSearchText(item))),
    ...staff.map((person) => recordOf(person, profile)),
    ...staff.map((person) => postOf(person, profile.effectiveOn)),
  ]
}

/**
 * Makes a hall as far as it is not made yet: every id is fixed, so a start that was killed half-way is finished by the
 * next and nothing is there twice. A first act that is refused is a bug in the shipped data.
 */
export const seedHall = async (deps: Deps, file: ProfileFile): Promise<void> => {
  const { hallId } = file.profile
  await openHall(deps.db, hallId, randomUUID())
  const there = await idsThere(deps.db, hallId)
  const missing = firstActs(file).filter(({ aggId }) => !there.has(aggId))
  const results = missing.length > 0 ? await issueAsSystem(deps, hallId, missing) : []
  const bad = results.find(({ outcome }) => outcome !== 'applied')
  if (bad) throw new Error(`${hallId}: a first act ended as ${bad.outcome} (${bad.code ?? ''})`)
  const accounts = demoStaff(file).map(({ account }) => account)
  await addAccounts(deps.db, accounts, noPassword)
}
