import { z } from 'zod'
import { ClockTime } from '../calendar/hours.ts'
import { command } from '../core/command.ts'
import { applied, create, rejected } from '../core/outcome.ts'
import { day, filledText, plainId } from '../core/text.ts'
import { mostPlaces, type Slot } from './slot.ts'
import { slotMisplaced, slotNotOffered } from './slot-refusals.ts'

/** 开预约时段 (NBU-8): a window's A for the own window, a supervisor for any. */
export const slotOpen = command({
  type: 'slot.open',
  v: 1,
  nature: 'claim',
  on: 'slot',
  by: ['roleA', 'supervisor', 'admin'],
  creates: true,
  args: z.strictObject({
    windowId: plainId,
    itemCode: plainId.nullable(),
    itemName: filledText(60),
    letter: z.string().regex(/^[A-Z]{1,2}$/, '时段代号是一两个大写字母'),
    day,
    from: ClockTime,
    to: ClockTime,
    capacity: z.int().min(1).max(mostPlaces),
  }),
  decide(_none: null, args, ctx) {
    if (ctx.profile?.settings.hasAppointment.value === false) return rejected({ code: slotNotOffered.code })
    const isElsewhere = ctx.windowId !== null && ctx.windowId !== args.windowId
    if (isElsewhere || args.from >= args.to) return rejected({ code: slotMisplaced.code })
    const image: Slot = {
      ...{ id: ctx.aggId, hallId: ctx.hallId, kind: 'slot', ...args },
      ...{ closed: null, bookings: {}, pii: {}, acts: [], flags: [], conflicts: [] },
    }
    return applied([create(image)])
  },
})
