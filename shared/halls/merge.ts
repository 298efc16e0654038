import { firstWins, type MergeRule } from '../core/merge.ts'

/** Profile, calendar and posts are edited online; the version that was looked at must still be the one there (§6). */
export const hallRules = {
  adopt: { command: 'profile.adopt', field: 'version', against: 'profile.adopt', when: 'same version', ...firstWins },
  calendar: {
    ...{ command: 'calendar.publish', field: 'version', against: 'calendar.publish', when: 'same version' },
    ...firstWins,
  },
  decideWindow: {
    ...{ command: 'windowChange.decide', field: 'state', against: 'windowChange.decide', when: 'decided by another' },
    ...firstWins,
  },
  endService: {
    ...{ command: 'concentratedService.end', field: 'endedOn', against: 'concentratedService.end', when: 'other day' },
    ...firstWins,
  },
  endTurn: { command: 'windowTurn.end', field: 'to', against: 'windowTurn.end', when: 'other day', ...firstWins },
  endPost: { command: 'post.end', field: 'to', against: 'post.end', when: 'other day', ...firstWins },
} satisfies Record<string, MergeRule>
