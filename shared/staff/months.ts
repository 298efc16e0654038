const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** The same day `n` months later; the last of the month where that month is shorter (2026-08-31 and 6 is 2027-02-28). */
export function addMonths(on: string, n: number): string {
  const count = Number(on.slice(0, 4)) * 12 + Number(on.slice(5, 7)) - 1 + n
  const [year, month] = [Math.floor(count / 12), (count % 12) + 1]
  const day = Math.min(Number(on.slice(8, 10)), daysIn(year, month))
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
