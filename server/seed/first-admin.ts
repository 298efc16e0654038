import { localDay } from '../../shared/calendar/day.ts'
import { rehomed } from '../../shared/profiles/rehome.ts'
import type { ProfileFile } from '../../shared/profiles/profile.ts'
import { newPassword, onceHash, onceUntil } from '../auth/index.ts'
import { addAccount } from '../db/account-queries.ts'
import { readProfileInForce } from '../db/profile-in-force.ts'
import { readBeforeAdmin } from '../db/seed-queries.ts'
import type { Deps } from '../http/env.ts'
import { doMissing, makeHall } from './halls.ts'
import { postOf, recordOf, type DemoPerson } from './people.ts'

/** Who is to be the first admin of a hall; with a profile file the hall is made first. */
export interface WantedAdmin {
  readonly hallId: string
  readonly login: string
  readonly name: string
  readonly file: ProfileFile | null
}

/** A one-time password and its last moment (UTC ms). */
export interface ShownPassword {
  readonly login: string
  readonly password: string
  readonly until: number
}

/** How it ended: made, or what stands in the way. */
export type FirstAdmin = 'made' | 'hasAdmin' | 'loginTaken' | 'hallThere' | 'noHall'

const personOf = ({ hallId, login, name }: WantedAdmin): DemoPerson => {
  // A fixed id: of two runs, or one taken up after a crash, there is one person.
  const account = { hallId, id: `${hallId}-admin`, login, displayName: name, kind: 'supervisor' } as const
  return { account, role: 'admin', windowId: null, badgeNo: '' }
}

/** Another hall's file begins a hall of one's own name for it; sheet and rule stay. */
const homed = (file: ProfileFile, hallId: string): ProfileFile =>
  file.profile.hallId === hallId ? file : rehomed(file, { hallId, hall: file.profile.hall })

/**
 * Makes the first admin (管理员) of a hall: record, post from today, account with a one-time password (ADR 0025). What was
 * begun is finished by the next run. Shown first, stored after, so that no password is ever lost unseen.
 */
export const makeFirstAdmin = async (
  deps: Deps,
  wanted: WantedAdmin,
  show: (shown: ShownPassword) => Promise<void>,
): Promise<FirstAdmin> => {
  const { hallId, login, file } = wanted
  const today = localDay(deps.now())
  const before = await readBeforeAdmin(deps.db, wanted, today)
  if (before.hasAdmin) return 'hasAdmin'
  if (before.isLoginTaken) return 'loginTaken'
  if (file && before.hasPeople) return 'hallThere'
  if (file) await makeHall(deps, homed(file, hallId))
  const profile = await readProfileInForce(deps.db, hallId, today)
  if (!profile) return 'noHall'
  const person = personOf(wanted)
  await doMissing(deps, hallId, [recordOf(person, profile), postOf(person, today)])
  const [password, now] = [newPassword(), deps.now()]
  const hash = await onceHash(password, now)
  await show({ login, password, until: onceUntil(now) })
  const made = await addAccount(deps.db, { hallId, personId: person.account.id }, { login, hash })
  return made === 'made' ? 'made' : made === 'hasOne' ? 'hasAdmin' : 'loginTaken'
}
