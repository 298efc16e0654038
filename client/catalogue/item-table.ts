import { kindWord, promiseWords, type Item } from '../../shared/catalogue/index.ts'
import { formatDay } from '../../shared/calendar/day.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { chargeText } from './sheet-words.ts'

const heads = ['编号', '事项', '类型', '窗口', '责任单位', '服务对象', '承诺时限', '收费', '网上办理', '版本', '生效']

/** 事项 as they are listed, as a table anybody on the staff may take along (REF-CQ5); 设置 has the one to import again. */
export function itemTable(items: readonly Item[], profile: Profile | null) {
  const named = (list: readonly { id: string; name: string }[] | undefined, id: string) =>
    list?.find((one) => one.id === id)?.name ?? id
  return {
    name: '事项',
    heads,
    rows: items.map((item) => [
      ...[item.code, item.name, kindWord(item.kind), named(profile?.windows, item.windowId)],
      ...[item.unitIds.map((id) => named(profile?.units, id)).join('、'), item.audience, promiseWords(item)],
      ...[chargeText(item), item.onlineUrl ?? '', `第 ${String(item.version)} 版`, formatDay(item.effectiveOn, true)],
    ]),
  }
}
