import { pino, type Logger } from 'pino'

/** The server's log: one JSON line an event. */
export type Log = Pick<Logger, 'info' | 'warn' | 'error'>

/**
 * Only these fields are ever written (T13): ids and figures, no bodies, no addresses, no words a person typed. What an
 * officer does that is no command says `by` whom and `about` which account, device or stream.
 * An error gives its name, its code and where it was thrown; its message may quote a value and stays out.
 */
const allowed = new Set([
  'id',
  'method',
  'route',
  'status',
  'ms',
  'problem',
  'error',
  'code',
  'at',
  'port',
  'hall',
  'count',
  'by',
  'about',
])

const kept = (fields: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => allowed.has(key)))

/** A logger to stdout, or to `destination` in tests. `CHANGKAI_LOG` sets the level; warnings and worse by default. */
export const createLog = (level: string, destination?: { write(line: string): void }): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: kept },
    },
    ...(destination ? [destination] : []),
  )

/** What may be said of an error in the log. */
export const errorFields = (error: unknown): { error: string; code?: string; at: string[] } => {
  if (!(error instanceof Error)) return { error: typeof error, at: [] }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const cause = error.cause instanceof Error ? errorFields(error.cause) : null
  const known = code ?? cause?.code
  return {
    error: cause ? `${error.name} < ${cause.error}` : error.name,
    ...(known === undefined ? {} : { code: known }),
    at: frames
      .slice(0, 6)
      .map((line) => line.trim().replace(/(?:file:\/\/)?\/[^\s()]*\/(server|shared|node_modules)\//, '$1/')),
  }
}
