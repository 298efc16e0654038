import { DevicesAnswer, DevicesQuery } from '../../shared/wire/log.ts'
import { signedIn, supervisorOnly } from '../auth/index.ts'
import { define, type Api } from '../http/define.ts'
import type { Deps } from '../http/env.ts'
import { devicesPage, readDevices } from './reports.ts'

/** 平板: every device of the hall and when it was last heard of (SUP-3). */
export const deviceRoutes = (api: Api, deps: Deps): void => {
  define(
    api,
    {
      method: 'get',
      path: '/api/v1/devices',
      summary: '本厅的平板和浏览器',
      guards: [signedIn(deps), supervisorOnly],
      query: DevicesQuery,
      answer: DevicesAnswer,
      problems: ['unauthenticated', 'forbidden'],
    },
    async ({ query }, c) => {
      const found = await readDevices(deps.db, c.get('person').hallId, query.after ?? '')
      const rows = found.slice(0, devicesPage)
      return { rows, next: found.length > devicesPage ? (rows.at(-1)?.id ?? null) : null }
    },
  )
}
