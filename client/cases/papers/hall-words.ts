import type { HoursRange } from '../../../shared/calendar/hours.ts'
import { weekdayWords } from '../../../shared/calendar/weekday-words.ts'
import type { Item } from '../../../shared/profiles/item-sheet.ts'
import type { Profile } from '../../../shared/profiles/profile.ts'

const clock = (time: string): string => time.replace(/^0/, '')

/** `周一至周五 8:30–11:30、13:30–17:00`: ranges of the same days run together. */
export function hoursWords(ranges: readonly HoursRange[]): string {
  const byDays = new Map<string, string[]>()
  for (const { days, from, to } of ranges) {
    const key = weekdayWords(days)
    byDays.set(key, [...(byDays.get(key) ?? []), `${clock(from)}–${clock(to)}`])
  }
  return [...byDays].map(([days, times]) => `${days} ${times.join('、')}`).join('；')
}

/** When the hall is open, with its weekly closures and 法定节假日 left out. */
export function openWords({ settings }: Profile): string {
  const closed = settings.weeklyClosures.value
  const except = closed.length > 0 ? `（${hoursWords(closed)} 除外）` : ''
  return `${hoursWords(settings.hours.value)}${except}，节假日除外`
}

/** The window of an item by name and place; one that acts for a concentrated service is named so (NBU 二). */
export function windowWords(item: Item, profile: Profile): string {
  const window = profile.windows.find((entry) => entry.id === item.windowId)
  const service = item.concentrated ? `（${item.concentrated.unit}阶段性集中服务）` : ''
  return `${window ? `${window.name}，${window.place}` : item.place}${service}`
}

/** Where an opinion, a complaint or an appeal goes, and how soon it is answered. */
export function appealWords({ settings }: Profile): string {
  const { phone, mailbox, place } = settings.contact.value
  const ways = [place && `地点：${place}`, phone && `电话：${phone}`, mailbox && `信箱：${mailbox}`].filter(Boolean)
  const days = settings.complaintReplyDays.value
  return `可向${settings.complaintsTo.value}提出。${ways.join('；')}。${String(days)} 个工作日内答复你`
}
