import { z } from 'zod'
import { localDay } from '../../shared/calendar/day.ts'
import { explainerOf, itemsInForce, type Item } from '../../shared/catalogue/index.ts'
import { plainId } from '../../shared/core/text.ts'
import { hallGrounds } from '../../shared/catalogue/hall-grounds.ts'
import { transcriptUrlOf } from '../../shared/profiles/settings.ts'
import { isTurnSet, keepersOn, type TurnDays } from '../../shared/halls/index.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { PublicHalls, PublicItem, PublicItems } from '../../shared/wire/public.ts'
import { readProfileInForce, readProfilesInForce } from '../db/profile-in-force.ts'
import { define, type Api } from '../http/define.ts'
import type { Deps } from '../http/env.ts'
import { Fault } from '../http/fault.ts'
import { publicLimit } from '../http/public-limit.ts'
import { publicCaseRoute } from './public-case.ts'
import { readTurns } from '../halls/index.ts'
import { readItem, readItems } from './reports.ts'

/** Units whose turn a jointly kept window is today (SZIT-2, NBU-17). */
const keepersOf = ({ units, windows }: Profile, turns: readonly TurnDays[], on: string): Map<string, string[]> =>
  new Map(
    windows.map((window) => {
      const isShown = window.unitIds.length > 1 && isTurnSet(turns, window.id, on)
      const ids = isShown ? keepersOn(turns, window, on) : []
      return [window.id, ids.map((id) => units.find((unit) => unit.id === id)?.name ?? id)]
    }),
  )

const noKeepers: ReadonlyMap<string, string[]> = new Map()

/** A hall as anybody may see it, from its profile; `keepers` by window, where turns are set. */
export const hallCard = ({ hallId, hall, windows, settings }: Profile, keepers = noKeepers) => ({
  hallId,
  ...hall,
  transcriptUrl: transcriptUrlOf(settings),
  hasAppointment: settings.hasAppointment.value,
  hasTerminal: settings.hasTerminal.value,
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
    keepers: keepers.get(id) ?? [],
  })),
})

const today = (deps: Deps): string => localDay(deps.now())

const cardsOf = async (deps: Deps, profiles: readonly Profile[]) => {
  const [one] = profiles
  const turns = await readTurns(deps.db, profiles.length === 1 && one ? one.hallId : null)
  const on = today(deps)
  return profiles.map((profile) => hallCard(profile, keepersOf(profile, turns.get(profile.hallId) ?? [], on)))
}

const cardOf = async (deps: Deps, profile: Profile) => {
  const [card] = await cardsOf(deps, [profile])
  if (!card) throw new Fault('not-found')
  return card
}

/** The profile of a hall in force today; not there: 404. */
export const profileOf = async (deps: Deps, hallId: string): Promise<Profile> => {
  const profile = await readProfileInForce(deps.db, hallId, today(deps))
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
    async () => ({ halls: await cardsOf(deps, await readProfilesInForce(deps.db, today(deps))) }),
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
      const hall = await cardOf(deps, await profileOf(deps, hallId))
      const items = itemsInForce(await readItems(deps.db, hallId), today(deps)).map(itemCard)
      return { hall, hasMail: deps.mailer !== undefined, items }
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
      const grounds = hallGrounds(profile).map(({ text, basis }) => ({ text, basis }))
      const told = { units, explainer: explainerOf(item, profile), hallGrounds: grounds }
      return { hall: await cardOf(deps, profile), item, ...told }
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
