import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, set } from '../core/outcome.ts'
import { plainId, text } from '../core/text.ts'
import type { Meeting } from './meeting.ts'

/** 任务办完: said by whoever did it; done twice is done once. */
export const taskDone = command({
  type: 'meeting.taskDone',
  v: 1,
  nature: 'fact',
  on: 'meeting',
  by: ['roleA', 'roleB', 'backOffice', 'approver', 'supervisor', 'admin'],
  args: z.strictObject({ taskId: plainId, note: text(300) }),
  homes: (image: Meeting) =>
    [image.windowId, ...image.tasks.map(({ owner }) => owner.windowId)].filter((id) => id !== null),
  decide(image: Meeting, { taskId, note }, ctx) {
    const at = image.tasks.findIndex(({ id, done }) => id === taskId && done === null)
    return applied(at < 0 ? [] : [set(`tasks.${String(at)}.done`, { at: ctx.at, by: ctx.actorName, note })])
  },
})
