import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type App } from '../support/app.ts'
import { Tablet } from '../support/tablet.ts'

let app: App
let tablet: Tablet
const desks: Tablet[] = []

beforeAll(async () => {
  app = await startApp()
  tablet = await Tablet.open(app.url)
  await tablet.enrol(app.credentials.enrolLink, '学工 1 号')
  await tablet.signIn(app.credentials.A, '258036')
  await tablet.pill('已同步')
})

afterAll(async () => {
  for (const desk of desks) await desk.close()
  await tablet?.close()
  await app?.stop()
})

/** Somebody of the unit at an own PC, with the case open. */
async function deskOf(who: App['credentials']['backOffice']): Promise<Tablet> {
  const desk = await Tablet.open(app.url)
  desks.push(desk)
  await desk.page.goto(`${app.url}/sign-in`)
  await desk.signIn(who)
  return desk
}

const open = async (desk: Tablet): Promise<void> => {
  await desk.page
    .getByRole('link', { name: /家庭经济困难认定申请/ })
    .first()
    .click()
  await desk.sees('复核与审批')
}

test('[NBU-8] the back office checks, then two leaders approve at the same time on their own PCs, and the window concludes', async () => {
  await tablet.begin('家庭经济困难认定申请', { studentNo: '20240117', name: '示例·王同学' })
  await tablet.tickAll()
  const number = await tablet.keep(/受理 · 承诺/)
  await tablet.pill('已同步')
  const { backOffice, approvers } = app.credentials
  const [first, second] = approvers
  if (!first || !second) throw new Error('two leaders are printed')

  const check = await deskOf(backOffice)
  await open(check)
  await check.shot('approvals-check')
  await check.button('复核通过').click()
  await check.sees('复核通过，存在本机')

  const leaders = [await deskOf(first), await deskOf(second)] as const
  for (const leader of leaders) await open(leader)
  await leaders[0].shot('approvals-leader')
  // Both see both lines; each signs one, at the same moment.
  await Promise.all(
    leaders.map((desk, nth) => desk.page.getByRole('button', { name: '同意', exact: true }).nth(nth).click()),
  )
  for (const desk of leaders) await desk.page.getByText('3/3').waitFor()

  await tablet.openCase(number)
  await tablet.sees('复核与审批 3/3')
  await tablet.shot('approvals-window')
  const acts = await tablet.stored<{ image: { acts?: { type: string; actorId: string }[] } }>('view')
  const done = acts.flatMap(({ image }) => image.acts ?? []).filter(({ type }) => type === 'case.stepDone')
  expect(new Set(done.map(({ actorId }) => actorId)).size).toBe(3)
})
