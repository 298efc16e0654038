import type { Calendar } from '../../shared/calendar/calendar.ts'
import type { Case } from '../../shared/cases/index.ts'
import { statesAtWork } from '../../shared/cases/index.ts'
import type { DayClose } from '../../shared/limits/index.ts'
import type { ContactRecord } from '../../shared/reception/index.ts'
import { useLive, type Live } from '../local/live.ts'
import { hallRules, rowsOn } from '../local/rows.ts'
import type { ViewRow } from '../local/store.ts'
import { isAnswered, unsettledAt, type OpenRecords } from './unsettled.ts'
import { localDay } from '../../shared/calendar/day.ts'

/** A row of a list; its image is a plain record to those who know no rooms. */
export type RecordOf<Image> = Omit<ViewRow, 'image'> & { image: Image & ViewRow['image'] }

const none: OpenRecords = { cases: [], contacts: [] }

/** Every case that is not over, and every first contact without its answer, as this tablet or browser holds them. */
async function readOpen(): Promise<OpenRecords> {
  const shelves = await Promise.all(statesAtWork.map((shelf) => rowsOn<RecordOf<Case>['image']>('case', shelf)))
  const contacts = await rowsOn<ContactRecord>('contact', 'open')
  return { cases: shelves.flat().map(({ image }) => image), contacts: contacts.map(({ image }) => image) }
}

/** The same, live. */
export function useOpenRecords(): Live<OpenRecords> {
  return useLive(readOpen, none)
}

/** Cases at work with a promise, live: what has a light. */
export function usePromised(): Live<RecordOf<Case>[]> {
  const read = async () => {
    const lists = await Promise.all(
      (['open', 'waiting', 'paused'] as const).map((shelf) => rowsOn<RecordOf<Case>['image']>('case', shelf)),
    )
    return lists.flat().filter(({ image }) => image.promise !== null)
  }
  return useLive<RecordOf<Case>[]>(read, [])
}

/** 收工 sheets this tablet holds, live, the newest first. */
export function useDayCloses(): Live<RecordOf<DayClose>[]> {
  const read = async () => (await rowsOn<RecordOf<DayClose>['image']>('dayClose', 'filed')).toReversed()
  return useLive<RecordOf<DayClose>[]>(read, [])
}

/** Every version of every year's calendar, live. */
export function useCalendars(): Live<Calendar[]> {
  return useLive(async () => (await rowsOn<Calendar>('calendar')).map(({ image }) => image), [])
}

/** Whether the hall wants this person's matters of the day answered for before they leave, and some are not (SSC-21). */
export async function mustCloseFirst(who: { personId: string; windowId: string }): Promise<boolean> {
  const { profile, at } = await hallRules()
  if (profile?.settings.endOfDay.value !== 'settleAll') return false
  const closes = (await rowsOn<RecordOf<DayClose>['image']>('dayClose', 'filed')).map(({ image }) => image)
  const left = unsettledAt(await readOpen(), who.windowId)
  return !isAnswered(left, closes, { personId: who.personId, today: localDay(at) })
}
