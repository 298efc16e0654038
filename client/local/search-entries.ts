import { readPath } from '../../shared/core/apply.ts'
import type { Spelling } from '../../shared/core/spelling.ts'
import { itemsInForce } from '../../shared/profiles/in-force.ts'
import type { Item } from '../../shared/profiles/item-sheet.ts'
import type { SearchEntry } from './search-core.ts'
import type { ViewRow } from './store.ts'

/** What a result list shows of a find, kept in memory instead of whole images. */
export interface Brief {
  id: string
  kind: 'item' | 'case'
  windowId: string
  /** Sheet's name, or the item of the case. */
  name: string
  /** Sheet's code, or the case's number. */
  code: string
  /** 即办件, 承诺件, 联办件 of a sheet; state of a case. */
  state: string
  /** The student's name; empty for a sheet. */
  student: string
  at: number
}

/** A row as it is found and shown. */
export interface Indexed {
  entry: SearchEntry
  brief: Brief
}

const text = (image: unknown, path: string): string => {
  const value = readPath(image, path)
  return typeof value === 'string' ? value : ''
}

/** How a name is spelled; nothing until the library is there. */
export type Spell = (name: string) => Spelling

/** A sheet: name, aliases, code, pinyin and initials as the catalogue holds them. */
export function itemEntry({ id, at, image }: ViewRow, spell: Spell | null): Indexed {
  const item = image as unknown as Item
  const names = [item.name, ...item.aliases]
  const spelled = spell ? names.flatMap((name) => spellings(spell(name))) : []
  const held = [item.search.pinyin, item.search.initials].flatMap((list) => [
    list,
    ...list.split(/[\s,;|]+/),
    list.replaceAll(/\s/g, ''),
  ])
  const fields = [...names, item.code, ...held, ...spelled]
  return {
    entry: { id, kind: 'item', windowId: item.windowId, fields, weight: 0 },
    brief: {
      id,
      kind: 'item',
      windowId: item.windowId,
      name: item.name,
      code: item.code,
      state: item.kind,
      student: '',
      at,
    },
  }
}

/** A case: number and its parts, ticket, student number, name with pinyin, and its item's name with pinyin. */
export function caseEntry({ id, at, image }: ViewRow, spell: Spell | null): Indexed {
  const [student, name, number] = [text(image, 'pii.name'), text(image, 'itemName'), text(image, 'number')]
  const parts = student.split('·')
  const spelled = spell ? [...new Set([...parts, name])].flatMap((one) => spellings(spell(one))) : []
  const lane = number.split('-').slice(2).join('-')
  const fields = [
    number,
    lane,
    text(image, 'ticket'),
    text(image, 'began.number'),
    text(image, 'pii.studentNo'),
    student,
    ...parts,
    name,
    ...spelled,
  ]
  const windowId = text(image, 'windowId')
  return {
    entry: { id, kind: 'case', windowId, fields, weight: Number(readPath(image, 'receivedAt') ?? 0) },
    brief: { id, kind: 'case', windowId, name, code: number, state: text(image, 'state'), student, at },
  }
}

const spellings = ({ full, initials }: Spelling): string[] => [full, initials]

/** Of several versions of a sheet only the one in force on a day is found. */
export function itemsFound(rows: readonly ViewRow[], today: string): ViewRow[] {
  const inForce = new Set(
    itemsInForce(
      rows.map(({ image }) => image as unknown as Item),
      today,
    ).map(({ id }) => id),
  )
  return rows.filter(({ id }) => inForce.has(id))
}

/** How often each sheet's code stands on the cases held: the commonest item comes first. */
export function countByItem(cases: readonly ViewRow[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { image } of cases) {
    const code = text(image, 'itemCode')
    counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  return counts
}
