import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Clock } from '../../client/local/engine.ts'
import type { ClockSample } from '../../client/local/store.ts'
import { beginExchange, estimate, estimatedNow, keepSample, sampleOf } from '../../client/sync/clock.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const start = Date.parse('2026-11-20T03:00:00Z')

/** A tablet beside the true time: a wall that can be set, a monotonic clock that can stand while the tablet sleeps. */
class Tablet implements Clock {
  now = start
  boot = 'boot-1'
  samples: ClockSample[] = []
  #shift = 0
  #mono = 0

  wall(): number {
    return this.now + this.#shift
  }

  mono(): number {
    return this.#mono
  }

  work(ms: number): void {
    this.now += ms
    this.#mono += ms
  }

  sleep(ms: number): void {
    this.now += ms
  }

  set(ms: number): void {
    this.#shift += ms
  }

  reboot(): void {
    this.boot += '+'
    this.#mono = 0
  }

  /** Ask the server; the answer takes `rtt`, all of it on the way there or half; `meanwhile` happens on the way back. */
  exchange(
    rtt: number,
    { isLopsided = false, meanwhile }: { isLopsided?: boolean; meanwhile?: () => void } = {},
  ): void {
    const begun = beginExchange(this)
    this.work(isLopsided ? rtt : rtt / 2)
    const [t1, t2] = [this.now, this.now]
    meanwhile?.()
    this.work(isLopsided ? 0 : rtt / 2)
    const sample = sampleOf(begun, { t1, t2 }, this)
    if (sample) this.samples = keepSample(this.samples, sample)
  }

  /** What an act done now says of its time, against the truth. */
  act() {
    const { off, offErr } = estimate(this.samples, this)
    return { error: this.wall() + off - this.now, offErr }
  }
}

const jumps: readonly [string, number][] = [
  ['a day ahead', day],
  ['a day behind', -day],
  ['eight hours ahead', 8 * hour],
  ['eight hours behind', -8 * hour],
  ['to 1970', 1_000 - start],
  ['to 2038', Date.parse('2038-01-19T03:14:08Z') - start],
]

const met = (): Tablet => {
  const tablet = new Tablet()
  tablet.exchange(100)
  tablet.work(5 * minute)
  return tablet
}

test.each(jumps.filter(([, by]) => by < 0))('[F26][R14] a wall set %s within a boot: monotonic time', (_name, by) => {
  const tablet = met()
  tablet.set(by)
  tablet.work(10 * minute)
  const { error, offErr } = tablet.act()
  expect(error).toBe(0)
  expect(offErr).toBeLessThan(1_000)
})

test.each(jumps.filter(([, by]) => by > 0))(
  '[F26][I19] a wall set %s, or a tablet that slept as long: the time stays, its error spans both',
  (_name, by) => {
    const [set, slept] = [met(), met()]
    set.set(by)
    slept.sleep(by)
    // The two cannot be told apart from within, so both say the same, and the truth of both is inside.
    expect(estimate(set.samples, set)).toEqual(estimate(slept.samples, slept))
    expect([set.act().error, slept.act().error]).toEqual([by, 0])
    expect(set.act().offErr).toBeGreaterThanOrEqual(by)
  },
)

test.each(jumps)('[R14][P15] a wall set %s and right again: the time in between leaves nothing behind', (_name, by) => {
  const tablet = met()
  tablet.set(by)
  tablet.work(minute)
  tablet.exchange(200)
  expect(tablet.act()).toMatchObject({ error: 0 })
  tablet.set(-by)
  tablet.work(minute)
  const { error, offErr } = tablet.act()
  expect([error, offErr < 1_000]).toEqual([0, true])
})

test.each(jumps)('[F26][R14] a wall set %s while an answer is on its way: that exchange tells nothing', (_name, by) => {
  const tablet = met()
  const before = tablet.samples
  tablet.exchange(200, { meanwhile: () => tablet.set(by) })
  expect(tablet.samples).toEqual(before)
  tablet.exchange(200)
  expect(tablet.act()).toMatchObject({ error: 0 })
  tablet.exchange(200, { meanwhile: () => tablet.sleep(hour) })
  expect(tablet.act()).toMatchObject({ error: 0 })
})

test('[F26] after a reboot without network the estimate is ± 10 minutes, until the next exchange', () => {
  const tablet = met()
  tablet.reboot()
  expect(tablet.act()).toEqual({ error: 0, offErr: 600_000 })
  tablet.exchange(300)
  expect(tablet.act().offErr).toBeLessThan(1_000)
  expect(estimate([], new Tablet())).toEqual({ off: 0, offErr: 600_000 })
})

test('[F26] a gap in this boot is not hidden by a sample of the boot before', () => {
  const tablet = met()
  tablet.reboot()
  tablet.exchange(100)
  tablet.set(day)
  expect(tablet.act().offErr).toBeGreaterThanOrEqual(day)
})

test('[P15] a sample an older build kept, without its wall time, is used as before', () => {
  const tablet = met()
  const samples = tablet.samples.map(({ off, err, mono, boot }) => ({ off, err, mono, boot }))
  expect(estimate(samples, tablet)).toEqual(estimate(tablet.samples, tablet))
})

test('[P10][F26] a wall set back brings no ended right back', () => {
  const tablet = met()
  tablet.set(-30 * day)
  expect(estimatedNow(tablet.samples, tablet)).toBe(tablet.now)
})

const some = fc.integer({ min: 1, max: 2 * day })
const step = fc.oneof(
  fc.record({ do: fc.constant('work' as const), ms: some }),
  fc.record({ do: fc.constant('back' as const), ms: some }),
  fc.record({ do: fc.constant('forward' as const), ms: some }),
  fc.record({ do: fc.constant('sleep' as const), ms: some }),
  fc.record({ do: fc.constant('exchange' as const), ms: fc.integer({ min: 0, max: 30_000 }) }),
)

test('[F26][R14][I19][P15] whatever is done to the wall, the truth lies within the error told', () => {
  const run = fc.property(fc.array(step, { maxLength: 12 }), fc.boolean(), (steps, mayBack) => {
    const tablet = met()
    // A tablet that sleeps AND is set back shows less than it slept: only the receipt bounds that act (act-interval.ts).
    const isTold = (what: string) => (mayBack ? what !== 'sleep' : what !== 'back')
    for (const { do: what, ms } of steps.filter((one) => isTold(one.do))) {
      if (what === 'exchange') tablet.exchange(ms * 2, { isLopsided: true })
      else if (what === 'work') tablet.work(ms)
      else if (what === 'sleep') tablet.sleep(ms)
      else tablet.set(what === 'back' ? -ms : ms)
      const { error, offErr } = tablet.act()
      expect(Math.abs(error)).toBeLessThanOrEqual(offErr)
    }
  })
  fc.assert(run, { seed: 20261122, numRuns: 400 })
})
