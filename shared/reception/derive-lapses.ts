import type { Flag } from '../core/outcome.ts'
import { isContactEnded, type Contact, type ContactLapse, type ContactRecord } from './contact.ts'
import { lapseId, type LapseAbout } from './lapse.ts'
import { answerEnd, stepEnd, type ContactTerms } from './limits.ts'

/** A lapse the log shows, not yet looked at: whose, which of the first two kinds, and by which sentence. */
export type LapseProposal = LapseAbout & { id: string; why: LapseWhy }
type LapseWhy = 'notHandedOn' | 'handedOnLate' | 'notTaken' | 'takenLate' | 'notAnswered' | 'answeredLate'

const flagged: Readonly<Record<string, { lapse: 1 | 2; why: LapseWhy }>> = {
  'contact.handedOnLate': { lapse: 1, why: 'handedOnLate' },
  'contact.takenLate': { lapse: 2, why: 'takenLate' },
  'contact.answeredLate': { lapse: 2, why: 'answeredLate' },
}

/**
 * REF-CQ6 (1), (2) from the log: not handed on in time; not contacted, not taken or not answered within the limit. Proposals
 * only: what was proposed already is left out, and nothing counts before it is verified.
 */
export function proposedLapses(contact: Contact, known: ReadonlySet<string>, terms: Now): LapseProposal[] {
  const found = [...contact.flags.flatMap((flag) => ofFlag(contact, flag)), ...ofClock(contact, terms)]
  const byId = new Map(found.map((one) => [one.id, one]))
  return [...byId.values()].filter(({ id }) => !known.has(id))
}

function proposal(about: LapseAbout, why: LapseWhy): LapseProposal {
  return { ...about, id: lapseId(about), why }
}

function ofFlag({ id: contactId }: Contact, { code, facts }: Flag): LapseProposal[] {
  const kind = flagged[code]
  if (!kind) return []
  const { actorId, actorName, windowId } = facts
  const person = typeof actorId === 'string' ? { actorId, actorName: String(actorName) } : null
  const atWindowId = typeof windowId === 'string' ? windowId : null
  return [proposal({ contactId, lapse: kind.lapse, person, atWindowId }, kind.why)]
}

type Now = ContactTerms & { now: number }

/** What is past its moment and still open. */
function ofClock(contact: Contact, terms: Now): LapseProposal[] {
  if (isContactEnded(contact)) return []
  return [...notHandedOn(contact, terms), ...(contact.asked ? notTaken(contact, terms) : notAnswered(contact, terms))]
}

function notHandedOn({ id, first, matter, handOns, receivedAt }: Contact, terms: Now): LapseProposal[] {
  if (matter !== 'otherUnit' || handOns.length > 0 || terms.now <= stepEnd('handOn', receivedAt, terms)) return []
  const { actorId, actorName, windowId: atWindowId } = first
  return [proposal({ contactId: id, lapse: 1, person: { actorId, actorName }, atWindowId }, 'notHandedOn')]
}

function notTaken({ id, asked }: Contact, terms: Now): LapseProposal[] {
  if (!asked || terms.now <= stepEnd('take', asked.by.at, terms)) return []
  return [proposal({ contactId: id, lapse: 2, person: null, atWindowId: asked.windowId }, 'notTaken')]
}

function notAnswered(contact: Contact, terms: Now): LapseProposal[] {
  if (terms.now <= answerEnd(contact, terms)) return []
  const { actorId, actorName, windowId: atWindowId } = contact.holder
  const person = actorId === null ? null : { actorId, actorName: actorName ?? '' }
  return [proposal({ contactId: contact.id, lapse: 2, person, atWindowId }, 'notAnswered')]
}

/** Lapses that count in the unit's appraisal: those verified (经查实). */
export function countedLapses(records: readonly ContactRecord[]): ContactLapse[] {
  return records.filter(
    (record): record is ContactLapse => record.form === 'lapse' && record.verdict?.isUpheld === true,
  )
}
