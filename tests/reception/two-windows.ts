import postgres from 'postgres'
import { newCode } from '../audit/wire-tablet.ts'
import { startApp, type App } from '../support/app.ts'
import { Tablet } from '../support/tablet.ts'

/** A hall with a tablet at each of two windows, and the supervisor's desk. */
export interface TwoWindows {
  readonly app: App
  readonly here: Tablet
  readonly there: Tablet
  readonly desk: Tablet
  stop(): Promise<void>
}

const pins = { here: '258036', there: '147036' }

/** The demo's A at 学工服务, and the A of another window: a demo account whose password nobody was told, so it is given A's. */
export async function twoWindows(other = { windowId: 'careers', login: 'nbu-cy-a' }): Promise<TwoWindows> {
  const app = await startApp()
  const { A, supervisor, enrolLink } = app.credentials
  const sql = postgres(app.databaseUrl(), { max: 1 })
  await sql`update hall.account set password_hash = (select password_hash from hall.account where login = ${A.login})
    where login = ${other.login}`
  await sql.end()
  const link = `${app.url}/enrol#${await newCode(app.url, supervisor, other.windowId)}`
  const [here, there, desk] = await Promise.all([Tablet.open(app.url), Tablet.open(app.url), Tablet.open(app.url)])
  await here.enrol(enrolLink, '学工 1 号')
  await here.signIn(A, pins.here)
  await there.enrol(link, '另一窗口 1 号')
  await there.signIn({ ...A, login: other.login }, pins.there)
  await desk.page.goto(`${app.url}/sign-in`)
  await desk.signIn(supervisor)
  return {
    ...{ app, here, there, desk },
    async stop() {
      for (const tablet of [here, there, desk]) await tablet.close()
      await app.stop()
    },
  }
}
