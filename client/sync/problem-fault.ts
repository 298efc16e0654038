import { Problem } from '../../shared/wire/problem.ts'
import { NetFault } from '../local/engine.ts'

/** The server said no, or wait, in its own words: what stands in `problem` is for the person, field by field if need be. */
export class ProblemFault extends NetFault {
  readonly sentence: string
  readonly fields: readonly { pointer: string; detail: string }[]

  constructor(kind: 'busy' | 'refused', facts: { status: number; retryAfterMs?: number }, problem: Problem) {
    super(kind, { ...facts, problem: problem.type.replace(/^.*\/problems\//, '') })
    this.name = 'ProblemFault'
    this.sentence = problem.detail
    this.fields = problem.errors ?? []
  }
}

/** A problem document, or null when the body is none. */
export function readProblem(body: unknown): Problem | null {
  const parsed = Problem.safeParse(body)
  return parsed.success ? parsed.data : null
}

const words: Record<NetFault['kind'], string> = {
  unreachable: '现在连不上服务器。已办的都在本机，联网后会自动发送。',
  portal: '网络要先登录认证才能用。请打开网络登录页登录后再试；已办的都在本机。',
  busy: '服务器暂时忙，请稍等一会儿再试。已办的都在本机。',
  refused: '服务器没有接受这个请求，请重试；还不行，请联系主管。',
}

/** A plain sentence for a request that gave no answer: the server's own when it spoke. */
export function netSentence(fault: NetFault): string {
  return fault instanceof ProblemFault ? fault.sentence : words[fault.kind]
}
