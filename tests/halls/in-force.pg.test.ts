import { afterAll, beforeAll, expect, test } from 'vitest'
import { findProfile } from '../../server/db/enrol-queries.ts'
import { findHall } from '../../server/db/people-queries.ts'
import { readProfileInForce, readProfilesInForce } from '../../server/db/profile-in-force.ts'
import { issueAsSystem } from '../../server/sync/index.ts'
import type { Json } from '../../shared/core/canonical.ts'
import { halls } from '../../shared/profiles/halls.ts'
import { versionInForce } from '../../shared/profiles/in-force.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { appUnderTest, type Under } from '../http/app-under-test.ts'

let under: Under
beforeAll(async () => {
  under = await appUnderTest(['nbu'])
})
afterAll(async () => {
  await under.stop()
})

const first = halls.nbu.profile

/** A version whose grants last `version` days, so that a reader shows which one it read. */
const next = (version: number, effectiveOn: string): Profile => ({
  ...{ ...first, id: `nbu@${String(version)}`, version, effectiveOn },
  hall: { ...first.hall, name: `示例大厅 ${String(version)}` },
  settings: { ...first.settings, grantDays: { value: version, cite: null } },
})

test('[NBU-3] SQL finds the same version in force as the shared rule, on each day and before the first', async () => {
  const versions = [next(2, '2026-12-01'), next(3, '2026-11-25'), next(4, '2026-12-01'), next(5, '2026-11-28')]
  const acts = versions.map((profile) => ({
    ...{ type: 'profile.adopt', v: 1, kind: 'profile', aggId: profile.id },
    args: { profile } as unknown as Record<string, Json>,
  }))
  const results = await issueAsSystem(under.deps, 'nbu', acts)
  expect(results.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied', 'applied'])
  for (const day of [
    '2025-06-01',
    '2026-01-01',
    '2026-11-24',
    '2026-11-25',
    '2026-11-30',
    '2026-12-01',
    '2027-02-02',
  ]) {
    const inForce = versionInForce([first, ...versions], day)
    const found = await findProfile(under.deps.db, 'nbu', day)
    expect([day, found?.grantDays]).toEqual([day, inForce?.settings.grantDays.value])
    // What a tablet is told of its hall: never the name of a version that is yet to come.
    expect([day, (await findHall(under.deps.db, 'nbu', day))?.name]).toEqual([day, inForce?.hall.name])
    expect([day, (await readProfileInForce(under.deps.db, 'nbu', day))?.id]).toEqual([day, inForce?.id])
    expect([day, (await readProfilesInForce(under.deps.db, day)).map(({ id }) => id)]).toEqual([day, [inForce?.id]])
  }
})
