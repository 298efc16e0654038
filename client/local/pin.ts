import type { LocalStore } from './store.ts'

const minute = 60_000
const freeTries = 5
/** At this many wrong PINs the wrapped key is dropped (sync.md 3.4). */
const lastTry = 10
const longestWait = 60 * minute

/** Why a PIN may not be chosen, as a sentence; null when it may: six digits, no run, no repeat, no date. */
export function pinProblem(pin: string): string | null {
  if (!/^\d{6}$/.test(pin)) return 'PIN 是 6 位数字。'
  if (isRun(pin)) return 'PIN 不能是连号或同一个数字，请换一个。'
  if (isDate(pin)) return 'PIN 不能像日期（年月日），请换一个。'
  return null
}

function isRun(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, i) => (Number(digit) - Number(pin[i]) + 10) % 10)
  const [first] = steps
  return (first === 0 || first === 1 || first === 9) && steps.every((step) => step === first)
}

/** yyMMdd of any century. */
function isDate(pin: string): boolean {
  const [month, day] = [Number(pin.slice(2, 4)), Number(pin.slice(4, 6))]
  const longest = month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31
  return month >= 1 && month <= 12 && day >= 1 && day <= longest
}

/** The wait that the nth wrong PIN costs: none for five, then 1, 2, 4 … 60 minutes. */
export function waitAfter(wrongPins: number): number {
  return wrongPins <= freeTries ? 0 : Math.min(longestWait, 2 ** (wrongPins - freeTries - 1) * minute)
}

/** What the tablet's clocks say, for measuring a wait that no clock setting shortens. */
export interface WaitClock {
  wall(): number
  mono(): number
}

/** May a PIN be tried: yes (already counted as wrong until it proves right), wait, or never again. */
export type PinLeave = { may: true; left: number } | { may: false; waitMs: number } | { may: false; dropped: true }

/** When each wait began by this page's monotonic clock: a wall clock moved forward cannot end it early. */
const begun = new Map<string, number>()

/** Milliseconds a person still has to wait. A wall clock set back never makes it longer than it was. */
export function waitLeft(row: { actorId: string; wrongPins: number; waitUntil: number }, clock: WaitClock): number {
  const whole = waitAfter(row.wrongPins)
  const byWall = Math.min(whole, row.waitUntil - clock.wall())
  const since = begun.get(row.actorId)
  const left = since === undefined ? byWall : whole - (clock.mono() - since)
  return Math.max(0, left)
}

/**
 * Ask leave to try a PIN, and count the try as wrong at once, in a strict transaction: a reload or a second tab in
 * the middle of it gives no free try (F44).
 */
export async function takeTry(store: LocalStore, actorId: string, clock: WaitClock): Promise<PinLeave> {
  return store.transact('write', ['actor'], async (tx): Promise<PinLeave> => {
    const row = await tx.get('actor', actorId)
    if (!row?.wrapped || row.wrongPins >= lastTry) return { may: false, dropped: true }
    const waitMs = waitLeft(row, clock)
    if (waitMs > 0) {
      // The wall clock was set back behind the beginning of the wait: count it from now.
      if (row.waitUntil - clock.wall() > waitMs) await tx.put('actor', [{ ...row, waitUntil: clock.wall() + waitMs }])
      return { may: false, waitMs }
    }
    const wrongPins = row.wrongPins + 1
    await tx.put('actor', [{ ...row, wrongPins, waitUntil: clock.wall() + waitAfter(wrongPins) }])
    begun.set(actorId, clock.mono())
    return { may: true, left: lastTry - wrongPins }
  })
}

/** The PIN was right: the counter starts again. */
export async function forgiveTries(store: LocalStore, actorId: string): Promise<void> {
  begun.delete(actorId)
  await store.transact('write', ['actor'], async (tx) => {
    const row = await tx.get('actor', actorId)
    if (row) await tx.put('actor', [{ ...row, wrongPins: 0, waitUntil: 0 }])
  })
}

/** The PIN was wrong: after the tenth the wrapped key goes, and only account and password help, online. */
export async function dropAfterLast(store: LocalStore, actorId: string): Promise<boolean> {
  return store.transact('write', ['actor'], async (tx) => {
    const row = await tx.get('actor', actorId)
    if (!row || row.wrongPins < lastTry) return false
    await tx.put('actor', [{ ...row, wrapped: null }])
    return true
  })
}
