import type { Canary } from '../local/storage.ts'

/** What was lost with a store that has gone, at most, and what to do for it (P22). */
export function lostWords({ open }: Pick<Canary, 'open'>): string {
  if (open === 0) return '没有发现还没发送的记录；消失前一刻办的，请凭回执核对。'
  return `最多有 ${String(open)} 步没有发送就不见了，请告诉督查，凭打印的回执补录。`
}
