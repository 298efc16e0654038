import { z } from 'zod'
import type { Json } from '../core/canonical.ts'
import { command, type Ctx } from '../core/command.ts'
import { isSameValue, meet, sideOf } from '../core/merge.ts'
import { applied, set, stop, flag, type Conflict, type Flag } from '../core/outcome.ts'
import { day, filledText } from '../core/text.ts'
import { ToldField } from '../profiles/settings.ts'
import { checkPromise, promiseOn } from '../limits/index.ts'
import { isEnded, type Case, type Promise } from './case.ts'
import { caseRules } from './merge.ts'
import { goOn } from './pauses.ts'
import { byOf, endConflict, incompleteFlags, pausedFlags, profileOf, sawState, sheetOf } from './rules.ts'
import { openingChanges } from './steps-open.ts'

const Args = z.strictObject({
  workingDays: z.int().min(1).max(250),
  on: day,
  level: z.enum(['ordinary', 'schoolStudy', 'higherAuthority']),
  reason: filledText(500),
  beyondReason: filledText(500).nullable(),
  /** What was told with it; acts of before do not say. */
  told: z.array(ToldField).max(5).optional(),
})

/** 受理·承诺 (SSC-20.2, NBU-7): the reason, the working days and the date told to the student, once. */
export const accept = command({
  type: 'case.accept',
  v: 1,
  nature: 'fact',
  on: 'case',
  by: ['roleA', 'roleB'],
  args: Args,
  touches: () => ['state', 'promise.by.act'],
  decide(image: Case, args, ctx) {
    const promise = { ...(args as Omit<Promise, 'by'>), by: byOf(ctx) }
    const flags = [...incompleteFlags(image, ctx), ...promiseFlags(args, ctx), ...pausedFlags(image)]
    if (isEnded(image.state) && !sawState(image, ctx)) {
      const conflict = endConflict(image, ctx, { state: 'open', result: `承诺 ${args.on}`, said: args as Json })
      return meet(caseRules.promiseAfterEnd, { conflicts: [conflict], flags })
    }
    const other = promiseUnseen(image, ctx)
    if (other && isSamePromise(other, args)) return meet(caseRules.promiseSame, { detail: { agreed: ['承诺'] }, flags })
    if (other)
      return meet(caseRules.promiseOther, { conflicts: [promiseConflict(image, other, { ctx, promise })], flags })
    const next = image.state === 'disputed' ? [] : [goOn(image, 'open'), set('endedAt', null)]
    const isOver = isEnded(image.state) || image.state === 'disputed'
    const again = isOver ? [flag('OFF-4', 'editedAfterEnd', { state: image.state })] : []
    const changes = [set('promise', promise), set('acceptedAt', ctx.at), ...next, ...openingChanges(image, ctx)]
    return applied(changes, [...flags, ...again])
  },
})

/** A promise given elsewhere meanwhile. */
function promiseUnseen(image: Case, ctx: Ctx): Promise | null {
  const saw = ctx.seen['promise.by.act']
  return image.promise && saw !== undefined && saw !== image.promise.by.act ? image.promise : null
}

function isSamePromise(told: Promise, args: z.infer<typeof Args>): boolean {
  const { by: _by, ...said } = told
  return isSameValue(said, args as Json)
}

/** Two dates were told to the student: the first stays until a person decides which is kept. */
function promiseConflict(image: Case, told: Promise, { ctx, promise }: { ctx: Ctx; promise: Promise }): Conflict {
  const { act, actorId, actorName, role, at } = told.by
  const { deviceId = '', online = false } = image.acts.find(({ cmdId }) => cmdId === act) ?? {}
  return {
    ...{ id: `${ctx.cmdId}:promise`, field: 'promise', label: '承诺日期', isPersonal: false, settled: null },
    kept: { cmdId: act, actorId, actorName, role, deviceId, at, online, value: told as unknown as Json },
    other: sideOf(ctx, promise as unknown as Json),
  }
}

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
    ...untoldFlags(args.told, rules.profile),
    ...(due === args.on ? [] : [flag(check.cap.cite ?? 'SSC-20.2', 'promiseDiffers', { told: args.on, due })]),
  ]
}

/** What the hall's rules have told with a promise (SSC-20.2, NBU-7), and was not. */
function untoldFlags(told: readonly string[] | undefined, { settings }: ReturnType<typeof profileOf>): Flag[] {
  const { value, cite } = settings.toldWithPromise
  const untold = told ? value.filter((field) => !told.includes(field)) : []
  return untold.length > 0 ? [stop(cite ?? 'SSC-20.2', 'notTold', { untold })] : []
}
