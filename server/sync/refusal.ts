import type { ProblemCode } from '../../shared/wire/problem.ts'

/** Why a whole request is refused; the http layer answers it as a problem. Never the fault of one command of a push. */
export class SyncRefusal extends Error {
  override readonly name = 'SyncRefusal'
  readonly code: ProblemCode
  readonly retryAfterSeconds: number | null

  constructor(code: ProblemCode, detail: string, retryAfterSeconds: number | null = null) {
    super(detail)
    this.code = code
    this.retryAfterSeconds = retryAfterSeconds
  }
}
