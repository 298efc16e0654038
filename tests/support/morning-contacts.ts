import { expect } from 'vitest'
import type { Morning } from './morning.ts'
import { pdfText, plain } from './pdf.ts'

type At = Pick<Morning, 'tablet'>

/** One of the ways for what is not this window's, from the window screen. */
async function way({ tablet }: At, name: string): Promise<void> {
  await tablet.go('窗口')
  await tablet.page.getByRole('navigation', { name: '不是本窗口的事' }).getByText(name).click()
}

/** 转首问 to another window of the hall: until when the first one answers for it stands in the hall's words. */
export async function handOn(at: At, window: string, until: string): Promise<void> {
  const { tablet } = at
  await way(at, '转首问')
  const radio = tablet.page.getByRole('radio', { name: window })
  await tablet.page.locator('label').filter({ has: radio }).click()
  await tablet.sees(until)
  await tablet.main.filter({ hasText: '转首问 →' }).click()
  await tablet.sees('还没有人接手')
}

/** 指引 to what no hall does: procedure and place are printed for the student, and no case is opened. */
export async function guide(at: At, entry: string): Promise<string> {
  const { tablet } = at
  await way(at, '指引')
  await tablet.page.getByText(entry).click()
  await tablet.main.filter({ hasText: '指引并打印' }).click()
  const text = await pdfText(await tablet.printed('slip'))
  expect(text).toContain(plain(entry))
  return text
}

/** 无主的事 (ZJJ 二十八): written down with the day of its answer, and reported to a leader of the school. */
export async function nobodys(at: At, what: string, leader: string): Promise<void> {
  const { tablet } = at
  await way(at, '无主登记')
  await tablet.page.getByLabel('什么事').fill(what)
  await tablet.page.getByLabel(/已向谁汇报/).fill(leader)
  await tablet.sees(/承诺 \d+月\d+日前回复/)
  await tablet.main.filter({ hasText: '无主登记' }).click()
  await tablet.sees(`向${leader}汇报`)
}
