import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import { day, filledText } from '../core/text.ts'
import type { Assistant } from './assistant.ts'

/** 服务结束: the last day and why; posts end in the same tap. */
export const endAssistant = command({
  type: 'assistant.end',
  v: 1,
  nature: 'claim',
  on: 'assistant',
  by: ['supervisor', 'admin'],
  args: z.strictObject({ on: day, reason: filledText(200) }),
  touches: () => ['state'],
  decide(image: Assistant, end) {
    if (image.state !== 'selected') return rejected({ code: 'assistant.state' })
    return applied([set('state', 'ended'), set('end', end)])
  },
})
