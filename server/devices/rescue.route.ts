import { maxRescueFile, RescueAnswer, RescueFile, RescueKey } from '../../shared/wire/rescue.ts'
import { enrolled, signedIn, supervisorOnly } from '../auth/index.ts'
import { deviceOwner, hallsOpen } from '../db/rescue-queries.ts'
import { define, type Api } from '../http/define.ts'
import { Fault } from '../http/fault.ts'
import type { SyncDeps } from '../sync/push.route.ts'
import { openRescue } from './open-rescue.ts'
import { pushRescue } from './push-rescue.ts'
import { rescueKey } from './rescue-key.ts'

/** 应急文件 (sync.md 2.5, P22): the key tablets lock it for, and its loading by a supervisor. */
export const rescueRoutes = (api: Api, deps: SyncDeps): void => {
  define(
    api,
    {
      method: 'get',
      path: '/api/v1/rescue-key',
      summary: '应急文件的公钥，供已登记的平板断网前备好',
      guards: [enrolled(deps)],
      answer: RescueKey,
      problems: ['unauthenticated', 'forbidden'],
    },
    (_, c) => {
      const { hallId, revokedAt } = c.get('device')
      if (revokedAt !== null) throw new Fault('forbidden', { detail: '本设备已停用，请联系督查。' })
      return rescueKey(deps.db, hallId, deps.now())
    },
  )
  define(
    api,
    {
      method: 'post',
      path: '/api/v1/rescue',
      summary: '督查载入平板的应急文件：逐件按原来的队列和次序办理',
      guards: [signedIn(deps), supervisorOnly],
      body: RescueFile,
      maxBytes: maxRescueFile,
      answer: RescueAnswer,
      problems: ['unauthenticated', 'forbidden'],
    },
    async ({ body }, c) => {
      const { hallId, id: by, deviceId } = c.get('person')
      if (deviceId === null) throw new Fault('forbidden')
      const lines = await openRescue(deps.db, body, { hallId, now: deps.now() })
      const tablet = await deviceOwner(deps.db, { hallId, id: body.deviceId })
      const results = await pushRescue(deps, { id: deviceId, hallId, tablet }, lines)
      const count = results.filter(({ state }) => state === 'new').length
      deps.log.warn({ id: c.get('requestId'), hall: hallId, by, about: body.deviceId, count }, 'rescue loaded')
      return { deviceName: tablet?.name ?? '', madeAt: body.madeAt, results }
    },
  )
}

/** At each start, in the background: every hall has a key before the first tablet asks. */
export const makeRescueKeys = async ({ db, now }: Pick<SyncDeps, 'db' | 'now'>): Promise<void> => {
  for (const hallId of await hallsOpen(db)) await rescueKey(db, hallId, now())
}
