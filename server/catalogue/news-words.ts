import { formatDay } from '../../shared/calendar/day.ts'
import type { NewsEntry } from '../../shared/catalogue/index.ts'
import type { Profile } from '../../shared/profiles/profile.ts'

/** What a letter says; to whom and from whom is its sender's affair. */
export interface LetterWords {
  readonly subject: string
  readonly text: string
}

/** 新增, 改动, 停用: what happened to an item, in news of every kind. */
export const newsWords: Readonly<Record<NewsEntry['what'], string>> = {
  added: '新增',
  changed: '改动',
  retired: '停用',
}

/** One field, old and new. */
export const changeWords = ({ label, before, after }: NewsEntry['changes'][number]): string =>
  `${label}：原来“${before || '没有'}”，现在“${after || '没有'}”`

/** Asks the owner of an address whether it was they who gave it. */
export const confirmWords = (
  { hall }: Profile,
  { names, url }: { names: readonly string[]; url: string },
): LetterWords => ({
  subject: `请确认：${hall.name}的事项有改动时发信给你`,
  text: [
    '你好：',
    '',
    `有人在${hall.school}${hall.name}的公开页面填了这个邮箱，请求在下面的事项有改动时收到邮件：`,
    ...names.map((name) => `  · ${name}`),
    '',
    '如果是你本人，请在三天内打开下面的链接，再按“确认订阅”：',
    url,
    '',
    '不是你填的，不用理会：没有确认，就不会订阅，这个邮箱也没有留存。',
    'If you did not ask for this, ignore this letter: nothing is kept of your address.',
  ].join('\n'),
})

const entryLines = ({ what, on, name, itemId, changes }: NewsEntry, publicUrl: string): string[] => [
  `■ ${name}（${formatDay(on, true)}${newsWords[what]}）`,
  ...changes.map((change) => `  ${changeWords(change)}`),
  `  ${what === 'retired' ? '停用前的一事一表' : '一事一表全文'}：${publicUrl}/public/items/${encodeURIComponent(itemId)}`,
  '',
]

/** Tells of what changed in the items an address follows, old and new (NBU-5 推送). */
export const newsLetter = (
  { hall }: Profile,
  entries: readonly NewsEntry[],
  { publicUrl, endUrl }: { publicUrl: string; endUrl: string },
): LetterWords => {
  const [first] = entries
  const about = entries.length === 1 && first ? first.name : `你关注的事项有 ${String(entries.length)} 处变动`
  return {
    subject: `${hall.name}：${about}${entries.length === 1 && first ? `，${newsWords[first.what]}` : ''}`,
    text: [
      '你好，你关注的事项有变动：',
      '',
      ...entries.flatMap((entry) => entryLines(entry, publicUrl)),
      `${hall.school}${hall.name}`,
      '不想再收到：',
      endUrl,
    ].join('\n'),
  }
}
