import type { RefusalKind } from '../core/refusal.ts'
import { profileMisnamed } from './adopt-profile.ts'
import { adminOnly, postChanged } from './assign-post.ts'
import { windowChangeSentences } from './decide-window.ts'
import { endServiceSentences } from './end-service.ts'
import { endTurnSentences } from './end-turn.ts'
import { serviceSentences } from './open-service.ts'
import { turnSentences } from './plan-turn.ts'
import { calendarMisnamed } from './publish-calendar.ts'

/** Sentences of refusals of this room, by code. */
export const hallSentences: RefusalKind[] = [
  ...windowChangeSentences,
  ...serviceSentences,
  ...endServiceSentences,
  ...turnSentences,
  ...endTurnSentences,
  calendarMisnamed,
  adminOnly,
  postChanged,
  profileMisnamed,
]
