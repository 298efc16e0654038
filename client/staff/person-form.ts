import type { PersonFields } from '../../shared/staff/index.ts'

/** A person's facts as a form holds them. */
export function emptyFields(): PersonFields {
  return {
    ...{ name: '', personKind: 'staff', unitId: null, college: '', rank: 'none', conditions: [] },
    ...{ conditionNote: '', badgeNo: '' },
  }
}

const keys = ['name', 'personKind', 'unitId', 'college', 'rank', 'conditions', 'conditionNote', 'badgeNo'] as const

/** The facts alone, of somebody on record. */
export function fieldsOf(of: PersonFields): PersonFields {
  const { name, personKind, unitId, college, rank, conditions, conditionNote, badgeNo } = of
  return {
    name,
    personKind,
    unitId,
    college,
    rank,
    conditions: Array.from(conditions, Boolean),
    conditionNote,
    badgeNo,
  }
}

/** Only what was changed: another officer may have changed the rest meanwhile. */
export function changedFields(before: PersonFields, after: PersonFields): Partial<PersonFields> {
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
  return Object.fromEntries(changed.map((key) => [key, after[key]]))
}
