import { z } from 'zod'
import { command } from '../core/command.ts'
import { add, applied, rejected, set } from '../core/outcome.ts'
import { refusal, type RefusalKind } from '../core/refusal.ts'
import { day, text } from '../core/text.ts'
import { isEnded, type Case } from './case.ts'
import { isReminded, type Reminder } from './reminder.ts'
import { alreadyEnded } from './refusals.ts'
import { byOf } from './rules.ts'

/** The system reminds once of each due day; a second instance, or a second round, has nothing to say. */
export const alreadyReminded = refusal('case.alreadyReminded', {
  cite: 'SUP-1',
  say: () => '到这个期限已经提醒过一次，没有再提醒。',
})

/** Sentences of reminders, by code. */
export const remindSentences: RefusalKind[] = [alreadyReminded]

/**
 * 催办·督办 (SUP-1): of a case near its limit to its handler, of one past it to the supervisors; by the system once for
 * each due day, by a supervisor as often as they see fit, with a word of their own.
 */
export const remind = command({
  type: 'case.remind',
  v: 1,
  nature: 'claim',
  on: 'case',
  by: ['supervisor', 'system'],
  personal: ['text'],
  args: z.strictObject({ way: z.enum(['urge', 'supervise']), dueOn: day.nullable(), text: text(300).nullable() }),
  decide(image: Case, { way, dueOn, text: said }, ctx) {
    if (isEnded(image.state)) return rejected({ code: alreadyEnded.code, facts: { state: image.state } })
    if (ctx.role === 'system' && isReminded(image, way, dueOn)) return rejected({ code: alreadyReminded.code })
    const key = `remind:${ctx.cmdId}`
    const { actorId, actorName } = image.handler
    const reminder: Reminder = { key, way, dueOn, to: way === 'urge' ? { actorId, actorName } : null, by: byOf(ctx) }
    const list = image.reminders ? add('reminders', reminder) : set('reminders', [reminder])
    return applied([list, ...(said ? [set(`pii.${key}`, said)] : [])])
  },
})
