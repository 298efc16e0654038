import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import { day, filledText, plainId, text } from '../core/text.ts'
import type { Assistant } from './assistant.ts'

/** 选用: which windows the student may cover; the record that training and posts stand under is made in the same tap. */
export const selectAssistant = command({
  type: 'assistant.select',
  v: 1,
  nature: 'claim',
  on: 'assistant',
  by: ['supervisor', 'admin'],
  args: z.strictObject({
    personId: plainId,
    windowIds: z.array(plainId).min(1).max(20),
    by: filledText(60),
    on: day,
    note: text(300),
  }),
  touches: () => ['state'],
  decide(image: Assistant, { personId, windowIds, ...decision }) {
    if (image.state !== 'applied') return rejected({ code: 'assistant.state' })
    const sets = [set('personId', personId), set('windowIds', windowIds), set('decision', decision)]
    return applied([set('state', 'selected'), ...sets])
  },
})
