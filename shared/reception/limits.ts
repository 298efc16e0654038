import type { Calendar } from '../calendar/calendar.ts'
import { clockOf } from '../calendar/hours.ts'
import { momentOf } from '../calendar/day.ts'
import { openOn } from '../calendar/workdays.ts'
import { light, openingOf, promiseOn, type Light } from '../limits/index.ts'
import { settingOf } from '../profiles/later.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Settings } from '../profiles/settings.ts'
import { isContactEnded, type Contact } from './contact.ts'

/** What a contact's limits are reckoned with. */
export interface ContactTerms {
  readonly profile: Profile
  readonly calendars: readonly Calendar[]
}

/** 无主的事: to the school leader and on (ZJJ 二十八), coordinated by the desk (SZIT 三), or explained and guided (渝 三.3). */
export function nobodysBy(profile: Profile): Settings['nobodysMatterBy']['value'] {
  return settingOf(profile, 'nobodysMatterBy')
}

/** Whether a window is the hall's 咨询台. */
export function isDesk({ windows }: Profile, windowId: string | null): boolean {
  return windows.some((window) => window.id === windowId && window.isDesk === true)
}

/** The longest a reply may be promised for, working days: nobody's matter, what people complain of, any other. */
function replyDays({ matter }: Pick<Contact, 'matter'>, profile: Profile): number {
  const { nobodysReplyDays, complaintReplyDays } = profile.settings
  if (matter === 'nobodys') return nobodysReplyDays.value
  return matter === 'voice' || matter === 'difficulty'
    ? complaintReplyDays.value
    : settingOf(profile, 'contactDays').answer
}

/** The last day a reply to a matter brought at `at` may be promised for. */
export function lastReplyDay(of: Pick<Contact, 'matter'>, at: number, { profile, calendars }: ContactTerms): string {
  return promiseOn({ receivedAt: at, workingDays: replyDays(of, profile), profile, calendars })
}

/** The day the person is owed an answer: as promised, else by the hall's rule. */
export function contactDueOn(image: Contact, terms: ContactTerms): string {
  return image.replyOn ?? lastReplyDay(image, image.receivedAt, terms)
}

/** SUP-1 for a contact: red from the day after, for everybody on whose list it stands (ZJJ-28). */
export function contactLight(image: Contact, terms: ContactTerms & { today: string }): Light | 'done' {
  if (isContactEnded(image)) return 'done'
  return light({ dueOn: contactDueOn(image, terms), workingDays: replyDays(image, terms.profile), ...terms })
}

/** The moment a day of the hall is over: its last opening hour, or midnight on a day it is closed. */
function closeOf(on: string, { profile, calendars }: ContactTerms): number {
  const last = openOn(calendars, on, openingOf(profile)).at(-1)
  return momentOf(on, clockOf(last?.to ?? 24 * 60))
}

/** The moment by which something that began at `at` is to be done: `handOn` by the first contact, `take` by the receiver. */
export function stepEnd(step: 'handOn' | 'take', at: number, terms: ContactTerms): number {
  const workingDays = settingOf(terms.profile, 'contactDays')[step]
  return closeOf(promiseOn({ receivedAt: at, workingDays, ...terms }), terms)
}

/** The moment by which the person is to be answered. */
export function answerEnd(image: Contact, terms: ContactTerms): number {
  return closeOf(contactDueOn(image, terms), terms)
}
