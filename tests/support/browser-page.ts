import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { SignIn } from './app.ts'

/** A page of a fresh browser context, with what went wrong on it. */
export interface Visit {
  readonly context: BrowserContext
  readonly page: Page
  /** Errors nobody caught and errors of the console; a walk ends by expecting none. */
  readonly errors: string[]
}

/** Opens a page as a person in China has it. */
export async function visit(browser: Browser, viewport = { width: 1280, height: 800 }): Promise<Visit> {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    // An answer that failed is told without its address, which is what one wants to know.
    if (message.type() === 'error') errors.push([message.text(), message.location().url].join(' ').trim())
  })
  return { context, page, errors }
}

/** Signs a supervisor in from an ordinary browser, which then stands on 督查. */
export async function signInAsSupervisor(page: Page, url: string, { login, password }: SignIn): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '进入' }).click()
  await page.waitForURL('**/supervise')
}

/** The page as a picture in three sizes, where SHOTS names a folder; leaves it at the widest. */
export async function pageShots(page: Page, name: string): Promise<void> {
  const folder = process.env.SHOTS
  if (!folder) return
  for (const [width, height] of [
    [800, 1280],
    [390, 844],
    [1280, 800],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: `${folder}/${name}-${String(width)}.png` })
  }
}
