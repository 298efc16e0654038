import { dayTextOf, textOf, type Cell, type CellText } from '../catalogue/index.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Person } from './person.ts'

/** One column of a list of people: heading, key, and what it holds for somebody on record. */
export interface PeopleColumn {
  readonly header: string
  readonly key: string
  readonly isRequired: boolean
  read(cell: Cell): CellText
  show(person: Person, profile: Profile): string
}

const kinds = { staff: '工作人员', student: '学生', supervisor: '督查' } as const

/** 工作人员、学生、督查 as a kind. */
export function kindOfWord(word: string): Person['personKind'] | undefined {
  return (Object.keys(kinds) as Person['personKind'][]).find((key) => kinds[key] === word)
}
/** The words the column 类别 may hold. */
export const kindChoices = Object.values(kinds).join('、')
/** A kind of person in words. */
export function kindWord(kind: Person['personKind']): string {
  return kinds[kind]
}

/** 中层干部, the one rank the regulations name (SSC 九). */
export const middleRankWord = '中层干部'

const column = (
  [header, key]: readonly [header: string, key: string],
  show: PeopleColumn['show'],
  more: Partial<PeopleColumn> = {},
): PeopleColumn => ({ ...{ header, key, show, isRequired: false, read: textOf }, ...more })

const must = { isRequired: true }
const own = (key: 'phone' | 'number') => (person: Person) => String(person.pii[key] ?? '')
const lastTraining = ({ trainings }: Person) => trainings.at(-1)
const unitName = (id: string | null | undefined, { units }: Profile): string =>
  units.find((unit) => unit.id === id)?.name ?? ''

/** The list goes out and comes in by the same columns, so that an export changes nothing when imported. */
export const peopleColumns: readonly PeopleColumn[] = [
  column(['工号或学号', 'number'], own('number'), must),
  column(['姓名', 'name'], (person) => person.name, must),
  column(['类别', 'personKind'], (person) => kinds[person.personKind], must),
  column(['单位', 'unitId'], (person, profile) => unitName(person.unitId, profile)),
  column(['学院', 'college'], (person) => person.college),
  column(['职级', 'rank'], (person) => (person.rank === 'middleRank' ? middleRankWord : '')),
  column(['电话', 'phone'], own('phone')),
  column(['工作牌号', 'badgeNo'], (person) => person.badgeNo),
  column(['培训日期', 'trainedOn'], (person) => lastTraining(person)?.on ?? '', { read: dayTextOf }),
  column(['培训单位', 'trainedBy'], (person, profile) => unitName(lastTraining(person)?.unitId, profile)),
]

/** A row of the list for somebody on record. */
export function rowOfPerson(person: Person, profile: Profile): string[] {
  return peopleColumns.map(({ show }) => show(person, profile))
}
