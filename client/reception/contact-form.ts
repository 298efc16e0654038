import { formatCaseNumber } from '../../shared/cases/index.ts'
import type { Json } from '../../shared/core/canonical.ts'
import type { Matter, Voice } from '../../shared/reception/contact.ts'
import type { Kept } from '../local/act.ts'
import type { ActDraft } from '../local/act-types.ts'

/** A first contact as it is being written; it outlives a lock, a reload and a crash. */
export type ContactForm = {
  matter: Matter | null
  voice: Voice | null
  channel: 'window' | 'phone'
  name: string
  phone: string
  text: string
  isAboutStaff: boolean
  isSerious: boolean
  /** The window it goes to. */
  windowId: string
  guidanceId: string
  place: string
  procedure: string
  units: string[]
  replyOn: string
  reportTo: string
  item: { code: string; name: string } | null
}

/** Nothing written yet. */
export function emptyContact(more: Partial<ContactForm> = {}): ContactForm {
  return {
    ...{ matter: null, voice: null, channel: 'window', name: '', phone: '', text: '', isAboutStaff: false },
    ...{ isSerious: false, windowId: '', guidanceId: '', place: '', procedure: '', units: [], replyOn: '' },
    ...{ reportTo: '', item: null, ...more },
  }
}

/** Matters that are kept by the tap on their tile alone. */
export const atOnce: ReadonlySet<Matter> = new Set<Matter>(['own', 'emergency'])

/** What must still be chosen before anything can be kept; what the record itself demands, the rule says. */
export function formReason(form: ContactForm): string | undefined {
  if (form.matter === null) return '请先选是什么事。'
  if (form.matter === 'otherUnit' && form.windowId === '') return '请选转给哪个窗口。'
  if (form.matter === 'voice' && form.voice === null) return '请选申诉、投诉、举报、意见或建议。'
  const isUnguided = form.place.trim() === '' || form.procedure.trim() === ''
  return form.matter === 'outside' && isUnguided ? '请选一条指引，或写明办理程序和地点。' : undefined
}

/** The main button's words. */
export function formLabel(form: ContactForm, windowName: string | undefined): string {
  if (form.matter === 'otherUnit') return windowName ? `转首问 → ${windowName}` : '转首问'
  if (form.matter === 'outside') return '指引并打印'
  if (form.matter === 'nobodys') return '无主登记'
  if (form.matter === 'enquiry') return '登记，查明后告知'
  return form.matter === 'voice' ? '登记并编号' : '登记'
}

/** Whose acts these are: the new record, the window's code and the hall's day for its number. */
export interface NewContact {
  contactId: string
  windowCode: string
  day: string
}

/** One tap: the first contact, and what was done with it at once. */
export function contactActs(form: ContactForm, { contactId, windowCode, day }: NewContact): ActDraft[] {
  if (form.matter === null) return []
  const act = (type: string, args: ActDraft['args']): ActDraft => ({
    ...{ type: `contact.${type}`, kind: 'contact', aggId: contactId, args },
    itemId: null,
  })
  const { matter, channel, isAboutStaff, isSerious, item } = form
  const about = {
    ...{ matter, voice: matter === 'voice' ? form.voice : null, channel, isAboutStaff, isSerious, item },
    ...{ person: { name: form.name.trim(), phone: form.phone.trim() }, text: form.text.trim() },
    ...{ units: form.units, replyOn: form.replyOn === '' ? null : form.replyOn },
  }
  const open = act('open', (mint) => ({
    number: formatCaseNumber({ windowCode, day, lane: mint.lane ?? '', n: mint.next() }),
    ...(about as unknown as Record<string, Json>),
  }))
  return [open, ...nextActs(form).map(({ type, args }) => act(type, args))]
}

function nextActs(form: ContactForm): { type: string; args: Record<string, Json> }[] {
  if (form.matter === 'otherUnit') return [{ type: 'handOn', args: { toWindowId: form.windowId, text: '' } }]
  if (form.matter === 'outside') {
    const guidanceId = form.guidanceId === '' ? null : form.guidanceId
    const way = { place: form.place.trim(), procedure: form.procedure.trim() }
    return [{ type: 'guide', args: { guidanceId, windowId: null, ...way, text: '' } }]
  }
  const to = form.reportTo.trim()
  return to === '' ? [] : [{ type: 'report', args: { to, how: 'phone', text: '' } }]
}

/** Complaints and reports, and what is about the hall's own people: only supervisors keep them. */
export function isSupervisorsOnly({ matter, voice, isAboutStaff }: ContactForm): boolean {
  return isAboutStaff || (matter === 'voice' && (voice === 'complaint' || voice === 'report'))
}

/** The number a kept first contact was given. */
export function numberIn({ acts }: Pick<Kept, 'acts'>): string | null {
  const made = acts[0]?.verdict.changes.find((change) => change.op === 'create')
  return made && typeof made.value.number === 'string' ? made.value.number : null
}
