import { foundText } from '../profiles/issue-words.ts'
import type { Item, ItemGround, ItemMaterial } from '../profiles/item-sheet.ts'
import type { Profile } from '../profiles/profile.ts'
import { flowExpected, flowOfText } from './import-flow.ts'
import { fieldOfHeader, kindChoices, kindOfWord, levelChoices, levelOfWord } from './import-columns.ts'

/** A place in a row that cannot be read, by heading. */
export interface RowFault {
  readonly field: string
  readonly expected: string
  readonly found: string
}

/** A row's texts by field, already tidied; `differs` says whether a field is not what the item has now. */
export interface RowTexts {
  readonly texts: ReadonlyMap<string, string>
  readonly differs: (field: string) => boolean
}

/** What a row is read with: the hall, the item as it stands (null: a new one), and the day a new sheet starts by default. */
export interface RowFrame {
  readonly profile: Profile
  readonly current: Item | null
  readonly version: number
  readonly today: string
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.split('\n'))

const wordsOf = (text: string): string[] =>
  text
    .split(/[\n、，,；;]/)
    .map((word) => word.trim())
    .filter((word) => word !== '')

const partsOf = (line: string): string[] => line.split(/[｜|]/).map((part) => part.trim())

const freeId = (letter: string, taken: ReadonlySet<string>): string => {
  let n = 1
  while (taken.has(`${letter}${String(n)}`)) n += 1
  return `${letter}${String(n)}`
}

/** Lines become parts of the sheet; one that is named as before keeps its id, since cases refer to it. */
const withIds = <Part extends { id: string }>(
  lines: readonly Omit<Part, 'id'>[],
  letter: string,
  idBefore: (line: Omit<Part, 'id'>) => string | undefined,
): Part[] => {
  const taken = new Set(lines.map(idBefore).filter((id) => id !== undefined))
  const used = new Set<string>()
  return lines.map((line) => {
    const before = idBefore(line)
    const id = before !== undefined && !used.has(before) ? before : freeId(letter, new Set([...taken, ...used]))
    used.add(id)
    return { ...line, id } as Part
  })
}

const materialsOf = (text: string, current: Item | null): ItemMaterial[] =>
  withIds<ItemMaterial>(
    linesOf(text).map((line) => {
      const [name = '', how = '', note = ''] = partsOf(line)
      return { name, how, note }
    }),
    'm',
    ({ name }) => current?.materials.find((one) => one.name === name)?.id,
  )

const groundsOf = (text: string, current: Item | null): ItemGround[] =>
  withIds<ItemGround>(
    linesOf(text).map((line) => {
      const [ground = '', basis = ''] = partsOf(line)
      return { text: ground, basis: basis === '' ? '一事一表“申办条件”' : basis }
    }),
    'g',
    (line) => current?.grounds.find((one) => one.text === line.text)?.id,
  )

class RowReader {
  readonly faults: RowFault[] = []
  private readonly row: RowTexts
  private readonly frame: RowFrame

  constructor(row: RowTexts, frame: RowFrame) {
    this.row = row
    this.frame = frame
  }

  text(field: string): string {
    return this.row.texts.get(field) ?? ''
  }

  /** The value as it stands when the cell says the same, else what the cell says. */
  keep<Key extends keyof Item>(field: Key, read: (text: string) => Item[Key]): Item[Key] {
    const { current } = this.frame
    return current === null || this.row.differs(field) ? read(this.text(field)) : current[field]
  }

  fault(field: string, expected: string): void {
    this.faults.push({ field, expected, found: this.text(field) === '' ? '（空）' : foundText(this.text(field)) })
  }

  idOf(field: string, name: string, known: readonly { id: string; name: string }[]): string {
    const found = known.find((one) => one.name === name || one.id === name)
    if (!found) this.fault(field, `应是本厅有的：${known.map((one) => one.name).join('、')}`)
    return found?.id ?? ''
  }

  choice<Value>(field: string, read: (word: string) => Value | undefined, choices: string): Value | undefined {
    const value = read(this.text(field))
    if (value === undefined) this.fault(field, `应是其中之一：${choices}`)
    return value
  }

  unitIds(): string[] {
    return wordsOf(this.text('unitIds')).map((name) => this.idOf('unitIds', name, this.frame.profile.units))
  }

  workingDays(): number | null {
    const text = this.text('promise.workingDays')
    if (text === '') return null
    if (/^\d{1,3}$/.test(text)) return Number(text)
    this.fault('promise.workingDays', '应是 1 到 250 的整数，即办件留空')
    return null
  }

  promise(): Item['promise'] {
    const word = this.text('promise.level')
    const level = word === '' ? 'ordinary' : this.choice('promise.level', levelOfWord, levelChoices)
    return { workingDays: this.workingDays(), level: level ?? 'ordinary', reason: this.text('promise.reason') }
  }

  flow(): Pick<Item, 'flow'> {
    const { current } = this.frame
    if (current && !this.row.differs('flow')) return current.flow ? { flow: current.flow } : {}
    const flow = flowOfText(this.text('flow'), (name) => this.idOf('flow', name, this.frame.profile.units))
    if (flow === null) this.fault('flow', flowExpected)
    return flow ? { flow } : {}
  }

  charge(): Item['charge'] {
    const [basis, standard] = [this.text('charge.basis'), this.text('charge.standard')]
    return basis === '' && standard === '' ? null : { basis, standard }
  }

  effectiveOn(): string {
    const { current, today } = this.frame
    return this.text('effectiveOn') || (current?.effectiveOn ?? today)
  }

  /** Who explains the item: as before while the unit stays, else the first unit by its own contact. */
  explainer([unitId = '']: readonly string[]): Item['explainer'] {
    const { current, profile } = this.frame
    if (current?.explainer.unitId === unitId) return current.explainer
    return { unitId, contact: profile.units.find(({ id }) => id === unitId)?.contact || '请到本窗口咨询' }
  }
}

/** Reads one row into a sheet of the next version; the sheet's own schema has still to check it. */
export function itemOfRow(row: RowTexts, frame: RowFrame): { item: Item; faults: RowFault[] } {
  const { profile, current, version } = frame
  const { hallId } = profile
  const read = new RowReader(row, frame)
  const code = read.text('code')
  const unitIds = read.keep('unitIds', () => read.unitIds())
  const item: Item = {
    ...{ id: `${hallId}:${code}@${String(version)}`, hallId, code, version },
    ...{ effectiveOn: read.effectiveOn(), retiredOn: null, name: read.text('name') },
    aliases: read.keep('aliases', wordsOf),
    search: { pinyin: '', initials: '' },
    windowId: read.keep('windowId', (name) => read.idOf('windowId', name, profile.windows)),
    unitIds,
    kind: read.choice('kind', kindOfWord, kindChoices) ?? 'instant',
    ...{ basis: read.text('basis'), audience: read.text('audience'), conditions: read.text('conditions') },
    process: read.keep('process', linesOf),
    materials: read.keep('materials', (text) => materialsOf(text, current)),
    promise: read.promise(),
    ...read.flow(),
    charge: read.charge(),
    grounds: read.keep('grounds', (text) => groundsOf(text, current)),
    explainer: read.explainer(unitIds),
    ...{ place: read.text('place'), onlineUrl: read.text('onlineUrl') || null },
    results: read.keep('results', linesOf),
    sample: read.keep('sample', (text) => wordsOf(text).map(fieldOfHeader)),
  }
  return { item, faults: read.faults }
}
