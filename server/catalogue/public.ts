import { z } from 'zod'
import { localDay } from '../../shared/calendar/day.ts'
import { explainerOf, itemsInForce, type Item } from '../../shared/catalogue/index.ts'
import { plainId } from '../../shared/core/text.ts'
import { transcriptUrlOf } from '../../shared/profiles/settings.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { PublicHalls, PublicItem, PublicItems } from '../../shared/wire/public.ts'
import { define, type Api } from '../http/define.ts'
import type { Deps } from '../http/env.ts'
import { Fault } from '../http/fault.ts'
import { publicLimit } from '../http/public-limit.ts'
import { publicCaseRoute } from './public-case.ts'
import { readItem, readItems, readProfiles } from './reports.ts'

/** A hall as anybody may see it, from its profile. */
export const hallCard = ({ hallId, hall, windows, settings }: Profile) => ({
  hallId,
  ...hall,
  transcriptUrl: transcriptUrlOf(settings),
  contact: settings.contact.value,
  hours: settings.hours.value,
  closures: settings.weeklyClosures.value,
  windows: windows.map(({ id, code, name, place, order, isDesk }) => ({
    id,
    code,
    name,
    place,
    order,
    isDesk: isDesk ?? false,
  })),
})

const today = (deps: Deps): string => localDay(deps.now())

/** The profile of a hall in force today; not there: 404. */
export const profileOf = async (deps: Deps, hallId: string): Promise<Profile> => {
  const [profile] = await readProfiles(deps.db, today(deps), hallId)
  if (!profile) throw new Fault('not-found')
  return profile
}

const itemCard = ({ id, code, name, aliases, search, windowId, kind, audience, promise }: Item) => ({
  ...{ id, code, name, aliases, search, windowId, kind, audience },
  workingDays: promise.workingDays,
})

const hallsAndItems = (api: Api, deps: Deps): void => {
  define(
    api,
    { method: 'get', path: '/api/v1/public/halls', summary: '各厅与窗口', answer: PublicHalls },
    async () => ({ halls: (await readProfiles(deps.db, today(deps), null)).map(hallCard) }),
  )
  define(
    api,
    {
      method: 'get',
      path: '/api/v1/public/halls/{hallId}/items',
      summary: '一个厅的现行事项',
      params: z.strictObject({ hallId: plainId }),
      answer: PublicItems,
      problems: ['not-found'],
    },
    async ({ params: { hallId } }) => {
      const hall = hallCard(await profileOf(deps, hallId))
      return { hall, items: itemsInForce(await readItems(deps.db, hallId), today(deps)).map(itemCard) }
    },
  )
}

const oneItem = (api: Api, deps: Deps): void => {
  define(
    api,
    {
      method: 'get',
      path: '/api/v1/public/items/{id}',
      summary: '一个事项的一事一表',
      params: z.strictObject({ id: plainId }),
      answer: PublicItem,
      problems: ['not-found'],
    },
    async ({ params: { id } }) => {
      const item = await readItem(deps.db, id)
      if (!item) throw new Fault('not-found')
      const profile = await profileOf(deps, item.hallId)
      const mine = profile.units.filter((unit) => item.unitIds.includes(unit.id))
      const units = mine.map(({ id: unitId, name }) => ({ id: unitId, name }))
      return { hall: hallCard(profile), item, units, explainer: explainerOf(item, profile) }
    },
  )
}

/** What anybody may read without signing in: halls, their items, one item's sheet. Nothing personal is in any of it. */
export const publicRoutes = (api: Api, deps: Deps): void => {
  api.use('/api/v1/public/*', publicLimit(deps.now))
  hallsAndItems(api, deps)
  oneItem(api, deps)
  publicCaseRoute(api, deps)
}
