import { z } from 'zod'
import { command } from '../core/command.ts'
import { isChangedSince } from '../core/merge.ts'
import { add, applied, rejected, set } from '../core/outcome.ts'
import { filledText, text } from '../core/text.ts'
import type { Meeting } from './meeting.ts'
import { TaskArgs } from './record-meeting.ts'

const words = ['minutes', 'summary', 'plan'] as const

/** 补记: words put right, a task more; words that another changed meanwhile have to be looked at first. */
export const amendMeeting = command({
  type: 'meeting.amend',
  v: 1,
  nature: 'claim',
  on: 'meeting',
  by: ['roleA', 'roleB', 'supervisor', 'admin'],
  /** The hall's minutes are the officer's, whoever has a task of them. */
  homes: ({ windowId }: Meeting) => (windowId === null ? [] : [windowId]),
  args: z.strictObject({
    minutes: filledText(4000),
    summary: text(2000),
    plan: text(2000),
    tasks: z.array(TaskArgs).max(40),
  }),
  touches: () => [...words],
  decide(image: Meeting, { tasks, ...texts }, ctx) {
    if (words.some((key) => isChangedSince(image[key], ctx.seen[key]))) return rejected({ code: 'meeting.changed' })
    const known = new Set(image.tasks.map(({ id }) => id))
    const fresh = tasks.filter(({ id }) => !known.has(id)).map((task) => add('tasks', { ...task, done: null }))
    return applied([...words.map((key) => set(key, texts[key])), ...fresh])
  },
})
