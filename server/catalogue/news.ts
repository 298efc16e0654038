import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { z } from 'zod'
import { addDays, localDay, momentOf } from '../../shared/calendar/day.ts'
import { catalogueNews, sheetNames, type Item, type NewsEntry } from '../../shared/catalogue/index.ts'
import { plainId } from '../../shared/core/text.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { PublicNews } from '../../shared/wire/news.ts'
import { readProfileInForce } from '../db/profile-in-force.ts'
import { define, type Api } from '../http/define.ts'
import type { Deps, Env } from '../http/env.ts'
import { Fault } from '../http/fault.ts'
import { changeWords, newsWords } from './news-words.ts'
import { hallCard } from './public.ts'
import { readItems } from './reports.ts'

/** How far a page's news go back. */
const page = { days: 365, most: 60 }
/** Readers and the caches between ask again after so long; what they hold is asked for by its mark. */
const freshSeconds = 300

interface HallNews {
  readonly profile: Profile
  readonly entries: readonly NewsEntry[]
}

/** A hall's news of the last `days` days, the newest first; null when there is no such hall. */
export const newsOf = async (deps: Deps, hallId: string, { days, most } = page): Promise<HallNews | null> => {
  const today = localDay(deps.now())
  const profile = await readProfileInForce(deps.db, hallId, today)
  if (!profile) return null
  const since = addDays(today, -days)
  const items = await readItems(deps.db, hallId)
  const terms = { today, names: (item: Item) => sheetNames(item, profile), since, limit: most }
  return { profile, entries: catalogueNews(items, terms) }
}

/** The body with its mark; a reader that holds it already is told so without it. */
const marked = (c: Context<Env>, body: string, type: string): Response => {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  const headers = { ETag: etag, 'Cache-Control': `public, max-age=${String(freshSeconds)}` }
  const held = (c.req.header('if-none-match') ?? '').split(/\s*,\s*/).map((one) => one.replace(/^W\//, ''))
  if (held.includes(etag)) return new Response(null, { status: 304, headers })
  return new Response(body, { headers: { ...headers, 'Content-Type': type } })
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
// What XML has no way to write at all is left out.
const xml = (text: string): string =>
  text.replaceAll(/[\0-\x08\v\f\x0E-\x1F\uFFFE\uFFFF]/g, '').replaceAll(/[&<>"]/g, (one) => escapes[one] ?? '')

const timeOf = (on: string): string => new Date(momentOf(on, '00:00')).toISOString()

const entryXml = ({ id, what, on, itemId, name, version, changes }: NewsEntry): string => {
  const told = changes.map(changeWords)
  const text = told.length > 0 ? told.join('\n') : `${newsWords[what]}：${name}，第 ${String(version)} 版`
  return `<entry><id>urn:changkai:${xml(encodeURI(id))}</id><title>${newsWords[what]}：${xml(name)}</title>
<updated>${timeOf(on)}</updated><link href="/public/items/${xml(encodeURI(itemId))}"/>
<content type="text">${xml(text)}</content></entry>`
}

const atomOf = ({ profile, entries }: HallNews): string => {
  const { hallId, hall } = profile
  const newest = entries[0]?.on ?? profile.effectiveOn
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN"><id>urn:changkai:${xml(hallId)}:changes</id>
<title>${xml(hall.school)} ${xml(hall.name)}：事项改动</title><updated>${timeOf(newest)}</updated>
<author><name>${xml(hall.name)}</name></author>
<link rel="self" href="/api/v1/public/halls/${xml(hallId)}/changes.atom"/><link href="/public/${xml(hallId)}"/>
${entries.map(entryXml).join('\n')}
</feed>
`
}

/** 事项改动 for anybody: a page's section reads it, and a feed reader follows it without an account (NBU-5 推送). */
export const newsRoutes = (api: Api, deps: Deps): void => {
  const params = z.strictObject({ hallId: plainId })
  const rest = { method: 'get', params, problems: ['not-found'] } as const
  const path = '/api/v1/public/halls/{hallId}/changes'
  const news = async (hallId: string): Promise<HallNews> => {
    const found = await newsOf(deps, hallId)
    if (!found) throw new Fault('not-found')
    return found
  }
  define(api, { ...rest, path, summary: '一个厅的事项近一年的改动', answer: PublicNews }, async ({ params: at }, c) => {
    const { profile, entries } = await news(at.hallId)
    return marked(c, JSON.stringify({ hall: hallCard(profile), entries }), 'application/json')
  })
  define(api, { ...rest, path: `${path}.atom`, summary: '同样的改动，Atom 订阅' }, async ({ params: at }, c) =>
    marked(c, atomOf(await news(at.hallId)), 'application/atom+xml; charset=utf-8'),
  )
}
