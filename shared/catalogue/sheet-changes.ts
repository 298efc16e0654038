import type { SheetLine } from './sheet-lines.ts'

/** A field of a sheet that says something else than before. */
export interface SheetChange {
  readonly key: string
  readonly label: string
  readonly before: string
  readonly after: string
}

const textOf = (line: SheetLine | undefined): string => {
  if (!line) return ''
  if (line.steps) return line.steps.join(' → ')
  if (line.papers) return line.papers.map(({ name, how }) => (how ? `${name}（${how}）` : name)).join('；')
  return line.text ?? ''
}

/** What changed between two versions of a sheet, field by field, old and new (NBU-5). */
export function sheetChanges(before: readonly SheetLine[], after: readonly SheetLine[]): SheetChange[] {
  const keys = [...new Set([...after, ...before].map(({ key }) => key))]
  return keys.flatMap((key) => {
    const [old, now] = [before.find((line) => line.key === key), after.find((line) => line.key === key)]
    const change = { key, label: (now ?? old)?.label ?? key, before: textOf(old), after: textOf(now) }
    return change.before === change.after ? [] : [change]
  })
}
