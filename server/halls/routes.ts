import { OpenCases, OpenCasesQuery } from '../../shared/wire/open-cases.ts'
import { signedIn, supervisorOnly } from '../auth/index.ts'
import { define, type Api } from '../http/define.ts'
import type { Deps } from '../http/env.ts'
import { readOpenCases } from './reports.ts'

/** 机构窗口: what a change of windows or rules would meet (NBU-3, SSC-7). */
export const hallRoutes = (api: Api, deps: Deps): void => {
  define(
    api,
    {
      method: 'get',
      path: '/api/v1/halls/open-cases',
      summary: '在办的办件，调整窗口或规章前核对用',
      guards: [signedIn(deps), supervisorOnly],
      query: OpenCasesQuery,
      answer: OpenCases,
      problems: ['unauthenticated', 'forbidden'],
    },
    async ({ query }, c) => readOpenCases(deps.db, c.get('person').hallId, query.windowId),
  )
}
