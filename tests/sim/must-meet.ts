import type { Marks } from './marks.ts'

const act = (type: string): string => `act ${type}`

/**
 * What 250 histories must have gone through, or they prove nothing. Not `busy`: here it takes six lost races in a row, and
 * real 503s are met on a real Postgres (F16, F19, F20).
 */
const mustMeet: readonly string[] = [
  ...['outcome applied', 'outcome merged', 'outcome conflict', 'outcome rejected'],
  ...['outcome held grant', 'outcome held quarantine', 'outcome held crash', 'outcome held depends'],
  ...['receive', 'accept', 'conclude', 'refuse', 'supplementNotice', 'materialGiven'].map((name) =>
    act(`case.${name}`),
  ),
  ...['note', 'correct', 'take', 'withdraw', 'undo', 'resolve', 'archive'].map((name) => act(`case.${name}`)),
  ...['handover.open', 'handover.confirm'].map(act),
  ...['tab killed', 'server killed', 'died in a request', 'answer lost', 'answer cut short', 'portal'],
  ...['request doubled', 'hours late', 'half-open', 'two leaders', 'power cut', 'disk full'],
  ...['before load', 'after load', 'before append', 'after append', 'before page', 'after page'].map(
    (gate) => `server dies ${gate}`,
  ),
  ...['hands changed', 'signed in offline', 'done offline', 'act refused at the tap'],
  ...['clock jumped', 'clock a day off', 'clock a year off', 'clock drifts'],
  ...['tablet revoked', 'grant revoked', 'left a scope', 'put away', 'horizon passed'],
  ...['disk put back', 'forked', 'restored', 'met a restored server'],
  ...['updated while acts wait', 'a row rots', 'digest differs'],
]

/** Of these the ones that no history met. */
export function unmet(marks: Marks): string[] {
  return mustMeet.filter((name) => (marks[name] ?? 0) === 0)
}
