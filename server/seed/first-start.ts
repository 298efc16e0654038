import { hallIds, halls, type HallId } from '../../shared/profiles/halls.ts'
import { hashOf, hashPassword, newCode, newPassword, noPassword } from '../auth/index.ts'
import { addCode } from '../db/enrol-queries.ts'
import type { Db } from '../db/pg.ts'
import { hasSignIns, setPasswords, withoutPassword } from '../db/seed-queries.ts'
import type { Deps } from '../http/env.ts'
import { demoPeople, demoWindowOf, type DemoPerson } from './people.ts'
import { seedHall } from './halls.ts'

/**
 * The hall whose sign-ins are printed: NBU 学工服务. Its regulation fits the demo day best: each window has exactly one
 * A post, held by the unit's staff, and one B post that stands in (三.3(3)), and students cover for staff (三.3(1)).
 */
export const demoHall: HallId = 'nbu'

// Whoever starts the server may not stand beside the tablet yet: the first code lives a day, later ones ten minutes.
const firstCodeMs = 24 * 3_600_000

/** The printed sign-ins of one window of a demo hall. */
export interface PrintedSignIns {
  readonly hallName: string
  readonly windowName: string
  readonly people: readonly { readonly label: string; readonly login: string; readonly password: string }[]
  readonly code: string
}

/** Makes the five halls on an empty store. True when this is the first start, also one that takes up a broken one. */
export const seedIfEmpty = async (deps: Deps): Promise<boolean> => {
  if (await hasSignIns(deps.db, noPassword)) return false
  for (const hallId of hallIds) await seedHall(deps, halls[hallId])
  return true
}

const peopleOf = (hallId: HallId): { window: { id: string; name: string }; people: DemoPerson[] } => {
  const { profile } = halls[hallId]
  const window = demoWindowOf(profile)
  return { window, people: demoPeople(profile).filter(({ windowId }) => windowId === window.id || windowId === null) }
}

const labelOf = ({ role, account }: DemoPerson, roleWord: string): string => {
  if (role === 'supervisor') return `督查 supervisor · ${account.displayName}`
  if (role === 'backOffice') return `后台 back office · ${account.displayName}`
  if (role === 'approver') return `审批 approver · ${account.displayName}`
  return `${role === 'roleA' ? 'A' : 'B'}${roleWord} · ${account.displayName}`
}

/**
 * Gives one window of a hall its passwords and an enrolment code, and shows them. Shown first, stored after: a start
 * that is killed in between shows new ones next time, and none is ever lost unseen. Null: they have been shown before.
 */
export const printSignIns = async (
  deps: Pick<Deps, 'db' | 'now'>,
  hallId: HallId,
  show: (signIns: PrintedSignIns) => Promise<void>,
): Promise<boolean> => {
  const { window, people } = peopleOf(hallId)
  const open = await openIds(deps.db, people)
  if (open.size === 0) return false
  const { profile } = halls[hallId]
  const code = newCode()
  const expiresAt = deps.now() + firstCodeMs
  await addCode(deps.db, { hallId, codeHash: hashOf(code), windowId: window.id, madeBy: null, expiresAt }, deps.now())
  const named = people
    .filter(({ account }) => open.has(account.id))
    .map((person) => ({ person, login: person.account.login, password: newPassword() }))
  const hashes = await Promise.all(
    named.map(async ({ person, password }) => ({ id: person.account.id, hash: await hashPassword(password) })),
  )
  const roleWord = profile.settings.roleWord.value
  const shown = named.map(({ person, login, password }) => ({ label: labelOf(person, roleWord), login, password }))
  await show({ hallName: `${profile.hall.school}${profile.hall.name}`, windowName: window.name, people: shown, code })
  await setPasswords(deps.db, hashes, noPassword)
  return true
}

const openIds = async (db: Db, people: readonly DemoPerson[]): Promise<Set<string>> =>
  new Set(
    await withoutPassword(
      db,
      people.map(({ account }) => account.id),
      noPassword,
    ),
  )
