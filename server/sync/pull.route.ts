import type { MiddlewareHandler } from 'hono'
import { Frame } from '../../shared/wire/frame.ts'
import { PullQuery } from '../../shared/wire/push.ts'
import { deviceReach, isStream, type DeviceReach } from '../db/hall-queries.ts'
import { define, type Api } from '../http/define.ts'
import type { Deps, DeviceAuth, Env } from '../http/env.ts'
import { Fault } from '../http/fault.ts'
import { frameOf, minSchema } from './frame.ts'
import { mayFollow } from './scope.ts'

/** `GET /sync/v1/pull`: current images of the scopes asked for, up to a position nothing can slip behind (sync.md 4.3). */
export function pullRoute(api: Api, deps: Deps, enrolled: MiddlewareHandler<Env>): void {
  define(
    api,
    {
      method: 'get',
      path: '/sync/v1/pull',
      summary: '取回本机所关注范围内的变化',
      guards: [enrolled],
      query: PullQuery,
      answer: Frame,
      problems: ['unauthenticated', 'forbidden', 'upgrade-required'],
    },
    ({ query }, c) => pull(deps, c.var.device, query),
  )
}

const revoked = (kind: DeviceAuth['kind']): string =>
  `这${kind === 'tablet' ? '台平板' : '个浏览器'}已被停用，不能再取数据；还没有发送的记录照样会送出，交主管处理。`
const signInAgain = '登录已经结束，或岗位有变动，不能再取新的数据。请重新登录；已办的照样会发送。'

async function pull(deps: Deps, device: DeviceAuth, query: PullQuery): Promise<Frame> {
  const t1 = deps.now()
  if (device.revokedAt !== null) throw new Fault('forbidden', { detail: revoked(device.kind) })
  if (query.schema < minSchema) throw new Fault('upgrade-required')
  const scopes = [...new Set(query.scopes.split(','))]
  const reach = await deviceReach(deps.db, device, t1)
  const isAllowed = scopes.every((scope) => mayFollow(device, reach, scope)) && (await mayAsk(deps, query, reach))
  if (!isAllowed) throw new Fault('forbidden', device.kind === 'browser' ? { detail: signInAgain } : {})
  const { stream, branch, firstUnsettled, since, limit, snapshot, began } = query
  const page = await deps.store.page({
    ...{ hallId: device.hallId, streamId: stream, branch, firstUnsettled, since, scopes, limit, touched: [] },
    ...{ isSnapshot: snapshot !== undefined, began },
  })
  return frameOf(page, { t1, t2: deps.now() })
}

/** Results are given of the device's own streams; of one that is not opened yet, or was before a restore, there are none. */
async function mayAsk(deps: Deps, { stream }: PullQuery, { streamIds }: DeviceReach): Promise<boolean> {
  return streamIds.includes(stream) || !(await isStream(deps.db, stream))
}
