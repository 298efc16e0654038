import type { NetFault } from '../../local/engine.ts'
import { netSentence, ProblemFault } from '../../sync/problem-fault.ts'

/** Why nothing was sent or noted, to a student: unlike at a window nothing waits here to be sent by itself. */
export function mailSentence(error: NetFault): string {
  if (error instanceof ProblemFault) return netSentence(error)
  return error.kind === 'unreachable'
    ? '网络不通，还没有办成。请看看网络，再试一次。'
    : '服务器现在没有应答，还没有办成，请稍后再试。'
}
