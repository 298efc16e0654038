import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { z } from 'zod'
import { localDay } from '../../shared/calendar/day.ts'
import { itemsInForce } from '../../shared/catalogue/index.ts'
import { plainId } from '../../shared/core/text.ts'
import { MailAsked, MailConfirm, MailConfirmed, MailEnd } from '../../shared/wire/mail-follow.ts'
import { hashOf } from '../auth/index.ts'
import { endMailFollow, keepMailFollow } from '../db/mail-queries.ts'
import { forgetTries, takeFrom } from '../db/sign-in-queries.ts'
import { define, type Api } from '../http/define.ts'
import type { Deps, Env, Letter, Mailer } from '../http/env.ts'
import { Fault, tooMany } from '../http/fault.ts'
import { errorFields } from '../http/log.ts'
import { serverKey } from '../sync/index.ts'
import { confirmToken, isEndKey, readConfirmToken } from './mail-links.ts'
import { confirmWords } from './news-words.ts'
import { profileOf } from './public.ts'
import { readItems } from './reports.ts'

const maxBytes = 16_384
const hour = 3_600_000
const day = 24 * hour
const params = z.strictObject({ hallId: plainId })
const path = '/api/v1/public/halls/{hallId}/mail-follows'

/** One mailbox takes letters for many addresses: `name+anything` is `name`'s. */
const mailboxKey = (email: string): string => `mail:to:${hashOf(email.replace(/\+[^@]*@/, '@')).slice(0, 32)}`

/**
 * Letters nobody asked for are a nuisance: few to one address, which counts for nobody else; not too many from one place
 * and of one hall (X21).
 */
const takeLetter = async (deps: Deps, c: Context<Env>, { hallId, email }: { hallId: string; email: string }) => {
  const now = deps.now()
  const spans = [
    { key: mailboxKey(email), most: 3, ms: day },
    { key: `mail:at:${c.var.address}`, most: 60, ms: hour },
    { key: `mail:of:${hallId}`, most: 1200, ms: hour },
  ]
  for (const span of spans) {
    const wait = await takeFrom(deps.db, span, now)
    if (wait > 0) throw tooMany(wait, '要确认信的次数太多了，请过一阵再试。')
  }
}

/** Names of the items in force among these codes, each once. */
const namesOf = async (deps: Deps, hallId: string, codes: readonly string[]): Promise<Map<string, string>> => {
  const items = itemsInForce(await readItems(deps.db, hallId), localDay(deps.now()))
  return new Map(items.filter(({ code }) => codes.includes(code)).map(({ code, name }) => [code, name]))
}

const sendOrSay = async (deps: Deps, mailer: Mailer, letter: Letter): Promise<void> => {
  const isTaken = await mailer.send(letter).catch(async (error: unknown) => {
    deps.log.warn({ problem: 'mail', ...errorFields(error) }, 'letter not sent')
    // Our own trouble takes nothing from what the address may ask for.
    await forgetTries(deps.db, mailboxKey(letter.to))
    throw new Fault('busy', { detail: '现在发不出信，请稍后再试。' })
  })
  if (!isTaken) throw new Fault('invalid', { errors: [{ pointer: '/email', detail: '没有这个邮箱，请看看写对没有' }] })
}

const askRoute = (api: Api, deps: Deps): void => {
  const summary = '请求把事项改动发到邮箱；先寄一封确认信'
  const problems = ['not-found', 'too-many', 'busy'] as const
  define(
    api,
    { method: 'post', path, summary, params, body: MailAsked, maxBytes, status: 204, problems },
    async (at, c) => {
      const { mailer } = deps
      const { hallId } = at.params
      const email = at.body.email.toLowerCase()
      const profile = await profileOf(deps, hallId)
      if (!mailer) throw new Fault('not-found', { detail: '本厅没有设发信。' })
      const names = await namesOf(deps, hallId, at.body.codes)
      if (names.size === 0) throw new Fault('invalid', { errors: [{ pointer: '/codes', detail: '没有这些事项' }] })
      await takeLetter(deps, c, { hallId, email })
      const token = confirmToken(await serverKey(deps.db, hallId), { email, codes: [...names.keys()] }, deps.now())
      const url = `${mailer.publicUrl}/public/${encodeURIComponent(hallId)}/mail#confirm.${token}`
      const words = confirmWords(profile, { names: [...names.values()], url })
      await sendOrSay(deps, mailer, { id: randomUUID(), to: email, fromName: profile.hall.name, ...words })
      return c.body(null, 204)
    },
  )
}

const confirmRoute = (api: Api, deps: Deps): void => {
  const summary = '按确认信里的链接订阅'
  const spec = { params, body: MailConfirm, maxBytes, answer: MailConfirmed, problems: ['not-found'] } as const
  define(api, { method: 'post', path: `${path}/confirmed`, summary, ...spec }, async ({ params: { hallId }, body }) => {
    await profileOf(deps, hallId)
    const asked = readConfirmToken(await serverKey(deps.db, hallId), body.token, deps.now())
    if (!asked) throw new Fault('not-found', { detail: '这个链接不完整，或已过三天。请到大厅页面重新填邮箱。' })
    const { email, codes, askedAt } = asked
    const follow = { id: randomUUID(), email, codes, askedAt, since: localDay(askedAt) }
    if (!(await keepMailFollow(deps.db, hallId, follow)))
      throw new Fault('not-found', { detail: '你后来又填过一次，请打开最新那封信里的链接。' })
    return { items: [...(await namesOf(deps, hallId, codes)).values()] }
  })
}

const endRoute = (api: Api, deps: Deps): void => {
  const summary = '按信末的链接不再接收'
  const spec = { params, body: MailEnd, maxBytes, status: 204, problems: ['not-found'] } as const
  define(api, { method: 'post', path: `${path}/ended`, summary, ...spec }, async ({ params: { hallId }, body }, c) => {
    await profileOf(deps, hallId)
    if (!isEndKey(await serverKey(deps.db, hallId), body.id, body.key))
      throw new Fault('not-found', { detail: '这个链接不完整，请从信里重新打开。' })
    await endMailFollow(deps.db, hallId, body.id)
    return c.body(null, 204)
  })
}

/** 邮件推送 (NBU-5): without an account, by an address its reader has confirmed; nothing of it is kept before that. */
export const mailFollowRoutes = (api: Api, deps: Deps): void => {
  askRoute(api, deps)
  confirmRoute(api, deps)
  endRoute(api, deps)
}
