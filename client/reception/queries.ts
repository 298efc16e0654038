import { isContactEnded, type Contact, type ContactLapse, type ContactRecord } from '../../shared/reception/contact.ts'
import { contactDueOn, contactLight, type ContactTerms } from '../../shared/reception/limits.ts'
import { useLive, type Live } from '../local/live.ts'
import { liveRowsOn, newestOn, type RowOf } from '../local/rows.ts'
import { tabletStore } from '../local/db.ts'
import { ownPart, type OwnPart } from '../local/own-part.ts'
import type { ViewRow } from '../local/store.ts'

/** A first contact's row; its image is a plain record to those who know no rooms. */
export type ContactRow = Omit<ViewRow, 'image'> & { image: Contact & ViewRow['image'] }

const rows = (shelf: string): Live<ContactRow[]> => liveRowsOn<ContactRow['image']>('contact', shelf)

const endedShown = 60

/** All that are open here, live. */
export const useOpenContacts = (): Live<ContactRow[]> => rows('open')

/** Complaints: at a supervisor's all of them; at a window only what this tablet has not sent yet. */
export const useConfidential = (): Live<ContactRow[]> => rows('confidential')

/** What was ended last. */
export const useEndedContacts = (): Live<ContactRow[]> =>
  useLive(() => newestOn<ContactRow['image']>('contact', 'ended', endedShown), [])

/** 首问失误, proposed and decided; only supervisors have any. */
export const useLapses = (): Live<RowOf<ContactLapse>[]> => liveRowsOn<ContactLapse>('contact', 'lapse')

/** One contact with what its papers and its course need. */
export interface ContactFacts extends OwnPart {
  row: ContactRow
}

/** Both records of the kind stand in one table; a lapse has no page of its own. */
function isLapse({ image }: { image: ContactRecord }): boolean {
  return image.form === 'lapse'
}

async function readContact(id: string): Promise<ContactFacts | undefined> {
  return tabletStore().transact('read', ['view', 'outcome', 'meta'], async (tx) => {
    const row = (await tx.get('view', id)) as unknown as ContactRow | undefined
    if (row?.kind !== 'contact' || isLapse(row)) return undefined
    return { row, ...(await ownPart(tx, id)) }
  })
}

/** One contact, live. */
export function useContact(id: () => string): Live<ContactFacts | undefined> {
  return useLive<ContactFacts | undefined>(() => readContact(id()), undefined, id)
}

const ranks = { past: 0, near: 1, normal: 2, done: 3 } as const

/** A contact as its line in a list says it. */
export interface ContactLine {
  id: string
  row: ContactRow
  image: Contact
  light: keyof typeof ranks
  dueOn: string
}

/** Lines by light, an emergency before everything; undated ones by when they came. */
export function contactLines(
  rows: readonly ContactRow[],
  terms: (ContactTerms & { today: string }) | null,
): ContactLine[] {
  const lines = rows.map((row): ContactLine => {
    const { image } = row
    const light = terms ? contactLight(image, terms) : isContactEnded(image) ? 'done' : 'normal'
    return { id: row.id, row, image, light, dueOn: terms ? contactDueOn(image, terms) : '' }
  })
  const rank = ({ image, light }: ContactLine) => (image.matter === 'emergency' && light !== 'done' ? -1 : ranks[light])
  return lines.sort(
    (a, b) => rank(a) - rank(b) || a.dueOn.localeCompare(b.dueOn) || a.image.receivedAt - b.image.receivedAt,
  )
}
