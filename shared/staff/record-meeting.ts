import { z } from 'zod'
import { ClockTime } from '../calendar/hours.ts'
import { command } from '../core/command.ts'
import { applied, create } from '../core/outcome.ts'
import { day, filledText, plainId, text } from '../core/text.ts'
import type { Meeting } from './meeting.ts'

/** Somebody of a meeting. */
export const AttendeeArgs = z.strictObject({
  personId: plainId,
  personName: filledText(60),
  windowId: plainId.nullable(),
})

/** A task as it is given. */
export const TaskArgs = z.strictObject({ id: plainId, text: filledText(300), owner: AttendeeArgs, dueOn: day })

/** 开会记录: it has been held; the officer's for the hall, a head's for the own window (ZJJ 十(一), 十一(一)). */
export const recordMeeting = command({
  type: 'meeting.record',
  v: 1,
  nature: 'fact',
  on: 'meeting',
  by: ['roleA', 'roleB', 'supervisor', 'admin'],
  creates: true,
  args: z.strictObject({
    on: day,
    from: ClockTime,
    place: text(60),
    came: z.array(AttendeeArgs).max(80),
    minutes: filledText(4000),
    summary: text(2000),
    plan: text(2000),
    tasks: z.array(TaskArgs).max(40),
  }),
  decide(_none: null, { tasks, ...rest }, ctx) {
    const image: Meeting = {
      ...{ id: ctx.aggId, hallId: ctx.hallId, kind: 'meeting', windowId: ctx.windowId, ...rest },
      ledBy: { personId: ctx.actorId, personName: ctx.actorName },
      tasks: tasks.map((task) => ({ ...task, done: null })),
      ...{ isArchived: false, acts: [], flags: [], conflicts: [] },
    }
    return applied([create(image)])
  },
})
