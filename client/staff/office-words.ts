/** `任期还有 30 天到期。`, from the whole days that are left. */
export function dueWords(days: number): string {
  if (days < 0) return `任期已过 ${String(-days)} 天。`
  return days === 0 ? '任期今天到期。' : `任期还有 ${String(days)} 天到期。`
}
