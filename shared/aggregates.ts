import { caseAggregate, slotAggregate } from './cases/index.ts'
import { guideAggregate, itemAggregate } from './catalogue/index.ts'
import type { AnyAggregate } from './core/command.ts'
import { calendarAggregate, postAggregate, profileAggregate } from './halls/index.ts'
import { concentratedServiceAggregate, windowChangeAggregate, windowTurnAggregate } from './halls/index.ts'
import { handoverAggregate } from './handover/index.ts'
import { dayCloseAggregate } from './limits/index.ts'
import { contactAggregate } from './reception/index.ts'
import {
  assistantAggregate,
  meetingAggregate,
  officeAggregate,
  personAggregate,
  staffChangeAggregate,
} from './staff/index.ts'
import { outcomeAggregate } from './sync/index.ts'

/** Every kind of aggregate: where its images are shown, sorted, found and followed. */
export const aggregates: ReadonlyMap<string, AnyAggregate> = new Map(
  [
    assistantAggregate,
    calendarAggregate,
    caseAggregate,
    concentratedServiceAggregate,
    contactAggregate,
    dayCloseAggregate,
    guideAggregate,
    handoverAggregate,
    itemAggregate,
    meetingAggregate,
    officeAggregate,
    outcomeAggregate,
    personAggregate,
    postAggregate,
    profileAggregate,
    slotAggregate,
    staffChangeAggregate,
    windowChangeAggregate,
    windowTurnAggregate,
  ].map((def) => [def.kind, def]),
)
