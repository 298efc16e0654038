import { sentenceOf } from '../../shared/sentences.ts'
import { openConflicts, type Case } from '../../shared/cases/index.ts'
import { tabletStore } from '../local/db.ts'
import { useLive, type Live } from '../local/live.ts'
import { isReadable } from '../local/view.ts'

/** What the cases held here say of acts: lapses by the rule's sentence, and conflicts that are still open. */
export interface ActNotes {
  flags: ReadonlyMap<string, readonly string[]>
  openConflicts: ReadonlySet<string>
}

/** Cases with flags or open conflicts stand in scope `supervisor`, so they are all here. */
async function readActNotes(): Promise<ActNotes> {
  const rows = await tabletStore().transact('read', ['view'], (tx) =>
    tx.byIndex('view', '*scopes', { prefix: ['supervisor'] }),
  )
  const flags = new Map<string, string[]>()
  const open = new Set<string>()
  for (const row of rows) {
    if (row.kind !== 'case' || !isReadable(row)) continue
    const image = row.image as unknown as Case
    for (const flag of image.flags) {
      flags.set(flag.act, [...(flags.get(flag.act) ?? []), sentenceOf(flag.code, flag.facts)])
    }
    for (const conflict of openConflicts(image)) open.add(conflict.other.cmdId)
  }
  return { flags, openConflicts: open }
}

/** Notes on acts, live. */
export function useActNotes(): Live<ActNotes> {
  return useLive(readActNotes, { flags: new Map(), openConflicts: new Set() })
}
