import { z } from 'zod'
import { Phone } from '../cases/index.ts'
import { caseNumberPattern } from '../core/case-number.ts'
import { command, type Ctx } from '../core/command.ts'
import { applied, create, flag, set, stop, type Flag } from '../core/outcome.ts'
import { day, filledText, text } from '../core/text.ts'
import { matters, voices, type Contact } from './contact.ts'
import { lastReplyDay, nobodysBy } from './limits.ts'
import { byOf, profileOf, termsOf } from './rules.ts'

const Args = z
  .strictObject({
    number: z.string().regex(caseNumberPattern),
    matter: z.enum(matters),
    voice: z.enum(voices).nullable(),
    channel: z.enum(['window', 'phone']),
    /** 涉及本厅工作人员. */
    isAboutStaff: z.boolean(),
    isSerious: z.boolean(),
    person: z.strictObject({ name: text(50), phone: Phone }),
    text: text(2000),
    item: z.strictObject({ code: filledText(40), name: filledText(60) }).nullable(),
    /** Units an enquiry touches. */
    units: z.array(filledText(40)).max(12),
    replyOn: day.nullable(),
  })
  .refine((args) => (args.matter === 'voice') === (args.voice !== null), '请选申诉、投诉、举报、意见或建议')
type Args = z.infer<typeof Args>

/** 首问登记: whoever receives a person or a call first is 首问责任人, on record until it is answered (NBU-6, REF-CQ3). */
export const openContact = command({
  type: 'contact.open',
  v: 1,
  nature: 'fact',
  on: 'contact',
  by: ['roleA', 'roleB'],
  creates: true,
  personal: ['person.name', 'person.phone', 'text'],
  args: Args,
  decide(_none: null, args: Args, ctx) {
    const { number, matter, voice, channel, isSerious, item, replyOn } = args
    const by = byOf(ctx)
    const image: Contact = {
      ...{ id: ctx.aggId, hallId: ctx.hallId, kind: 'contact', form: 'matter' },
      ...{ number, matter, voice, channel, isSerious, item, replyOn },
      isConfidential: voice === 'complaint' || voice === 'report' || args.isAboutStaff,
      ...{ until: profileOf(ctx).settings.firstContactUntil.value, state: 'open', first: by, asked: null },
      holder: { windowId: ctx.windowId, unitId: null, actorId: ctx.actorId, actorName: ctx.actorName },
      ...{ receivedAt: ctx.at, endedAt: null, finding: null, case: null },
      ...{ reaches: [], handOns: [], guides: [], reports: [], passes: [], answers: [], notes: [] },
      pii: { ...args.person, text: args.text },
      ...{ acts: [], flags: [], conflicts: [] },
    }
    const finding = matter === 'enquiry' ? [set('finding', { key: 'text', by, units: args.units })] : []
    return applied([create(image), ...finding], flagsOf(args, ctx))
  },
})

const untitled: ReadonlySet<Args['matter']> = new Set(['own', 'otherUnit', 'outside', 'emergency'])

/** What the record must hold before it can be kept; an emergency is never stopped. */
function flagsOf(args: Args, ctx: Ctx): Flag[] {
  const { name, phone } = args.person
  const isFormal = args.voice === 'complaint' || args.voice === 'report'
  const missing = [...(name === '' ? ['姓名'] : []), ...(phone === '' ? ['联系电话'] : [])]
  const unnamed = isFormal && missing.length > 0 ? [stop('REF-CQ3.4', 'contact.unnamed', { missing })] : []
  const untold = args.text === '' && !untitled.has(args.matter) ? [stop('REF-CQ3.4', 'contact.untold')] : []
  return [...unnamed, ...untold, ...replyFlags(args, ctx)]
}

function replyFlags(args: Args, ctx: Ctx): Flag[] {
  const isPromised = args.matter === 'nobodys' && nobodysBy(profileOf(ctx)) !== 'guide'
  if (args.replyOn === null) return isPromised ? [stop('ZJJ-28', 'contact.noReplyDate')] : []
  const last = lastReplyDay(args, ctx.at, termsOf(ctx))
  return args.replyOn > last ? [flag('ZJJ-28', 'contact.replyLate', { last })] : []
}
