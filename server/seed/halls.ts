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

/** Everything any hall begins with, as commands: profile, calendars, one sheet an item. */
const hallActs = ({ profile, items }: ProfileFile): SystemAct[] => [
  act('profile.adopt', 'profile', profile),
  ...calendarsFromChineseDays(profile.hallId, years).map((calendar) => act('calendar.publish', 'calendar', calendar)),
  ...items.map((item) => act('item.publish', 'item', withSearchText(item))),
]

/** What a shipped hall begins with: that, demo people and their posts. */
export const firstActs = (file: ProfileFile): SystemAct[] => {
  const { profile } = file
  const staff = demoStaff(file)
  return [
    ...hallActs(file),
    ...staff.map((person) => recordOf(person, profile)),
    ...staff.map((person) => postOf(person, profile.effectiveOn)),
  ]
}

/**
 * Does first acts as far as they are not done yet: every id is fixed, so what was killed half-way is finished by the
 * next run and nothing is there twice. One that is refused is a bug in the data.
 */
export const doMissing = async (deps: Deps, hallId: string, acts: readonly SystemAct[]): Promise<void> => {
  const there = await idsThere(deps.db, hallId)
  const missing = acts.filter(({ aggId }) => !there.has(aggId))
  const results = missing.length > 0 ? await issueAsSystem(deps, hallId, missing) : []
  const bad = results.find(({ outcome }) => outcome !== 'applied')
  if (bad) throw new Error(`${hallId}: a first act ended as ${bad.outcome} (${bad.code ?? ''})`)
}

/** Makes a hall of a profile file without anybody in it. */
export const makeHall = async (deps: Deps, file: ProfileFile): Promise<void> => {
  const { hallId } = file.profile
  await openHall(deps.db, hallId, randomUUID())
  await doMissing(deps, hallId, hallActs(file))
}

/** Makes a demo hall with its people. */
export const seedHall = async (deps: Deps, file: ProfileFile): Promise<void> => {
  const { hallId } = file.profile
  await openHall(deps.db, hallId, randomUUID())
  await doMissing(deps, hallId, firstActs(file))
  const accounts = demoStaff(file).map(({ account }) => account)
  await addAccounts(deps.db, accounts, noPassword)
}
