import type { Json } from '../../shared/core/canonical.ts'
import { isJudgeFlag } from '../../shared/core/judge-flags.ts'
import { hasSentence, sentenceOf } from '../../shared/sentences.ts'
import { HeldQuery, LogAnswer, logPage, LogQuery, type LogRow } from '../../shared/wire/log.ts'
import { signedIn, supervisorOnly } from '../auth/index.ts'
import { define, type Api } from '../http/define.ts'
import type { Deps } from '../http/env.ts'
import { summaryOf } from './act-words.ts'
import { readLog, type StoredLogRow } from './reports.ts'

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text))

const rowOf = ({ about, flags, ...row }: StoredLogRow): LogRow => ({
  ...row,
  pos: Number(row.pos),
  wall: numberOf(row.wall),
  lo: numberOf(row.lo),
  hi: numberOf(row.hi),
  summary: summaryOf(row.type, about),
  reason:
    row.code !== null && hasSentence(row.code)
      ? sentenceOf(row.code, (row.detail ?? {}) as Record<string, Json>)
      : null,
  // Flags of the rules stand in the image and may hold what was said to a student; the judge's own hold times only.
  marks: (flags ?? []).filter(({ code }) => isJudgeFlag(code)).map(({ code, facts }) => sentenceOf(code, facts)),
})

const pageOf = (stored: StoredLogRow[]): LogAnswer => {
  const rows = stored.slice(0, logPage).map(rowOf)
  return { rows, next: stored.length > logPage ? (rows.at(-1)?.pos ?? null) : null }
}

/** 督查: the log with both times and who, as what, on which tablet (SUP-2), and what waits for a person. */
export const auditRoutes = (api: Api, deps: Deps): void => {
  const common = {
    guards: [signedIn(deps), supervisorOnly],
    answer: LogAnswer,
    problems: ['unauthenticated', 'forbidden'],
  } as const
  define(
    api,
    { ...common, method: 'get', path: '/api/v1/log', summary: '操作日志，按服务器次序从新到旧', query: LogQuery },
    async ({ query }, c) => pageOf(await readLog(deps.db, c.get('person').hallId, query)),
  )
  define(
    api,
    { ...common, method: 'get', path: '/api/v1/held', summary: '待主管处理的操作', query: HeldQuery },
    async ({ query }, c) =>
      pageOf(await readLog(deps.db, c.get('person').hallId, { ...query, outcome: 'held', isOpen: true })),
  )
}
