import type { MiddlewareHandler } from 'hono'
import { Frame } from '../../shared/wire/frame.ts'
import { PullQuery } from '../../shared/wire/push.ts'
import { deviceReach } from '../db/hall-queries.ts'
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

async function pull(deps: Deps, device: DeviceAuth, query: PullQuery): Promise<Frame> {
  const t1 = deps.now()
  if (device.revokedAt !== null) throw new Fault('forbidden', { detail: '本设备已停用，不能再取回数据。' })
  if (query.schema < minSchema) throw new Fault('upgrade-required')
  const scopes = [...new Set(query.scopes.split(','))]
  const reach = await deviceReach(deps.db, device, t1)
  const isAllowed = scopes.every((scope) => mayFollow(device, reach, scope)) && reach.streamIds.includes(query.stream)
  if (!isAllowed) throw new Fault('forbidden')
  const { stream, firstUnsettled, since, limit } = query
  const page = await deps.store.page({
    ...{ hallId: device.hallId, streamId: stream, firstUnsettled, since, scopes, limit, touched: [] },
  })
  return frameOf(page, { t1, t2: deps.now() })
}
