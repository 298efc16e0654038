import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import type { Meeting } from './meeting.ts'

/** 归档: an old meeting with nothing left to do leaves its windows' tablets; it stays in the record. Only the system does it. */
export const archiveMeeting = command({
  type: 'meeting.archive',
  v: 1,
  nature: 'claim',
  on: 'meeting',
  by: ['system'],
  args: z.strictObject({}),
  decide(image: Meeting) {
    const isOver = !image.isArchived && image.tasks.every(({ done }) => done !== null)
    return isOver ? applied([set('isArchived', true)]) : rejected({ code: 'meeting.notOver' })
  },
})
