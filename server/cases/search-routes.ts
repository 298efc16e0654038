import { z } from 'zod'
import { plainId } from '../../shared/core/text.ts'
import { CaseAnswer, SearchAnswer, SearchQuery } from '../../shared/wire/search.ts'
import { signedIn, supervisorOnly } from '../auth/index.ts'
import { define, type Api } from '../http/define.ts'
import type { Deps } from '../http/env.ts'
import { Fault } from '../http/fault.ts'
import { searchCases } from './find-cases.ts'
import { readCaseWithSheet } from './reports.ts'

const problems = ['unauthenticated', 'forbidden'] as const

/**
 * Search over all of a hall's cases, long put away ones too, for a supervisor at the own PC (sync.md §14, 2.6). Who
 * searched and who opened what stands in the log by ids; what was typed does not, nor in the address, which histories and
 * proxies keep (REF-PRIV, T13).
 */
export const searchRoutes = (api: Api, deps: Deps): void => {
  const guards = [signedIn(deps), supervisorOnly]
  define(
    api,
    {
      ...{ method: 'post', path: '/api/v1/search', summary: '在本厅全部办件里查找，已归档的也在内' },
      ...{ guards, body: SearchQuery, maxBytes: 2_048, answer: SearchAnswer, problems },
    },
    async ({ body }, c) => {
      const { id: by, hallId } = c.get('person')
      const answer = await searchCases(deps.db, hallId, body)
      deps.log.warn({ id: c.get('requestId'), hall: hallId, by, count: answer.rows.length }, 'cases searched')
      return answer
    },
  )
  define(
    api,
    {
      ...{ method: 'get', path: '/api/v1/search/cases/{id}', summary: '看一件本机没有的办件' },
      ...{ guards, params: z.strictObject({ id: plainId }), answer: CaseAnswer },
      problems: [...problems, 'not-found'],
    },
    async ({ params }, c) => {
      const { id: by, hallId } = c.get('person')
      const found = await readCaseWithSheet(deps.db, hallId, params.id)
      if (!found) throw new Fault('not-found')
      deps.log.warn({ id: c.get('requestId'), hall: hallId, by, about: params.id }, 'case read')
      return found as unknown as CaseAnswer
    },
  )
}
