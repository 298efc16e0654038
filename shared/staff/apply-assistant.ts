import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, create } from '../core/outcome.ts'
import { day, filledText, plainId, text } from '../core/text.ts'
import type { Assistant } from './assistant.ts'
import { BusyTime } from './free-time.ts'

/** 报名: a student of any college (面向全校统一招募, SZIT 二), entered by the hall's office. */
export const applyAssistant = command({
  type: 'assistant.apply',
  v: 1,
  nature: 'claim',
  on: 'assistant',
  by: ['supervisor', 'admin'],
  creates: true,
  personal: ['name', 'phone', 'number', 'statement'],
  args: z.strictObject({
    name: filledText(60),
    phone: text(30),
    number: filledText(30),
    statement: text(500),
    college: filledText(60),
    grade: text(30),
    wishes: z.array(plainId).max(20),
    busy: z.array(BusyTime).max(60),
    appliedOn: day,
  }),
  decide(_none: null, { name, phone, number, statement, ...rest }, ctx) {
    const image: Assistant = {
      ...{ id: ctx.aggId, hallId: ctx.hallId, kind: 'assistant', state: 'applied', ...rest, windowIds: [] },
      ...{ decision: null, personId: null, end: null, pii: { name, phone, number, statement } },
      ...{ acts: [], flags: [], conflicts: [] },
    }
    return applied([create(image)])
  },
})
