import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import type { Item } from '../../shared/catalogue/index.ts'
import { halls } from '../../shared/profiles/halls.ts'
import { tellNews } from '../../server/catalogue/tell-news.ts'
import type { Mailer } from '../../server/http/env.ts'
import { openMailer } from '../../server/http/mailer.ts'
import { seedHall } from '../../server/seed/halls.ts'
import { appUnderTest, origin, ours, type Under } from '../http/app-under-test.ts'
import { smtpSink, type SmtpSink } from '../support/smtp-sink.ts'

/** Two sheets of a hall, and how they change: the first on 21 November, the other on the day after. */
export const [first, other] = halls.ssc.items as [Item, Item]
export const second: Item = {
  ...{ ...first, id: `ssc:${first.code}@2`, version: 2, effectiveOn: '2026-11-21' },
  audience: '示例：全日制在籍学生',
}
const otherChanged: Item = {
  ...{ ...other, id: `ssc:${other.code}@2`, version: 2, effectiveOn: '2026-11-22' },
  audience: '示例：全体学生',
}
const before = Date.parse('2026-11-20T02:00:00Z')
/** The morning of the first change. */
export const after = Date.parse('2026-11-21T02:00:00Z')
export const minute = 60_000

export const mailPath = `${origin}/api/v1/public/halls/ssc/mail-follows`

let people = 0
/** An address nobody has asked with yet. */
export const nobody = () => `student${String((people += 1))}@example.edu.cn`

/** A hall with a mail server that keeps what it is sent; each test begins on 20 November with nobody's address. */
export function mailHall() {
  let under: Under
  let sink: SmtpSink
  let mailer: Mailer
  beforeAll(async () => {
    sink = await smtpSink()
    mailer = openMailer({ smtpUrl: sink.url, from: 'hall@example.edu.cn', publicUrl: 'https://hall.example.edu.cn' })
    under = await appUnderTest([], undefined, { mailer })
    await seedHall(under.deps, { ...halls.ssc, items: [...halls.ssc.items, second, otherChanged] })
  })
  afterAll(async () => {
    mailer.close()
    await sink.stop()
    await under.stop()
  })
  beforeEach(async () => {
    under.deps.clock.now = before
    sink.letters.length = 0
    sink.answer = () => '250 ok'
    await under.database.ownerSql`delete from hall.mail_follow`
    await under.database.ownerSql`delete from hall.attempt`
  })

  const post = (to: string, body: unknown) => under.app.request(`${mailPath}${to}`, ours(body))
  const ask = (email: string, codes = [first.code]) => post('', { email, codes })
  /** What stands behind the `#` of the last letter's link. */
  const linkOf = (letter = sink.letters.at(-1)) => /\/public\/ssc\/mail#(\S+)/.exec(letter?.text ?? '')?.[1] ?? ''
  const confirm = (link = linkOf()) => post('/confirmed', { token: link.replace(/^confirm\./, '') })
  return {
    ...{ post, ask, linkOf, confirm },
    get under() {
      return under
    },
    get sink() {
      return sink
    },
    tell: () => tellNews(under.deps, 'ssc'),
    stored: async () => [...(await under.database.ownerSql`select email, codes from hall.mail_follow order by 1`)],
    /** Asks for letters and confirms. */
    followed: async (email = nobody(), codes = [first.code]): Promise<string> => {
      expect((await ask(email, codes)).status).toBe(204)
      expect((await confirm()).status).toBe(200)
      sink.letters.length = 0
      return email
    },
  }
}
