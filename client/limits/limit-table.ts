import { formatDay, localDay } from '../../shared/calendar/day.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import type { BoardLine } from './limit-board.ts'

const heads = ['灯', '办件号', '事项', '窗口', '经办人', '受理日期', '承诺工作日', '到期', '情况', '催办督办']
const lights: Readonly<Record<BoardLine['light'], string>> = {
  past: '超期',
  near: '临期',
  normal: '正常',
  stopped: '暂停',
}

/** 限时 as a table to export (SUP-1): each promise with its light; about the matter and its handler, no student in it. */
export function limitTable(lines: readonly BoardLine[], profile: Profile | null) {
  const windowName = (id: string) => profile?.windows.find((window) => window.id === id)?.name ?? id
  return {
    name: '限时',
    heads,
    rows: lines.map(({ image, light, dueOn, due, reminded }) => [
      ...[lights[light], image.number, image.itemName, windowName(image.windowId), image.handler.actorName],
      image.acceptedAt === null ? '' : formatDay(localDay(image.acceptedAt), true),
      ...[String(image.promise?.workingDays ?? ''), formatDay(dueOn, true), due, String(reminded.length)],
    ]),
  }
}
