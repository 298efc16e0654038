import type { IconName } from './icons.ts'

/** What the network pill stands for; the words beside it are the caller's. */
export type NetKind = 'synced' | 'offline' | 'sending' | 'refused' | 'decide'

/** The only words for where an act is (sync.md 3.2); there are no others on any screen. */
export type SyncWord = '仅存本机' | '已同步' | '已同步（已合并）' | '待裁决' | '待主管处理' | '未被接受'

/** The light of a limit: 正常, 临期, 超期, 待补正, 办结. */
export type LightKind = 'normal' | 'near' | 'past' | 'waiting' | 'done'

/** A or B role, teacher, supervisor, or nobody at the post. */
export type PersonLetter = 'A' | 'B' | '师' | '督' | ''

/** State of one material of the sheet; 未核对 before anybody has looked. */
export type MaterialState = '未核对' | '已收' | '已核对' | '缺' | '不符合' | '待核'

/** One cell of the limit bar: a working day, or a gap with a word (周末). `below` is its second line. */
export interface LimitCell {
  kind: 'receipt' | 'used' | 'stop' | 'now' | 'ahead' | 'over' | 'gap'
  label: string
  below?: string | undefined
  due?: boolean | undefined
}

/** One line of the results under the search box. */
export interface SearchHit {
  id: string
  title: string
  sub?: string | undefined
  tag?: string | undefined
  light?: LightKind | undefined
}

/** One entry of a case's course. */
export interface TimelineEntry {
  id: string
  icon: IconName
  what: string
  detail?: string | undefined
  who: string
  role?: string | undefined
  when: string
  where?: string | undefined
  mark?: SyncWord | undefined
}

/** One of two values a person must choose between; both cards carry the same rows in the same order. */
export interface ValueCard {
  id: string
  title: string
  sub?: string | undefined
  rows: readonly { label: string; text: string; letter?: PersonLetter | undefined; word?: string | undefined }[]
}

/** One place in the rail. `end` stands at the foot; `wideOnly` is left out on a phone. */
export interface RailItem {
  id: string
  label: string
  icon: IconName
  href: string
  count?: number | undefined
  end?: boolean | undefined
  wideOnly?: boolean | undefined
}

/** One of a few views of a list, with its count. */
export interface SegmentChoice {
  id: string
  label: string
  count?: number | undefined
}

/** A group of keys and what they do, as the help dialog lists them. */
export interface KeyGroup {
  title: string
  keys: readonly { press: readonly string[]; what: string }[]
}
