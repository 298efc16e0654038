import { aggregate } from '../core/command.ts'
import type { Json } from '../core/canonical.ts'
import type { Act } from '../core/kernel.ts'
import type { Conflict, Flag } from '../core/outcome.ts'
import type { BusyTime } from './free-time.ts'

/** 学生助理 (SZIT-8): an application from the whole school, its answer, and the end of service. */
export interface Assistant {
  id: string
  hallId: string
  kind: 'assistant'
  /** 已报名, 已选用, 未选用, 服务结束. */
  state: 'applied' | 'selected' | 'declined' | 'ended'
  college: string
  grade: string
  /** Windows the student would like, then those they may cover. */
  wishes: string[]
  windowIds: string[]
  busy: BusyTime[]
  appliedOn: string
  decision: { by: string; on: string; note: string } | null
  /** The record made when selected; posts and training stand under it. */
  personId: string | null
  end: { on: string; reason: string } | null
  /** name, phone, number (学号), statement. */
  pii: Record<string, Json>
  acts: Act[]
  flags: (Flag & { act: string; actorId: string; at: number })[]
  conflicts: Conflict[]
}

/** 学生助理 in the register: the officers' alone. */
export const assistantAggregate = aggregate<Assistant>({
  kind: 'assistant',
  scopes: () => ['supervisor'],
  shelf: (image) => image.state,
  at: (image) => image.acts[0]?.at ?? 0,
  keys: () => [],
})
