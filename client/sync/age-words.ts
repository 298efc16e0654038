/** How long ago, as people say it. */
export function ageWords(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return '刚才'
  if (minutes < 60) return `${String(minutes)} 分钟前`
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? `${String(hours)} 小时前` : `${String(Math.floor(hours / 24))} 天前`
}
