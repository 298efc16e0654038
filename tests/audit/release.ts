import type { ActPlan } from '../support/forge.ts'
import { ctxv, serverNow } from '../sync/forged-hall.ts'

/** 核对后放行 of a held command, as a supervisor's browser writes it. */
export function releasing(aggId: string, cmdId: string, more: { kind?: string; reason?: string } = {}): ActPlan {
  const { kind = 'case', reason = '示例：已向窗口核对，确有此事' } = more
  const forge = { kind, causedBy: cmdId }
  return { type: 'held.release', aggId, args: { cmdId, reason }, at: serverNow - 1_000, ctxv, forge }
}
