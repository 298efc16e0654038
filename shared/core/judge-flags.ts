import type { Json } from './canonical.ts'
import { flag, type Flag } from './outcome.ts'
import { refusal, type RefusalKind } from './refusal.ts'

/**
 * What the judge itself notes about a command beside what its rule says: evidence about clock and versions, kept in the
 * verdict and shown in the log, never a reason to refuse (sync.md §7, I19).
 */
export const judgeFlags = {
  clockJump: (ms: number): Flag => flag('SUP-2', 'clock-jump', { ms }),
  clockBack: (ms: number): Flag => flag('SUP-2', 'clock-back', { ms }),
  clockOff: (ms: number): Flag => flag('SUP-2', 'clock-off', { ms }),
  clockDeadline: (on: string): Flag => flag('SUP-1', 'clock-deadline', { on }),
  olderData: (kind: string, named: string, inForce: string): Flag =>
    flag('OFF-6', 'ctxv-older', { kind, named, inForce }),
}

/** The sentences of these flags, as the log shows them. */
export const judgeSentences: RefusalKind[] = [
  refusal('clock-jump', {
    cite: 'SUP-2',
    say: (facts) => `平板的时钟在这一步之前${turned(facts.ms)}了${span(facts.ms)}。`,
  }),
  refusal('clock-back', { cite: 'SUP-2', say: (facts) => `平板的时钟比上一步还早${span(facts.ms)}。` }),
  refusal('clock-off', {
    cite: 'SUP-2',
    say: (facts) => `平板时钟${Number(facts.ms) > 0 ? '快' : '慢'}${span(facts.ms)}，超过本厅允许的误差。`,
  }),
  refusal('clock-deadline', {
    cite: 'SUP-1',
    say: (facts) => `承诺日期 ${String(facts.on)} 正落在时钟误差之内，是否按时请人工认定。`,
  }),
  refusal('ctxv-older', {
    cite: 'OFF-6',
    say: (facts) => `办理时用的是旧的${facts.kind === 'calendar' ? '工作日历' : '规章配置'}（当时已有新版）。`,
  }),
]

const codes = new Set(judgeSentences.map(({ code }) => code))

/** Whether a flag is the judge's own: those of the rules stand in the image and are shown from there. */
export function isJudgeFlag(code: string): boolean {
  return codes.has(code)
}

function turned(ms: Json | undefined): string {
  return Number(ms) > 0 ? '往前跳' : '往回跳'
}

function span(ms: Json | undefined): string {
  const minutes = Math.abs(Number(ms)) / 60_000
  if (minutes < 1) return ` ${String(Math.round(minutes * 60))} 秒`
  if (minutes < 120) return ` ${String(Math.round(minutes))} 分钟`
  return minutes < 2880 ? ` ${String(Math.round(minutes / 60))} 小时` : ` ${String(Math.round(minutes / 1440))} 天`
}
