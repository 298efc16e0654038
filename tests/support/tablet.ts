import { rmSync } from 'node:fs'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { killBrowserOf, launchPersistent } from './chromium.ts'
import { temporaryFolder } from './postgres.ts'
import type { SignIn } from './app.ts'

/** The student every walk may receive; the demo data knows none. */
export interface Visitor {
  studentNo: string
  name: string
  phone?: string
}

/** How long a walk waits for the screen. Generous, since machines differ; nothing measures time by it. */
const patience = 30_000
/** By its name: 办件 and 事项 have a search box too. */
const windowSearch = { name: '查找事项、办件、学生' }

/** A real Chromium with a profile of its own, driven as a person's hands would. */
export class Tablet {
  #context: BrowserContext
  #page: Page
  readonly #folder: string
  readonly #url: string

  private constructor(at: { context: BrowserContext; page: Page; folder: string; url: string }) {
    this.#context = at.context
    this.#page = at.page
    this.#folder = at.folder
    this.#url = at.url
  }

  /** A fresh browser profile. */
  static async open(url: string): Promise<Tablet> {
    const folder = temporaryFolder()
    return new Tablet({ ...(await openBrowser(folder)), folder, url })
  }

  /** Where the browser keeps the profile. */
  get folder(): string {
    return this.#folder
  }

  get page(): Page {
    return this.#page
  }

  button(name: string | RegExp): Locator {
    return this.#page.getByRole('button', { name }).first()
  }

  /** The one main button of the screen. */
  get main(): Locator {
    return this.#page.locator('.outcome [data-main]').last()
  }

  sees(text: string | RegExp): Promise<void> {
    return this.#page.getByText(text).first().waitFor({ timeout: patience })
  }

  /** Waits until the pill at the top right says so. */
  async pill(text: string | RegExp, timeout = patience): Promise<void> {
    await this.#page.locator('[aria-live=polite]').filter({ hasText: text }).first().waitFor({ timeout })
  }

  /** No network from now on; not before the worker has the page, or a part that is loaded later could not be had. */
  async cutNetwork(): Promise<void> {
    await this.keepsItself()
    await this.#page.context().setOffline(true)
  }

  /** Waits until the worker has the page: only then it goes on without a server. A first install takes a while. */
  async keepsItself(): Promise<void> {
    await this.#page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 4 * patience })
  }

  /** 现在发送, by who knows that the server is back: the tablet, which nobody told, may back off for up to a minute. */
  async sendNow(): Promise<void> {
    await this.#page.locator('[aria-live=polite]').first().click()
    await this.button('现在发送').press('Enter') // where it lies is still moving
    await this.#page.keyboard.press('Escape')
  }

  async enrol(link: string, name: string): Promise<void> {
    await this.#page.goto(link)
    await this.#page.getByLabel('平板名称').fill(name)
    await this.button('登记').click()
    // A browser that does not promise to keep the store says so first.
    const weak = this.button('知道了，去登录')
    const others = this.#page.getByLabel('账号').or(this.button('用账号和密码进入'))
    await weak.or(others).first().waitFor({ timeout: patience })
    if (await weak.isVisible()) await weak.click()
    await this.#page.waitForURL(/sign-in/, { timeout: patience })
  }

  /** First time on this tablet: account and password, then a PIN of one's own. */
  async signIn({ login, password }: SignIn, pin?: string): Promise<void> {
    const byPassword = this.#page.getByLabel('账号')
    const instead = this.button('用账号和密码进入')
    await byPassword.or(instead).first().waitFor({ timeout: patience })
    if (!(await byPassword.isVisible())) await instead.click()
    await byPassword.fill(login)
    await this.#page.getByLabel('密码').fill(password)
    await this.#page.getByRole('button', { name: '进入', exact: true }).click()
    if (pin === undefined) return this.#page.waitForURL(/supervise|cases|approvals/, { timeout: patience })
    await this.sees('设这台平板的 6 位 PIN')
    await this.type(pin)
    await this.sees('再输一遍')
    await this.type(pin)
    await this.#page.waitForURL(/window/, { timeout: patience })
  }

  /** Give the PIN: on the sign-in page after choosing oneself, behind the lock at once. */
  async unlock(name: string, pin: string): Promise<void> {
    const card = this.button(new RegExp(name))
    const cover = this.#page.getByRole('dialog', { name: '锁屏' })
    await card.or(cover).first().waitFor({ timeout: patience })
    if (!(await cover.isVisible())) await card.click()
    await this.type(pin)
    await this.#page.locator('nav').first().waitFor({ timeout: patience })
    await cover.waitFor({ state: 'hidden', timeout: patience })
  }

  async type(keys: string): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key)
  }

  async signOut(): Promise<void> {
    await this.go('更多')
    await this.button(/退出/).click()
    await this.#page.waitForURL(/sign-in/, { timeout: patience })
  }

  /** A place of the rail. */
  async go(place: string): Promise<void> {
    await this.#page.locator('nav').getByText(place, { exact: true }).click()
  }

  /** Open a sheet at the window by what a clerk would type, and write who came. */
  async begin(query: string, visitor: Visitor): Promise<void> {
    await this.go('窗口')
    const next = this.button('接待下一位')
    if (await next.isVisible()) await next.click()
    const box = this.#page.getByRole('combobox', windowSearch)
    await box.fill(query)
    await this.#page.getByRole('option').first().waitFor({ timeout: patience })
    await box.press('Enter')
    await this.#page.getByLabel('学号').fill(visitor.studentNo)
    const name = this.#page.getByLabel('姓名')
    if (await name.isVisible()) {
      await name.fill(visitor.name)
      // By its role: a material may ask for a telephone number in words, too.
      await this.#page.getByRole('textbox', { name: '电话' }).fill(visitor.phone ?? '')
    }
  }

  async tickAll(): Promise<void> {
    await this.button('全部齐全').click()
  }

  /** Press the main button and wait until the case is shown as kept; returns its number. */
  async keep(label: string | RegExp): Promise<string> {
    await this.main.filter({ hasText: label }).click({ timeout: patience })
    const number = this.#page.locator('.done .number')
    await number.waitFor({ timeout: patience })
    return (await number.textContent())?.trim() ?? ''
  }

  async openCase(number: string): Promise<void> {
    await this.go('窗口')
    const box = this.#page.getByRole('combobox', windowSearch)
    await box.fill(number)
    await this.#page.getByRole('option').first().waitFor({ timeout: patience })
    await box.press('Enter')
    await this.#page.waitForURL(/\/cases\//, { timeout: patience })
    await this.sees(number)
  }

  /** The paper on the desk as Chromium prints it. */
  async printed(size: 'a4' | 'slip' = 'a4'): Promise<Buffer> {
    await this.#page.locator('.desk .paper').first().waitFor({ timeout: patience })
    await this.#page.evaluate(() => {
      window.print = () => undefined
    })
    await this.button(size === 'a4' ? '打印 A4' : '80 mm 小票').click()
    const pdf = await this.#page.pdf({ preferCSSPageSize: true, printBackground: true })
    await this.#page.keyboard.press('Escape')
    return pdf
  }

  /** Every row of a table of the tablet's own store, as it lies on the disk. */
  async stored<Row>(table: string): Promise<Row[]> {
    return this.#page.evaluate(async (name) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('changkai')
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(new Error('the store does not open'))
      })
      const rows = await new Promise<unknown[]>((resolve) => {
        const request = database.transaction(name).objectStore(name).getAll()
        request.onsuccess = () => resolve(request.result)
      })
      database.close()
      return rows as never[]
    }, table)
  }

  /** The whole browser killed, as by a flat battery, and opened again on the same profile. */
  async killAndReopen(): Promise<void> {
    await this.damage(() => undefined)
  }

  /** The same, with something done to the files of its profile meanwhile. */
  async damage(files: (folder: string) => void): Promise<void> {
    killBrowserOf(this.#folder)
    await this.#context.close().catch(() => undefined)
    files(this.#folder)
    const { context, page } = await openBrowser(this.#folder)
    this.#context = context
    this.#page = page
    await this.#page.goto(this.#url, { waitUntil: 'commit' })
  }

  /** A picture for whoever reads why a walk failed, in the folder SHOTS. */
  async shot(name: string): Promise<void> {
    const folder = process.env.SHOTS
    if (folder) await this.#page.screenshot({ path: `${folder}/${name}.png` }).catch(() => undefined)
  }

  async close(): Promise<void> {
    await this.#context.close()
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

async function openBrowser(folder: string): Promise<{ context: BrowserContext; page: Page }> {
  const context = await launchPersistent(folder, {
    viewport: { width: 1280, height: 800 },
    ...{ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' },
  })
  context.setDefaultTimeout(patience)
  return { context, page: context.pages()[0] ?? (await context.newPage()) }
}
