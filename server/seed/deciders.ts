import { hallGaps } from '../../shared/cases/index.ts'
import type { ProfileFile } from '../../shared/profiles/profile.ts'
import { demoPeople, personAt, type DemoPerson } from './people.ts'

const roles = { check: ['backOffice', 'houtai'], approval: ['approver', 'shenpi'] } as const

/** Posts of demo people as the rules of checks and approvals read them. */
const postsOf = (people: readonly DemoPerson[], from: string) =>
  people.map(({ account, role, unitId }) => ({ personId: account.id, role, unitId, from, to: null }))

/**
 * Who checks and approves for the other units whose items ask it (NBU-8): as many as one case takes, so that no demo item
 * stops at a step nobody can do. They have no password until a supervisor of the hall gives them one.
 */
const otherDeciders = ({ profile, items }: ProfileFile, people: readonly DemoPerson[]): DemoPerson[] => {
  const { hallId, effectiveOn } = profile
  const gaps = hallGaps({ items, profile }, postsOf(people, effectiveOn), effectiveOn)
  const wanted = gaps.flatMap(({ kind, unitId, missing }) => Array.from({ length: missing }, () => ({ kind, unitId })))
  return wanted.map(({ kind, unitId }, index) => {
    const [role, word] = roles[kind]
    const place = { hallId, windowId: null, login: `${hallId}-${word}-${String(index + 1)}` }
    return { ...personAt(place, role, { nth: people.length + index, kind: 'staff' }), unitId }
  })
}

/** Everybody a demo hall begins with: those of its windows and of the printed unit, and who decides for the others. */
export const demoStaff = (file: ProfileFile): DemoPerson[] => {
  const people = demoPeople(file.profile)
  return [...people, ...otherDeciders(file, people)]
}
