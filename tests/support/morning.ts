import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { OutboxRow, OutcomeRow, ViewRow } from '../../client/local/store.ts'
import type { Case } from '../../shared/cases/index.ts'
import type { Envelope } from '../../shared/core/envelope.ts'
import type { DemoWindow } from './demo-halls.ts'
import { dayOnPaper, dueByHand } from './office-days.ts'
import { pdfText, plain } from './pdf.ts'
import { Tablet, type Visitor } from './tablet.ts'

const pins = { A: '258036', B: '739104' }
const names = [...'王林赵陈吴黄周徐孙马']

/** An act as the person's own tablet signed it. */
export type Done = Pick<Envelope, 'cmdId' | 'type' | 'actorId' | 'role' | 'online'>

/** A morning at one window: its tablet, its two people, and what a clerk does there. Every step waits for the screen. */
export class Morning {
  readonly tablet: Tablet
  readonly at: DemoWindow
  #visitors = 0

  private constructor(tablet: Tablet, at: DemoWindow) {
    this.tablet = tablet
    this.at = at
  }

  /** The tablet is enrolled; B has been here once, so that a PIN of theirs is known to it; then A signs in. */
  static async begin(url: string, at: DemoWindow): Promise<Morning> {
    const tablet = await Tablet.open(url)
    await tablet.enrol(at.enrolLink, '1 号')
    await tablet.signIn(at.B, pins.B)
    await tablet.signOut()
    await tablet.signIn(at.A, pins.A)
    await tablet.pill('已同步')
    return new Morning(tablet, at)
  }

  /** The next student of the queue (示例). */
  next(): Visitor {
    this.#visitors += 1
    return { studentNo: `2024${String(1000 + this.#visitors)}`, name: `示例·${names[this.#visitors % 10] ?? ''}同学` }
  }

  dialog(): Locator {
    return this.tablet.page.getByRole('dialog').last()
  }

  /** 即办件: everything there, done at once. */
  async instant(query: string): Promise<string> {
    await this.tablet.begin(query, this.next())
    await this.tablet.tickAll()
    return this.tablet.keep('当场办结')
  }

  /** 承诺件: received; its promised date is the one counted by hand. Returns number and date as paper says it. */
  async promised(query: string, days: number): Promise<{ number: string; day: string }> {
    await this.tablet.begin(query, this.next())
    await this.tablet.tickAll()
    const number = await this.tablet.keep(/受理 · 承诺/)
    return { number, day: await this.dueDay(number, days) }
  }

  /** The promised date of a case as it is stored, which must be the one counted by hand. */
  async dueDay(number: string, days: number): Promise<string> {
    const { promise, acceptedAt } = await this.case(number)
    const on = dueByHand(this.at.hallId, acceptedAt ?? promise?.by.at ?? 0, days)
    expect({ number, days: promise?.workingDays, on: promise?.on }).toEqual({ number, days, on })
    return dayOnPaper(on)
  }

  /** 一次性告知: of the papers only the first was brought, and one does not conform if it is named. */
  async told(query: string, unfit?: string): Promise<string> {
    await this.tablet.begin(query, this.next())
    await this.tablet.page.getByRole('checkbox').first().check({ force: true })
    if (unfit) await this.tablet.button(`${unfit}：不符合`).click()
    return this.tablet.keep(/一次性告知（缺/)
  }

  /** 补正: the student comes back with all of it, and the case is received under its promise. */
  async brings(number: string, days: number): Promise<void> {
    await this.tablet.openCase(number)
    await this.tablet.main.filter({ hasText: '学生补来了材料' }).click()
    await this.dialog().getByRole('button', { name: '全部齐全' }).click()
    await this.dialog()
      .locator('[data-main]')
      .filter({ hasText: /受理 · 承诺/ })
      .click()
    await this.tablet.sees(/承诺.*前办结/)
    await this.dueDay(number, days)
  }

  /** 不予办理 in the hall's word, by a ground of the sheet; returns its number. */
  async refused(query: string, word: string, ground: string | RegExp): Promise<string> {
    await this.tablet.begin(query, this.next())
    await this.tablet.tickAll()
    await this.tablet.page.getByRole('button', { name: word, exact: true }).click()
    const radio = this.tablet.page.getByRole('radio', { name: ground })
    await this.tablet.page.locator('label').filter({ has: radio }).click()
    return this.tablet.keep(word)
  }

  /** 收缴分离: assessed here, paid elsewhere; 办结 waits for the receipt number. */
  async charged(query: string, { fee, said }: { fee: string; said: readonly string[] }): Promise<string> {
    const { tablet } = this
    await tablet.begin(query, this.next())
    await tablet.tickAll()
    await tablet.page.getByLabel(/应缴金额/).fill(fee)
    const number = await tablet.keep(`核定收费 ${fee}`)
    await this.paper('缴费通知', [number, `${fee} 元`, '窗口不收钱', ...said])
    await tablet.openCase(number)
    await tablet.sees('填了回执号才能办结')
    await tablet.button('填缴费回执').click()
    await this.dialog()
      .getByLabel(/回执号/)
      .fill('HZ-2026-1001')
    await this.dialog().getByRole('button', { name: '存下回执号' }).click()
    await tablet.sees('缴费回执 HZ-2026-1001')
    await tablet.sees('已缴费，可以办结')
    await tablet.main.filter({ hasText: '办结' }).click()
    await this.dialog().locator('[data-main]').filter({ hasText: '办结' }).click()
    await tablet.sees('办结：')
    return number
  }

  /** 联办件: received once; the own part is done here, another window's is not offered, and it cannot be ended before. */
  async joint(query: string, { days, parts }: { days: number; parts: { own: string; other: string; of: number } }) {
    const { tablet } = this
    await tablet.begin(query, this.next())
    await tablet.tickAll()
    const number = await tablet.keep(/联办受理 · 承诺/)
    await this.dueDay(number, days)
    await tablet.openCase(number)
    const step = (unit: string) => tablet.page.locator('.step').filter({ hasText: `${unit}办理` })
    await step(parts.other).waitFor()
    expect(await step(parts.other).getByRole('button', { name: '已办好' }).count()).toBe(0)
    await step(parts.own).getByRole('button', { name: '已办好' }).click()
    await tablet.sees(`联办 1/${String(parts.of)}`)
    await tablet.main.click()
    await tablet.sees(new RegExp(`还有「.*${parts.other}办理.*」没有办好`))
    const before = (await this.done()).length
    await this.dialog().locator('[data-main]').click({ force: true })
    expect(await this.done()).toHaveLength(before)
    await tablet.page.keyboard.press('Escape')
    return number
  }

  /** 中止 for a reason the student is told in writing, then 恢复: the date is moved by no working day yet. */
  async rests(number: string, reason: string): Promise<void> {
    await this.tablet.openCase(number)
    await this.tablet.button('其他办法').click()
    await this.dialog().getByRole('button', { name: '中止' }).click()
    await this.dialog()
      .getByLabel(/为什么中止/)
      .fill(reason)
    await this.dialog().getByRole('button', { name: '中止并出通知' }).click()
    await this.tablet.page.locator('.desk .paper').first().waitFor()
    await this.tablet.page.keyboard.press('Escape')
    await this.tablet.sees('先恢复办理，再给结果')
    await this.tablet.button('恢复办理').click()
    await this.tablet.sees('恢复办理，继续计时')
  }

  /** The paper that the screen offers, as PDF text: all these words are on it. */
  async paper(title: string, words: readonly string[]): Promise<string> {
    await this.tablet.button(`打印${title}`).click()
    const text = await pdfText(await this.tablet.printed())
    for (const said of words) expect(text).toContain(plain(said))
    return text
  }

  /** 交接班 on this tablet: A hands out, B looks, confirms by PIN and goes on. */
  async handOver(): Promise<void> {
    const { tablet } = this
    await tablet.go('交接班')
    await tablet.main.filter({ hasText: '交班' }).click()
    await tablet.sees('两个人都确认，才算交接')
    await tablet.type(pins.B)
    await tablet.button('其余都相符').click()
    await tablet.main.filter({ hasText: '确认接班' }).click()
    await tablet.page.waitForURL(/window/)
  }

  /** What the hall keeps for A is shown to B as such, says why on a tap, and leads nowhere. */
  async expectOnlyA(query: string, word: string, roleWord: string): Promise<void> {
    await this.tablet.begin(query, this.next())
    const refuse = this.tablet.button(new RegExp(`^${word}.*仅 A${roleWord}`))
    expect(await refuse.getAttribute('aria-disabled')).toBe('true')
    await refuse.click({ force: true })
    await this.tablet.page
      .locator('.reason:not(.sr)')
      .filter({ hasText: `A${roleWord}` })
      .waitFor()
    expect(await this.tablet.page.getByRole('radio').count()).toBe(0)
  }

  /** The page loaded anew with no network: the lock asks for B's PIN, and everything is still there. */
  async reload(): Promise<void> {
    const before = await this.tablet.stored<OutboxRow>('outbox')
    await this.tablet.page.reload()
    await this.tablet.unlock(this.at.B.name, pins.B)
    expect(await this.tablet.stored<OutboxRow>('outbox')).toEqual(before)
    const open = (await this.tablet.stored<OutcomeRow>('outcome')).filter((row) => row.open === 1)
    await this.tablet.pill(`仅存本机 ${String(new Set(open.map(({ aggId }) => aggId)).size)} 件`)
  }

  /** The network is there again, and nothing waits any more. */
  async back(): Promise<void> {
    await this.tablet.page.context().setOffline(false)
    await this.tablet.pill('已同步')
  }

  /** A case of this tablet by its number. */
  async case(number: string): Promise<Case> {
    const rows = await this.tablet.stored<ViewRow>('view')
    const found = rows.find(({ kind, image }) => kind === 'case' && image.number === number)
    if (!found) throw new Error(`${number} is not on the tablet`)
    return found.image as unknown as Case
  }

  /** Who the screen says is here: `A角 学生助理`. */
  async expectSignedInAs(words: string): Promise<void> {
    await this.tablet.go('更多')
    await this.dialog().getByText(words, { exact: true }).waitFor()
    await this.tablet.page.keyboard.press('Escape')
  }

  /** Everything done on this tablet, in order. */
  async done(): Promise<Done[]> {
    const rows = await this.tablet.stored<OutboxRow>('outbox')
    return rows.toSorted((a, b) => a.seq - b.seq).map(({ env }) => JSON.parse(env) as Envelope)
  }
}
