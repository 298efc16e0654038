import { z } from 'zod'
import { command, type Ctx } from '../core/command.ts'
import { applied, contended, set, stop, flag, type Flag } from '../core/outcome.ts'
import { day, filledText } from '../core/text.ts'
import { checkPromise, promiseOn } from '../limits/index.ts'
import { isEnded, type Case } from './case.ts'
import { byOf, endConflict, incompleteFlags, profileOf, sawState, sheetOf } from './rules.ts'

const Args = z.strictObject({
  workingDays: z.int().min(1).max(250),
  on: day,
  level: z.enum(['ordinary', 'schoolStudy', 'higherAuthority']),
  reason: filledText(500),
  beyondReason: filledText(500).nullable(),
})

/** 受理·承诺 (SSC-20.2, NBU-7): the reason, the working days and the date told to the student, once. */
export const accept = command({
  type: 'case.accept',
  v: 1,
  nature: 'fact',
  on: 'case',
  by: ['roleA', 'roleB'],
  args: Args,
  touches: () => ['state'],
  decide(image: Case, args, ctx) {
    const { beyondReason, ...told } = args
    const promise = { ...told, beyondReason, by: byOf(ctx) }
    const flags = [...incompleteFlags(image, ctx), ...promiseFlags(args, ctx)]
    if (isEnded(image.state) && !sawState(image, ctx)) {
      return contended([], [endConflict(image, ctx, { state: 'open', result: `承诺 ${args.on}`, said: args })], flags)
    }
    return applied(
      [set('promise', promise), set('acceptedAt', ctx.at), set('state', 'open'), set('endedAt', null)],
      flags,
    )
  },
})

/** ZJJ-27: the cap of the level, and the date the hall's own calendar gives. */
function promiseFlags(args: z.infer<typeof Args>, ctx: Ctx): Flag[] {
  const rules = { item: sheetOf(ctx), profile: profileOf(ctx) }
  const check = checkPromise({ ...rules, ...args })
  const due = promiseOn({
    receivedAt: ctx.at,
    workingDays: args.workingDays,
    profile: rules.profile,
    calendars: ctx.calendars,
  })
  return [
    ...(check.ok ? [] : [stop(check.cite, check.code, check.facts)]),
    ...(due === args.on ? [] : [flag(check.cap.cite ?? 'SSC-20.2', 'promiseDiffers', { told: args.on, due })]),
  ]
}
