import { momentOf } from '../calendar/day.ts'
import { aggregate } from '../core/command.ts'
import type { Act } from '../core/kernel.ts'
import type { Conflict, Flag } from '../core/outcome.ts'

/** Somebody who came, or who has a task: at a window, or (null) of the hall. */
export interface Attendee {
  personId: string
  personName: string
  windowId: string | null
}

/** 任务: what somebody has to do, by which day. */
export interface MeetingTask {
  id: string
  text: string
  owner: Attendee
  dueOn: string
  done: { at: number; by: string; note: string } | null
}

/** 例会 (ZJJ 十, 十一; REF 章程 十二): of the officer for the hall, or of a window's head; who came, minutes, summary, plan, tasks. */
export interface Meeting {
  id: string
  hallId: string
  kind: 'meeting'
  /** The window whose head held it; null for the hall's. */
  windowId: string | null
  on: string
  from: string
  place: string
  ledBy: { personId: string; personName: string }
  came: Attendee[]
  minutes: string
  /** 工作总结. */
  summary: string
  /** 工作安排. */
  plan: string
  tasks: MeetingTask[]
  isArchived: boolean
  acts: Act[]
  flags: (Flag & { act: string; actorId: string; at: number })[]
  conflicts: Conflict[]
}

/** Windows whose people have something of a meeting to do or to look up. */
function windowsOf({ windowId, tasks }: Meeting): string[] {
  const owners = tasks.map(({ owner }) => owner.windowId)
  return [...new Set([windowId, ...owners])].filter((id) => id !== null)
}

/** 例会 in the register: at the windows concerned until it is put away (all tasks done, and weeks old). */
export const meetingAggregate = aggregate<Meeting>({
  kind: 'meeting',
  scopes: (image) => ['supervisor', ...(image.isArchived ? [] : windowsOf(image).map((id) => `window:${id}`))],
  shelf: () => 'meeting',
  at: (image) => -momentOf(image.on, image.from),
  keys: () => [],
})

/** A task nobody has done yet, with the meeting it comes from. */
export interface OpenTask extends MeetingTask {
  meetingId: string
  on: string
}

/** 任务 of one person, those due first at the top: what appears on their own list (ZJJ-10). */
export function tasksOf(meetings: readonly Meeting[], personId: string): OpenTask[] {
  return meetings
    .flatMap(({ id, on, tasks }) => tasks.map((task) => ({ ...task, meetingId: id, on })))
    .filter((task) => task.done === null && task.owner.personId === personId)
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : Number(a.dueOn > b.dueOn)))
}
