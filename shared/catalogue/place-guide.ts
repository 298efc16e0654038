import { z } from 'zod'
import { command, type Ctx } from '../core/command.ts'
import { add, applied, create, set } from '../core/outcome.ts'
import { filledText, plainId, text } from '../core/text.ts'
import type { Guide, GuideBy } from './guide.ts'

const copies = z.int().min(1).max(10_000)
const version = z.int().min(1).max(9999)

function byOf({ cmdId, actorId, actorName, at }: Ctx): GuideBy {
  return { act: cmdId, actorId, actorName, at }
}

/** 登记服务指南 (SSC-17): printed and put at its place; a window's staff for the own window. */
export const placeGuide = command({
  type: 'guide.place',
  v: 1,
  nature: 'fact',
  on: 'guide',
  by: ['roleA', 'roleB', 'supervisor', 'admin'],
  creates: true,
  args: z.strictObject({
    windowId: plainId,
    itemId: plainId,
    itemCode: plainId,
    itemName: filledText(60),
    version,
    place: filledText(60),
    copies,
  }),
  decide(_none: null, args, ctx) {
    const { itemId, itemCode, itemName, place } = args
    const image: Guide = {
      ...{ id: ctx.aggId, hallId: ctx.hallId, kind: 'guide', windowId: ctx.windowId ?? args.windowId },
      ...{ itemCode, itemName, place, version: args.version },
      prints: [{ itemId, version: args.version, copies: args.copies, by: byOf(ctx) }],
      ...{ removed: null, acts: [], flags: [], conflicts: [] },
    }
    return applied([create(image)])
  },
})

/** 换新: a newer version was printed and lies there now; of two the newer counts, whichever comes later. */
export const renewGuide = command({
  type: 'guide.renew',
  v: 1,
  nature: 'fact',
  on: 'guide',
  by: ['roleA', 'roleB', 'supervisor', 'admin'],
  args: z.strictObject({ itemId: plainId, itemName: filledText(60), version, copies }),
  decide(image: Guide, args, ctx) {
    const print = add('prints', {
      itemId: args.itemId,
      version: args.version,
      copies: args.copies,
      by: byOf(ctx),
    })
    const isNewer = args.version >= image.version
    const now = isNewer ? [set('version', args.version), set('itemName', args.itemName)] : []
    // Whoever puts new ones there after they were taken away has put them there.
    return applied([print, ...now, ...(image.removed ? [set('removed', null)] : [])])
  },
})

/** 撤下: nothing lies there any more. */
export const removeGuide = command({
  type: 'guide.remove',
  v: 1,
  nature: 'fact',
  on: 'guide',
  by: ['roleA', 'roleB', 'supervisor', 'admin'],
  args: z.strictObject({ reason: text(100) }),
  decide(image: Guide, { reason }, ctx) {
    return applied(image.removed ? [] : [set('removed', { ...byOf(ctx), reason })])
  },
})
