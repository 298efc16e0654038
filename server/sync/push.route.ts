import type { MiddlewareHandler } from 'hono'
import { Frame } from '../../shared/wire/frame.ts'
import { maxBatch, maxPushBytes, PushBody } from '../../shared/wire/push.ts'
import { deviceReach } from '../db/hall-queries.ts'
import { checked, document, type Api } from '../http/define.ts'
import type { Deps, DeviceAuth, Env } from '../http/env.ts'
import { Fault } from '../http/fault.ts'
import { readJson } from '../http/read-json.ts'
import { frameOf } from './frame.ts'
import { judge, type Judgement } from './judge.ts'
import { nodeJudge } from './node-judge.ts'
import { pushTurns, type PushLimits } from './push-limits.ts'
import { pushScopes } from './scope.ts'
import type { Wake } from './wake.ts'

/** What the sync routes work with. */
export type SyncDeps = Deps & {
  readonly wake: Wake
  readonly pushLimits?: PushLimits
  /** Told of what a push has done, beside the answer: effects on other aggregates are acts of the system. */
  readonly follow?: (hallId: string, done: Judgement['done']) => void
}

/** `POST /sync/v1/push`: judge a tablet's commands in its order; a lost answer is asked again and replayed (OFF-3). */
export function pushRoute(api: Api, deps: SyncDeps, enrolled: MiddlewareHandler<Env>): void {
  const path = '/sync/v1/push'
  document(api, {
    ...{ method: 'post', path, summary: '送上本机的操作，取回各自的结果', body: PushBody, answer: Frame },
    problems: ['unauthenticated', 'forbidden', 'too-many', 'busy'],
  })
  const inTurn = pushTurns(deps.pushLimits)
  api.post(path, enrolled, async (c) => {
    const t1 = deps.now()
    const body = readBody(await readJson(c.req.raw, maxPushBytes))
    return c.json(await inTurn(c.var.device, () => push(deps, c.var.device, { body, t1 })))
  })
}

// Too many commands is too large, whatever each of them is (X1).
function readBody(raw: unknown): PushBody {
  const list: unknown = raw !== null && typeof raw === 'object' && 'commands' in raw ? raw.commands : null
  if (Array.isArray(list) && list.length > maxBatch) throw new Fault('too-large')
  return checked(PushBody, raw, 'invalid')
}

async function push(deps: SyncDeps, device: DeviceAuth, { body, t1 }: { body: PushBody; t1: number }): Promise<Frame> {
  const judged = await judge(nodeJudge(deps), device, body)
  if (judged.pos !== null) deps.wake.appended(device.hallId, judged.pos)
  deps.follow?.(device.hallId, judged.done)
  const reach = await deviceReach(deps.db, device, t1)
  const page = await deps.store.page({
    ...{
      hallId: device.hallId,
      // The judge stops at a schema to come before it has seen whose stream it is.
      streamId: reach.streamIds.includes(body.streamId) ? body.streamId : null,
      branch: body.branch ?? 0,
      spareOf: body.lane === undefined ? null : device.id,
      firstUnsettled: body.firstUnsettled,
      since: null,
      limit: maxBatch,
    },
    ...{ scopes: pushScopes(device, reach, judged.scopes), touched: judged.touched },
  })
  return frameOf(page, { t1, t2: deps.now(), stop: judged.stop })
}
