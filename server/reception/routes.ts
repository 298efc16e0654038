import { z } from 'zod'
import { localDay, momentOf } from '../../shared/calendar/day.ts'
import { plainId } from '../../shared/core/text.ts'
import { hallNow } from '../../shared/reception/index.ts'
import { PublicMap } from '../../shared/wire/public.ts'
import { hallCard, profileOf } from '../catalogue/index.ts'
import { define, type Api } from '../http/define.ts'
import type { Deps } from '../http/env.ts'
import { readCalendars, readDuty } from './reports.ts'

/** The hall map for anybody (SSC-18): windows, open now or when next, A or B on duty; no name in it. */
export const receptionRoutes = (api: Api, deps: Deps): void => {
  define(
    api,
    {
      method: 'get',
      path: '/api/v1/public/halls/{hallId}/map',
      summary: '一个厅的大厅地图',
      params: z.strictObject({ hallId: plainId }),
      answer: PublicMap,
      problems: ['not-found'],
    },
    async ({ params: { hallId } }) => {
      const now = deps.now()
      const profile = await profileOf(deps, hallId)
      const [hall, { value: roleWord }] = [hallCard(profile), profile.settings.roleWord]
      const calendars = await readCalendars(deps.db, hallId)
      const duty = await readDuty(deps.db, hallId, momentOf(localDay(now), '00:00'))
      return { hall, roleWord, ...hallNow({ hours: hall.hours, closures: hall.closures, calendars }, now), duty }
    },
  )
}
