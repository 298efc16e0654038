import { z } from 'zod'
import { localDay } from '../../shared/calendar/day.ts'
import { calendarsInForce } from '../../shared/calendar/in-force.ts'
import { isEnded, readStatusCode, statusCode, statusWords, type Case } from '../../shared/cases/index.ts'
import { caseNumberPattern } from '../../shared/core/case-number.ts'
import { plainId } from '../../shared/core/text.ts'
import { limitOf } from '../../shared/limits/index.ts'
import { PublicCase } from '../../shared/wire/public-case.ts'
import { readByNumber } from '../cases/index.ts'
import { readProfileInForce } from '../db/profile-in-force.ts'
import { forgetTries, takeFromMinute, takeTry } from '../db/sign-in-queries.ts'
import { define, type Api } from '../http/define.ts'
import type { Deps } from '../http/env.ts'
import { Fault, tooMany } from '../http/fault.ts'
import { readCalendars } from './reports.ts'

/** Questions one address may ask in a minute (a terminal of the hall, a campus behind one), and all about one case. */
const mostAMinute = 60

const ownKey = (of: string, address: string): string => `${of}:at:${address}`

/** A case's tries are counted by address, so that a stranger elsewhere keeps nobody from their own; all of them widely. */
const takeTries = async (deps: Deps, { of, address }: { of: string; address: string }): Promise<void> => {
  const now = deps.now()
  let wait = await takeFromMinute(deps.db, { key: `case:at:${address}`, most: mostAMinute }, now)
  if (wait === 0) wait = await takeTry(deps.db, ownKey(of, address), now)
  if (wait === 0) wait = await takeFromMinute(deps.db, { key: `${of}:all`, most: mostAMinute }, now)
  if (wait > 0) throw tooMany(wait, `查得太快了，请等 ${String(Math.ceil(wait))} 秒再试。`)
}

const answerOf = async (deps: Deps, image: Case): Promise<PublicCase> => {
  const today = localDay(deps.now())
  const [profile, calendars] = await Promise.all([
    readProfileInForce(deps.db, image.hallId, today),
    readCalendars(deps.db, image.hallId),
  ])
  if (!profile) throw new Fault('not-found')
  const window = profile.windows.find(({ id }) => id === image.windowId)
  const limit = isEnded(image.state)
    ? null
    : limitOf(image, { profile, calendars: calendarsInForce(calendars, today), today })
  return {
    ...{ number: image.number, hallName: profile.hall.name, itemName: image.itemName },
    ...{ windowName: window?.name ?? '', windowPlace: window?.place ?? '' },
    ...statusWords(image, profile.settings.refusalAtDoorWord.value),
    ...{ dueOn: limit?.dueOn ?? null, receivedAt: image.receivedAt, endedAt: image.endedAt },
  }
}

/**
 * Where one's own case stands (SZIT-10), by the number and the code of the receipt. A number there is not and a wrong
 * code are answered alike; tries are counted before anything is looked at.
 */
export const publicCaseRoute = (api: Api, deps: Deps): void => {
  define(
    api,
    {
      method: 'get',
      path: '/api/v1/public/cases/{hallId}/{number}',
      summary: '按办件号和查询码看一件办到哪里；没有姓名',
      params: z.strictObject({ hallId: plainId, number: z.string().regex(caseNumberPattern) }),
      query: z.strictObject({ code: z.string().min(1).max(20) }),
      answer: PublicCase,
      problems: ['not-found', 'too-many'],
    },
    async ({ params: { hallId, number }, query }, c) => {
      const [of, address] = [`case:${hallId}:${number}`, c.var.address]
      await takeTries(deps, { of, address })
      const image = await readByNumber(deps.db, hallId, number)
      if (!image || statusCode(image.id) !== readStatusCode(query.code))
        throw new Fault('not-found', { detail: '办件号或查询码不对，请照回执核对。' })
      await forgetTries(deps.db, ownKey(of, address))
      return answerOf(deps, image)
    },
  )
}
