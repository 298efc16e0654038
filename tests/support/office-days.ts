import chineseDays from 'chinese-days'
import type { HallId } from '../../shared/profiles/halls.ts'

/** When each hall closes, read from the documents by hand (NBU 三.3(1), ZJJ 二十二; SSC: Fridays 十三); else 本厅约定 17:00. */
const closes: Record<HallId, { usual: string; friday: string }> = {
  nbu: { usual: '16:30', friday: '16:30' },
  ssc: { usual: '17:00', friday: '16:00' },
  szit: { usual: '17:00', friday: '17:00' },
  zjj: { usual: '17:30', friday: '17:30' },
  szu: { usual: '17:00', friday: '17:00' },
}

const hourMs = 3_600_000
const inBeijing = (at: number): string => new Date(at + 8 * hourMs).toISOString()
const nextDay = (on: string): string => inBeijing(Date.parse(`${on}T00:00:00+08:00`) + 24 * hourMs).slice(0, 10)
const weekday = (on: string): number => new Date(`${on}T00:00:00Z`).getUTCDay()

/**
 * By when a promise of `days` working days is due, counted on fingers over the State Council's calendar and none of
 * our own reckoning: what comes in on a day off or after closing comes in on the next working day, which is not counted.
 */
export function dueByHand(hallId: HallId, at: number, days: number): string {
  let on = inBeijing(at).slice(0, 10)
  const { usual, friday } = closes[hallId]
  if (inBeijing(at).slice(11, 16) >= (weekday(on) === 5 ? friday : usual)) on = nextDay(on)
  while (!chineseDays.isWorkday(on)) on = nextDay(on)
  for (let left = days; left > 0;) {
    on = nextDay(on)
    if (chineseDays.isWorkday(on)) left -= 1
  }
  return on
}

/** `11月27日（周五）`, as paper says a day. */
export function dayOnPaper(on: string): string {
  const [, month = '', day = ''] = on.split('-')
  return `${String(Number(month))}月${String(Number(day))}日（周${'日一二三四五六'[weekday(on)] ?? ''}）`
}
