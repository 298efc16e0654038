export { adoptProfile, profileAggregate, profileMisnamed } from './adopt-profile.ts'
export { assignPost, endPost, postAggregate, postChanged, type Post } from './assign-post.ts'
export { concentratedServiceAggregate, type ConcentratedService, type ServicePlan } from './concentrated-service.ts'
export { decideWindow, itemsWithoutWindow } from './decide-window.ts'
export { hasDay, isInTurn, isTurnSet, keepersOn, type TurnDays } from './derive-keeper.ts'
export { endService } from './end-service.ts'
export { endTurn } from './end-turn.ts'
export { holdsAsk, itemsAt, nextItems, nextVersions, strayItems, withAsk, type ProfileEdit } from './next-versions.ts'
export { openService } from './open-service.ts'
export { planTurn } from './plan-turn.ts'
export { proposeWindow } from './propose-window.ts'
export { calendarAggregate, calendarMisnamed, publishCalendar } from './publish-calendar.ts'
export { hallSentences } from './refusals.ts'
export {
  windowChangeAggregate,
  type Decision,
  type Proposal,
  type WindowAsk,
  type WindowChange,
} from './window-change.ts'
export { windowTurnAggregate, type WindowTurn } from './window-turn.ts'
export { hallRules } from './merge.ts'
export { promiseOf, standOf, whatIf, type CaseStand, type NewPromise, type WhatIf, type WhatIfData } from './what-if.ts'
