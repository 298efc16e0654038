import type { By } from './case.ts'

/** 协办 (a unit's own work), 检查复核 (its back office), 审批 (its leaders). */
export type StepKind = 'unit' | 'check' | 'approval'

/**
 * One unit's part of a case (SSC-20.3, ZJJ-8, NBU-8). Steps of one stage run side by side, the next stage opens when
 * they are done. Its words may name the student: they stand in `pii` under `words`.
 */
export interface CaseStep {
  kind: StepKind
  unitId: string
  unitName: string
  /** What the sheet calls it (分管领导); empty: by unit and kind. */
  title: string
  /** The unit's window of the hall; null: its back office or leaders at their own PCs. */
  windowId: string | null
  stage: number
  holder: { actorId: string; actorName: string; role: string } | null
  result: { verdict: 'done' | 'returned'; result: string; words: string; by: By } | null
}
