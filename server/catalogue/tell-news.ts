import { createHash } from 'node:crypto'
import type { NewsEntry } from '../../shared/catalogue/index.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { endMailFollow, keepTold, mailFollowsOf, takeMailFollow, type MailFollow } from '../db/mail-queries.ts'
import type { Deps, Mailer } from '../http/env.ts'
import { inEveryHall } from '../ops/index.ts'
import { serverKey } from '../sync/index.ts'
import { endKey } from './mail-links.ts'
import { newsLetter } from './mail-words.ts'
import { newsOf } from './news.ts'

/** Older news are not sent any more, should the mail server have been away so long. */
const told = { days: 30, most: 500 }
/** So long one instance keeps a follow to itself: after a crash another tries again. */
const leaseMs = 10 * 60_000
const mostFailures = 3

/** What is new to a follow: of its items, not before it was confirmed, not sent yet. */
const newTo = ({ codes, since, told: sent }: MailFollow, entries: readonly NewsEntry[]): NewsEntry[] =>
  entries.filter(({ id, code, on }) => codes.includes(code) && on >= since && !sent.includes(id))

/**
 * Sends a hall's news to whom follows the items (NBU-5 推送); returns how many letters went out. Safe from several
 * instances at once: each takes a follow before it writes to it. A letter whose answer was lost is sent again under the
 * same id. An address that takes nothing for good is forgotten. A mail server that is away ends the round.
 */
export async function tellNews(deps: Deps, hallId: string): Promise<number> {
  const { mailer } = deps
  if (!mailer) return 0
  const { profile, entries } = await newsOf(deps, hallId, told)
  const codes = [...new Set(entries.map(({ code }) => code))]
  const follows = codes.length === 0 ? [] : await mailFollowsOf(deps.db, hallId, codes)
  let [sent, failed] = [0, 0]
  for (const follow of follows.filter((one) => newTo(one, entries).length > 0)) {
    try {
      sent += Number(await tellOne({ ...deps, mailer }, { hallId, profile, entries, id: follow.id }))
    } catch (error) {
      failed += 1
      if (failed === mostFailures) throw error
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
  const now = deps.now()
  const follow = await takeMailFollow(db, hallId, { id, now, until: now + leaseMs })
  if (!follow) return false
  const news = newTo(follow, entries)
  const recent = entries.map((entry) => entry.id).filter((one) => follow.told.includes(one))
  let isTaken = true
  if (news.length > 0) {
    const at = `${mailer.publicUrl}/public/${encodeURIComponent(hallId)}/mail`
    const endUrl = `${at}#end.${id}.${endKey(await serverKey(db, hallId), id)}`
    const words = newsLetter(profile, news, { publicUrl: mailer.publicUrl, endUrl })
    const letter = { id: letterId(id, news), to: follow.email, fromName: profile.hall.name, endUrl, ...words }
    isTaken = await mailer.send(letter)
  }
  if (isTaken) await keepTold(db, hallId, { id, told: [...recent, ...news.map((entry) => entry.id)] })
  else await endMailFollow(db, hallId, id)
  return isTaken && news.length > 0
}

const letterId = (id: string, news: readonly NewsEntry[]): string =>
  createHash('sha256')
    .update([id, ...news.map((entry) => entry.id)].join('\n'))
    .digest('base64url')

/** Tell the news of every hall. */
export function tellNewsAll(deps: Deps): Promise<void> {
  return inEveryHall(deps, tellNews, { done: 'letters of changes sent', failed: 'sending letters failed' })
}
