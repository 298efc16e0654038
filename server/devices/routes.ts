import {
  CloseStreamAnswer,
  CloseStreamBody,
  DevicesAnswer,
  DevicesQuery,
  RevokeAnswer,
  RevokeBody,
} from '../../shared/wire/log.ts'
import { signedIn, supervisorOnly } from '../auth/index.ts'
import { closeStream, revokeDevice } from '../db/device-queries.ts'
import { define, type Api } from '../http/define.ts'
import type { Deps } from '../http/env.ts'
import { Fault } from '../http/fault.ts'
import { devicesPage, readDevices } from './reports.ts'

/** 平板: every device of the hall and when it was last heard of (SUP-3), and the end of one that is lost (P12). */
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
  define(
    api,
    {
      method: 'post',
      path: '/api/v1/devices/revoke',
      summary: '停用本厅的一台平板或浏览器',
      guards: [signedIn(deps), supervisorOnly],
      body: RevokeBody,
      answer: RevokeAnswer,
      problems: ['unauthenticated', 'forbidden', 'not-found'],
    },
    async ({ body }, c) => {
      const { id: by, hallId } = c.get('person')
      const { deviceId } = body
      const revokedAt = await revokeDevice(deps.db, { hallId, id: deviceId }, deps.now())
      if (revokedAt === null) throw new Fault('not-found')
      deps.log.warn({ id: c.get('requestId'), hall: hallId, by, about: deviceId }, 'device revoked')
      return { revokedAt }
    },
  )
  closing(api, deps)
}

/** 停用旧队列: the last step of the ladder (sync.md §8). */
const closing = (api: Api, deps: Deps): void => {
  define(
    api,
    {
      method: 'post',
      path: '/api/v1/devices/close-stream',
      summary: '停用平板换存储前的旧队列：之后再送来的只收下，交主管处理',
      guards: [signedIn(deps), supervisorOnly],
      body: CloseStreamBody,
      answer: CloseStreamAnswer,
      problems: ['unauthenticated', 'forbidden', 'not-found'],
    },
    async ({ body: { streamId } }, c) => {
      const { id: by, hallId } = c.get('person')
      const closed = await closeStream(deps.db, { hallId, streamId }, deps.now())
      if (closed === null) throw new Fault('not-found')
      deps.log.warn(
        { id: c.get('requestId'), hall: hallId, by, about: streamId, count: closed.lastSeq },
        'stream closed',
      )
      return closed
    },
  )
}
