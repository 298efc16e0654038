import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import { day, filledText, text } from '../core/text.ts'
import type { Assistant } from './assistant.ts'

/** 不选用, with who decided and when. */
export const declineAssistant = command({
  type: 'assistant.decline',
  v: 1,
  nature: 'claim',
  on: 'assistant',
  by: ['supervisor', 'admin'],
  args: z.strictObject({ by: filledText(60), on: day, note: text(300) }),
  touches: () => ['state'],
  decide(image: Assistant, decision) {
    if (image.state !== 'applied') return rejected({ code: 'assistant.state' })
    return applied([set('state', 'declined'), set('decision', decision)])
  },
})
