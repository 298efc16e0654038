import { set, type Change } from '../core/outcome.ts'
import type { Ctx } from '../core/command.ts'
import type { Pause } from './case-parts.ts'
import type { Case, CaseState } from './case.ts'
import { byOf } from './rules.ts'

/** Put a line at the end of a list that cases of before do not have. */
export function addTo(image: Case, key: 'pauses' | 'transfers' | 'appeals', line: object): Change {
  return set(key, [...(image[key] ?? []), line])
}

/** 中止 as it begins; one over an end that was not seen takes no time from the limit. */
export function pauseOf(reason: string, ctx: Ctx, to: number | null = null): Pause {
  return { from: ctx.at, to, reason, by: byOf(ctx) }
}

/** Open pauses come to an end; all of them, or those of which `which` says so. */
export function pausesEnded(image: Case, at: number, which: (pause: Pause) => boolean = () => true): Change[] {
  return (image.pauses ?? []).flatMap((pause, index) =>
    pause.to === null && which(pause) ? [set(`pauses.${String(index)}.to`, Math.max(pause.from, at))] : [],
  )
}

/** Whether a pause is the wait for a payment (ZJJ-24): it ends with the receipt number, not with 恢复. */
export function isForPayment({ charge }: Pick<Case, 'charge'>, { by }: Pause): boolean {
  return charge?.by.act === by.act
}

/** A paused case stays paused, whatever comes; where it goes on afterwards changes. */
export function goOn(image: Case, to: 'open' | 'waiting'): Change {
  return image.state === 'paused' ? set('pausedFrom', to) : set('state', to)
}

/** The state that lies under 中止. */
export function underPause({ state, pausedFrom }: Pick<Case, 'state' | 'pausedFrom'>): CaseState {
  return state === 'paused' ? (pausedFrom ?? 'open') : state
}
