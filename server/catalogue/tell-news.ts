import type { NewsEntry } from '../../shared/catalogue/index.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { hashOf } from '../auth/index.ts'
import { endMailFollow, keepTold, mailFollowsOf, takeMailFollow, type MailFollow } from '../db/mail-queries.ts'
import type { Deps, Letter, Mailer } from '../http/env.ts'
import { NotSent } from '../http/mailer.ts'
import { inEveryHall } from '../ops/index.ts'
import { serverKey } from '../sync/index.ts'
import { endKey } from './mail-links.ts'
import { newsLetter } from './news-words.ts'
import { newsOf } from './news.ts'

/** Older news are not sent any more, should the mail server have been away so long. */
const page = { days: 30, most: Number.MAX_SAFE_INTEGER }
/** So long one instance keeps a follow to itself, longer than a mail server may take; after a crash another tries again. */
const leaseMs = 10 * 60_000
const mostUnanswered = 3

/** What is new to a follow: of its items, from the day it was asked for, not sent yet. */
const newTo = ({ codes, since, told: sent }: MailFollow, entries: readonly NewsEntry[]): NewsEntry[] =>
  entries.filter(({ id, code, on }) => codes.includes(code) && on >= since && !sent.includes(id))

/**
 * Sends a hall's news to whom follows the items (NBU-5 推送); returns how many letters went out. Safe from several
 * instances at once: each takes a follow before it writes to it. At least once: a letter whose answer was lost goes out
 * again, ever more seldom. An address there is not is forgotten. A mail server that is away ends the round.
 */
export async function tellNews(deps: Deps, hallId: string): Promise<number> {
  const { mailer } = deps
  const news = mailer && (await newsOf(deps, hallId, page))
  if (!mailer || !news) return 0
  const codes = [...new Set(news.entries.map(({ code }) => code))]
  const follows = codes.length === 0 ? [] : await mailFollowsOf(deps.db, hallId, codes)
  let [sent, unanswered] = [0, 0]
  for (const { id } of follows.filter((one) => newTo(one, news.entries).length > 0)) {
    try {
      sent += Number(await tellOne({ ...deps, mailer }, { hallId, ...news, id }))
    } catch (error) {
      if (!(error instanceof NotSent)) throw error
      if (!error.isAnswered) unanswered += 1
      if (unanswered === mostUnanswered) throw error
    }
  }
  return sent
}

interface Telling {
  readonly hallId: string
  readonly profile: Profile
  readonly entries: readonly NewsEntry[]
  readonly id: string
}

async function tellOne(
  deps: Deps & { readonly mailer: Mailer },
  { hallId, profile, entries, id }: Telling,
): Promise<boolean> {
  const { db, mailer } = deps
  const follow = await takeMailFollow(db, hallId, { id, now: deps.now(), ms: leaseMs })
  if (!follow) return false
  const news = newTo(follow, entries)
  const isTaken = news.length === 0 || (await mailer.send(await letterOf(deps, { hallId, profile, follow, news })))
  if (isTaken) await keepTold(db, hallId, { id, told: news.map((entry) => entry.id) })
  else await endMailFollow(db, hallId, id)
  return isTaken && news.length > 0
}

interface Written {
  readonly hallId: string
  readonly profile: Profile
  readonly follow: MailFollow
  readonly news: readonly NewsEntry[]
}

async function letterOf(
  { db, mailer: { publicUrl } }: Deps & { readonly mailer: Mailer },
  { hallId, profile, follow: { id, email }, news }: Written,
): Promise<Letter> {
  const at = `${publicUrl}/public/${encodeURIComponent(hallId)}/mail`
  const endUrl = `${at}#end.${id}.${endKey(await serverKey(db, hallId), id)}`
  const words = newsLetter(profile, news, { publicUrl, endUrl })
  return { id: letterId(id, news), to: email, fromName: profile.hall.name, endUrl, ...words }
}

const letterId = (id: string, news: readonly NewsEntry[]): string =>
  hashOf([id, ...news.map((entry) => entry.id)].join('\n'))

/** Tell the news of every hall. */
export function tellNewsAll(deps: Deps): Promise<void> {
  return inEveryHall(deps, tellNews, { done: 'letters of changes sent', failed: 'sending letters failed' })
}
