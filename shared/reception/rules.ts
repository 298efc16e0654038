import type { Ctx } from '../core/command.ts'
import { add, flag, held, set, type Change, type Flag, type Verdict } from '../core/outcome.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Contact, ContactBy, ContactRecord, ContactState } from './contact.ts'
import { answerEnd, stepEnd, type ContactTerms } from './limits.ts'

/** The actor of this command, as it stands in the image. */
export function byOf({ cmdId, actorId, actorName, role, windowId, at }: Ctx): ContactBy {
  return { act: cmdId, actorId, actorName, role, windowId, at }
}

/** The profile version the command was decided with. */
export function profileOf(ctx: Ctx): Profile {
  if (!ctx.profile) throw new Error('a contact command needs the profile it was decided with')
  return ctx.profile
}

/** What limits are reckoned with. */
export function termsOf(ctx: Ctx): ContactTerms {
  return { profile: profileOf(ctx), calendars: ctx.calendars }
}

/** An act on a matter; one that names a lapse instead was never made by a screen of ours. */
export function onMatter(image: ContactRecord, decide: (contact: Contact) => Verdict): Verdict {
  return image.form === 'matter' ? decide(image) : held('quarantine', { why: 'form' })
}

/** Words about the person, or to them: the entry in its list, the words in `pii`. */
export function entryChanges(list: string, ctx: Ctx, entry: { text: string; [more: string]: unknown }): Change[] {
  const { text, ...more } = entry
  const key = `${list}:${ctx.cmdId}`
  return [add(list, { key, by: byOf(ctx), ...more }), ...(text === '' ? [] : [set(`pii.${key}`, text)])]
}

/** It is over: nobody is asked any more. */
export function endChanges(state: ContactState, ctx: Ctx): Change[] {
  return [set('state', state), set('endedAt', ctx.at), set('asked', null)]
}

/** REF-CQ6 (2): answered after the limit; who held it is what a supervisor looks at. */
export function lateAnswer(image: Contact, ctx: Ctx): Flag[] {
  if (ctx.at <= answerEnd(image, termsOf(ctx))) return []
  const { actorId, actorName, windowId } = image.holder
  return [flag('REF-CQ6', 'contact.answeredLate', { actorId, actorName, windowId })]
}

/** REF-CQ6 (1), (2): handed on, or taken, later than the hall allows. */
export function lateStep(step: 'handOn' | 'take', ctx: Ctx, since: { at: number; who: Flag['facts'] }): Flag[] {
  if (ctx.at <= stepEnd(step, since.at, termsOf(ctx))) return []
  return [flag('REF-CQ6', step === 'handOn' ? 'contact.handedOnLate' : 'contact.takenLate', since.who)]
}
