import { computed, type ComputedRef, type ShallowRef } from 'vue'
import type { Contact, ContactLapse } from '../../shared/reception/contact.ts'
import { proposedLapses, type LapseProposal } from '../../shared/reception/derive-lapses.ts'
import type { RowOf } from '../local/rows.ts'
import { useHall } from '../local/use-hall.ts'
import { useConfidential, useEndedContacts, useOpenContacts, type ContactRow } from './queries.ts'

/** A lapse the log shows, beside the matter it is about. */
export interface Proposed {
  proposal: LapseProposal
  contact: Contact
}

/** What the log proposes now (REF-CQ6 (1), (2)); what was put forward or decided already is left out. */
export function useLapseProposals(lapses: Readonly<ShallowRef<RowOf<ContactLapse>[]>>): {
  proposals: ComputedRef<Proposed[]>
} {
  const hall = useHall()
  const lists = [useOpenContacts(), useConfidential(), useEndedContacts()]
  const proposals = computed(() => {
    const profile = hall.profile.value
    if (!profile) return []
    const terms = { profile, calendars: hall.calendars.value, now: hall.now.value }
    const known = new Set(lapses.value.map(({ id }) => id))
    const rows: ContactRow[] = lists.flatMap(({ data }) => data.value)
    return rows.flatMap(({ image }) =>
      proposedLapses(image, known, terms).map((proposal) => ({ proposal, contact: image })),
    )
  })
  return { proposals }
}
