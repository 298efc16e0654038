import { localTime } from '../../shared/calendar/day.ts'
import { ageWords } from '../sync/age-words.ts'

/** What the head of the drawer rests on. */
export interface PendingState {
  onlyHere: number
  /** The matters those acts belong to: what people count. */
  matters: number
  refused: number
  toDecide: number
  isOffline: boolean
  isPortal: boolean
  halted: string | null
  /** The server gives this device no data any more. */
  isShut?: boolean
  /** This app is too old to be given data; it still sends. */
  isOutdated?: boolean
}

/** The drawer's title: where the work is, in a few words. */
export function pendingTitle({
  onlyHere,
  refused,
  toDecide,
  isOffline,
  isPortal,
  halted,
  isShut,
  isOutdated,
}: PendingState): string {
  if (isPortal) return '网络要先登录认证'
  if (isOffline) return onlyHere > 0 ? '离线，都在本机' : '离线，照常办理'
  if (isOutdated) return '应用要更新'
  if (halted) return '发送停住了，都在本机'
  if (isShut) return '本机不能再取数据'
  if (onlyHere > 0) return '正在发送'
  return refused + toDecide > 0 ? '有要您看的' : '都已同步'
}

/** How many wait and since when, and when the server last answered. */
export function pendingSub(state: PendingState, oldestMs: number, answeredAt: number): string {
  const since = oldestMs < 60_000 ? '刚才办的' : `最早 ${ageWords(oldestMs)}`
  const waiting = state.onlyHere > 0 ? `${String(state.matters)} 件待发送，${since}` : '没有待发送的'
  const answered = answeredAt > 0 ? `服务器上次应答 ${localTime(answeredAt)}` : '打开后还没有连上服务器'
  return `${waiting} · ${answered}`
}
