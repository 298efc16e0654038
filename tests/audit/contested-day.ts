import { randomUUID } from 'node:crypto'
import { calendarsFromChineseDays } from '../../server/calendar/seed-calendars.ts'
import { localDay } from '../../shared/calendar/day.ts'
import type { ContextVersions } from '../../shared/core/envelope.ts'
import { halls } from '../../shared/profiles/halls.ts'
import type { App } from '../support/app.ts'
import { enrolWire, make, newCode, numberOf, receiveArgs, send, type WireTablet } from './wire-tablet.ts'

const { profile, items } = halls.nbu
const windowId = 'student-affairs'
const found = items.find((one) => one.windowId === windowId && one.kind === 'instant' && one.materials.length > 0)
if (!found) throw new Error('the window has no instant item')

/** The item of the day. */
export const item = found

/** Two tablets of one window, A's and B's, with what happened on them. */
export interface ContestedDay {
  readonly one: WireTablet
  readonly two: WireTablet
  readonly ctxv: ContextVersions
  /** Case ids by what became of them. */
  readonly cases: Readonly<Record<'phone' | 'result' | 'quiet', string>>
  readonly numbers: readonly string[]
}

const minute = 60_000

/**
 * Three cases are received by A; then both tablets, unseen by each other, change the telephone of the first and end the
 * second differently; B, whose clock is 12 minutes fast, also refuses a case, which is A's alone.
 */
export async function playContestedDay(app: App, now: number): Promise<ContestedDay> {
  const { A, B, supervisor, enrolLink } = app.credentials
  const one = await enrolWire(app.url, '学工 1 号', { code: enrolLink.slice(-8), person: A })
  const two = await enrolWire(app.url, '学工 2 号', { code: await newCode(app.url, supervisor, windowId), person: B })
  const year = Number(localDay(now).slice(0, 4))
  const calendars = calendarsFromChineseDays('nbu', [year, year + 1]).map(({ id }) => id)
  const ctxv = { profile: profile.id, item: item.id, calendars: calendars.sort() }
  const students = ['示例·许同学', '示例·林同学', '示例·何同学']
  const numbers = students.map(() => numberOf(one, 'XG', now))
  const ids = students.map(() => randomUUID())
  const received = ids.map((aggId, n) => {
    const student = { name: students[n] ?? '', studentNo: `2024011${String(n)}`, phone: '13800001234' }
    const at = now - 3 * minute
    return {
      type: 'case.receive',
      aggId,
      at,
      ctxv,
      args: receiveArgs(item, numbers[n] ?? '', student),
      forge: { online: true },
    }
  })
  await send(one, make(one, received))
  const [phone = '', result = '', quiet = ''] = ids
  const saw = { state: 'open', pii: { phone: '13800001234' } }
  const asA = { ctxv, saw, at: now - 2 * minute, forge: { online: true } }
  await send(
    one,
    make(one, [
      { ...asA, type: 'case.correct', aggId: phone, args: { fields: { phone: '13911112222' } } },
      {
        ...asA,
        type: 'case.conclude',
        aggId: result,
        args: { result: item.results[0] ?? '', resultNote: '学生当面领取' },
      },
    ]),
  )
  const asB = (at: number) => ({ ctxv, saw, at, forge: { wall: at + 12 * minute, off: -12 * minute } })
  const refusal = { stage: 'door', groundId: 'not-student', ground: '不是本校学生', reason: '示例' }
  await send(
    two,
    make(two, [
      { ...asB(now - minute), type: 'case.correct', aggId: phone, args: { fields: { phone: '13722223333' } } },
      { ...asB(now - 50_000), type: 'case.withdraw', aggId: result, args: { reason: '学生说先撤回（示例）' } },
      { ...asB(now - 40_000), type: 'case.refuse', aggId: quiet, args: refusal },
    ]),
  )
  return { one, two, ctxv, cases: { phone, result, quiet }, numbers }
}
