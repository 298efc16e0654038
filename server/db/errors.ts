import { StoreConflict, StoreUnavailable } from '../sync/store-verbs.ts'

// Two transactions met; 23505 counts as one (sync.md 3.1).
const conflicts = new Set(['40001', '40P01', '23505'])

// Postgres is away, going away, overloaded, or stopped the statement; and what node and postgres.js say of a lost line.
const away = new Set(
  [
    '57014 57P01 57P02 57P03 57P05 53000 53100 53200 53300 55P03 58030 25006',
    'CONNECTION_CLOSED CONNECTION_ENDED CONNECTION_DESTROYED CONNECT_TIMEOUT',
    'ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EHOSTUNREACH ENOTFOUND EAI_AGAIN',
  ].flatMap((line) => line.split(' ')),
)

/** The SQLSTATE or system code of an error, also when Drizzle has wrapped it. */
export const codeOf = (error: unknown): string | null => {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code
  }
  return null
}

/** A statement failed for a reason that is a bug. It names the SQLSTATE only: the driver's text may hold what people typed. */
export class StatementError extends Error {
  override readonly name = 'StatementError'
  readonly code: string

  constructor(code: string) {
    super(`the database refused a statement (${code})`)
    this.code = code
  }
}

/** Turns a driver's error into the store's own, without the parameters that Drizzle writes into the message (P19). */
export const asStoreError = (error: unknown): Error => {
  const code = codeOf(error) ?? 'no code'
  if (conflicts.has(code)) return new StoreConflict(`somebody else was first (${code})`)
  if (away.has(code) || code.startsWith('08')) return new StoreUnavailable(`the database does not answer (${code})`)
  return new StatementError(code)
}
