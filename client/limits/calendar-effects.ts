import type { Calendar } from '../../shared/calendar/calendar.ts'
import { calendarsInForce } from '../../shared/calendar/in-force.ts'
import type { Case } from '../../shared/cases/index.ts'
import { caseLight, limitOf, reckonPromise, type LimitTerms } from '../../shared/limits/index.ts'

/** How one open case would stand under another calendar. Told dates stay as told; what is reckoned moves. */
export interface Effect {
  image: Case
  /** The date the student was told. */
  toldOn: string
  /** The date the promise reckons to by the calendar, before and after. */
  reckoned: readonly [before: string, after: string]
  /** The due day with its pauses. */
  due: readonly [before: string, after: string]
  light: readonly [before: string, after: string]
}

/** What the hall reckons with from the effective day on, without and with the new version. */
export function calendarsBeside(
  all: readonly Calendar[],
  next: Calendar,
): readonly [before: Calendar[], after: Calendar[]] {
  const on = next.effectiveOn ?? '9999-12-31'
  return [calendarsInForce(all, on), calendarsInForce([...all, next], on)]
}

/** Open cases whose reckoned date, due day or light a calendar would change (ZJJ-27), the nearest first. */
export function effectsOf(
  images: readonly Case[],
  { profile, today }: Pick<LimitTerms, 'profile' | 'today'>,
  [before, after]: readonly [readonly Calendar[], readonly Calendar[]],
): Effect[] {
  const effects = images.flatMap((image): Effect[] => {
    const [was, is] = [
      standing(image, { profile, today, calendars: before }),
      standing(image, { profile, today, calendars: after }),
    ]
    if (!was || !is) return []
    const isSame = was.reckoned === is.reckoned && was.due === is.due && was.light === is.light
    if (isSame) return []
    return [
      {
        ...{ image, toldOn: was.told, reckoned: [was.reckoned, is.reckoned], due: [was.due, is.due] },
        light: [was.light, is.light],
      },
    ]
  })
  return effects.sort((a, b) => (a.due[1] < b.due[1] ? -1 : 1))
}

function standing(image: Case, terms: LimitTerms) {
  const limit = limitOf(image, terms)
  if (!limit || image.acceptedAt === null) return null
  const { workingDays, promisedOn } = limit
  const { dueOn } = reckonPromise({ ...terms, receivedAt: image.acceptedAt, workingDays })
  return { told: promisedOn, reckoned: dueOn, due: limit.dueOn, light: caseLight(image, terms) ?? 'normal' }
}
