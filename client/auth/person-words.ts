import type { KnownPerson } from '../local/grants.ts'
import { roleLabel, type Role } from '../../shared/core/roles.ts'
import type { PersonLetter } from '../ui/types.ts'

const letters: Record<Role, PersonLetter> = {
  roleA: 'A',
  roleB: 'B',
  backOffice: '师',
  approver: '师',
  supervisor: '督',
  admin: '督',
  system: '',
}

/** The mark of a role: A, B, a teacher's or a supervisor's square. */
export function letterOf(role: Role | undefined): PersonLetter {
  return role ? letters[role] : ''
}

const kinds: Record<KnownPerson['kind'], string> = { staff: '窗口人员', student: '学生助理', supervisor: '督查' }

/** `A角 学生助理`: the role in the hall's word, and what kind of person holds it. */
export function personWords(role: Role | undefined, kind: KnownPerson['kind'] | undefined, roleWord = '角'): string {
  const label = role ? roleLabel(role, roleWord) : ''
  const word = kind ? kinds[kind] : ''
  return [label, word === label ? '' : word].filter((part) => part !== '').join(' ')
}
