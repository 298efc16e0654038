import { formatDayNear, localDay, localTime } from '../../shared/calendar/day.ts'

const two = (n: number): string => String(n).padStart(2, '0')

/** `10:02:14` by the hall's clock. */
export function timeWords(at: number): string {
  return `${localTime(at)}:${two(Math.floor((((at % 60_000) + 60_000) % 60_000) / 1000))}`
}

/** `11月20日 10:02:14`, with the year when it is not that of `today`. */
export function exactMoment(at: number, today: string): string {
  const on = localDay(at)
  return `${formatDayNear(on, today)} ${timeWords(at)}`
}

/** A length of time as people say it: 12 秒, 10 分 26 秒, 3 小时 5 分, 2 天 4 小时. */
export function spanWords(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000)
  const [minutes, hours, days] = [Math.floor(seconds / 60), Math.floor(seconds / 3600), Math.floor(seconds / 86_400)]
  if (days > 0) return withRest(`${days} 天`, hours % 24, '小时')
  if (hours > 0) return withRest(`${hours} 小时`, minutes % 60, '分')
  return minutes > 0 ? withRest(`${minutes} 分`, seconds % 60, '秒') : `${seconds} 秒`
}

const withRest = (main: string, rest: number, unit: string) => (rest > 0 ? `${main} ${rest} ${unit}` : main)

/** How long something has waited: 刚刚, 12 分钟, 2 小时 5 分, else since when. */
export function waitedWords(since: number, now: number): string {
  const waited = now - since
  if (waited < 60_000) return '刚刚'
  if (waited < 3_600_000) return `${Math.floor(waited / 60_000)} 分钟`
  return spanWords(waited - (waited % 60_000))
}

/** `平板快 3 秒`, `平板慢 12 分`; null when a second or less. */
export function clockWords(offMs: number): string | null {
  if (Math.abs(offMs) < 1000) return null
  return `${offMs > 0 ? '快' : '慢'} ${spanWords(offMs)}`
}
