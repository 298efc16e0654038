import { z } from 'zod'
import { command, type Ctx } from '../core/command.ts'
import { isChangedSince, meet } from '../core/merge.ts'
import { applied, rejected, set, type Verdict } from '../core/outcome.ts'
import { plainId, text } from '../core/text.ts'
import { isContactEnded, type Contact, type ContactRecord } from './contact.ts'
import { isUnitsOwn, isWindowsOwn } from './answer.ts'
import { isDesk, nobodysBy } from './limits.ts'
import { contactRules } from './merge.ts'
import { alreadyPassed, contactEnded, deskPasses, leaderAssigns, noSuchUnit, notHere, notReported } from './refusals.ts'
import { entryChanges, onMatter, profileOf } from './rules.ts'

const Args = z.strictObject({ unitId: plainId, windowId: plainId.nullable(), text: text(500) })
type Args = z.infer<typeof Args>

/**
 * 转交部门: the unit answers the person from now on (ZJJ-28: by the leader or supervisor, once it was reported; SZIT-3: the
 * desk itself passes on opinions and the like in time, and where it coordinates what is nobody's, that too). First wins.
 */
export const passOn = command({
  type: 'contact.passOn',
  v: 1,
  nature: 'claim',
  on: 'contact',
  by: ['roleA', 'roleB', 'approver', 'supervisor', 'admin'],
  personal: ['text'],
  args: Args,
  touches: () => ['holder.unitId', 'state'],
  decide: (image: ContactRecord, args, ctx) =>
    onMatter(image, (contact) => {
      const refused = refusalOf(contact, args, ctx)
      if (refused) return refused
      const { unitId, windowId } = args
      const holder = { windowId, unitId, actorId: null, actorName: null }
      const entry = entryChanges('passes', ctx, { text: args.text, unitId, windowId })
      return applied([...entry, set('holder', holder), set('asked', null), set('state', 'passed')])
    }),
})

function refusalOf(contact: Contact, { unitId, windowId }: Args, ctx: Ctx): Verdict | null {
  if (isContactEnded(contact)) return rejected({ code: contactEnded.code, facts: { state: contact.state } })
  if (isChangedSince(contact.holder.unitId, ctx.seen['holder.unitId'])) {
    return meet(contactRules.contactPassOn, { refusal: { code: alreadyPassed.code } })
  }
  if (isElsewhere(contact, ctx)) return rejected({ code: notHere.code })
  const { units, windows } = profileOf(ctx)
  const isKnown = units.some(({ id }) => id === unitId)
  const isTheirs = windowId === null || windows.some(({ id, unitIds }) => id === windowId && unitIds.includes(unitId))
  if (!isKnown || !isTheirs) return rejected({ code: noSuchUnit.code })
  return contact.matter === 'nobodys' ? nobodysRefusal(contact, ctx) : null
}

/** A window passes on what stands with it, a unit what that unit has; the hall's leaders, anything. */
function isElsewhere(contact: Contact, { windowId, unitIds }: Ctx): boolean {
  if (windowId !== null) return !isWindowsOwn(contact, windowId)
  return unitIds.length > 0 && !isUnitsOwn(contact, unitIds)
}

/** Above the window, once reported (ZJJ 二十八); where the desk coordinates, by the desk and by anybody above it (SZIT 三). */
function nobodysRefusal(contact: Contact, ctx: Ctx): Verdict | null {
  const profile = profileOf(ctx)
  if (nobodysBy(profile) !== 'desk') return leaderRefusal(contact, ctx)
  const isAbove = ctx.role !== 'roleA' && ctx.role !== 'roleB'
  return isAbove || isDesk(profile, ctx.windowId) ? null : rejected({ code: deskPasses.code })
}

function leaderRefusal({ reports }: Contact, { role }: Ctx): Verdict | null {
  if (role === 'roleA' || role === 'roleB') return rejected({ code: leaderAssigns.code })
  return reports.length === 0 ? rejected({ code: notReported.code }) : null
}
