import { expect, test, vi } from 'vitest'
import { pushTurns, usualLimits } from '../../server/sync/push-limits.ts'

const device = (id: string, hallId = 'nbu') => ({ id, hallId })

const patient = { timeout: 30_000, interval: 1 }

/** Pushes that wait until they are let go. */
function slow() {
  const open: (() => void)[] = []
  const state = { running: 0, most: 0 }
  const run = () =>
    new Promise<string>((resolve) => {
      state.running += 1
      state.most = Math.max(state.most, state.running)
      open.push(() => {
        state.running -= 1
        resolve('done')
      })
    })
  return { run, state, letGo: () => open.splice(0).forEach((go) => go()) }
}

test('[T14] a device makes sixty pushes in a minute; the next is told when to come, others are not touched', async () => {
  let now = 0
  const turn = pushTurns(usualLimits, () => now)
  const push = (id: string) => turn(device(id), async () => 'done')
  for (let n = 0; n < 60; n += 1) expect(await push('a')).toBe('done')
  await expect(push('a')).rejects.toMatchObject({ code: 'too-many' })
  expect(await push('b')).toBe('done')
  now += 2_000
  expect(await push('a')).toBe('done')
  expect(await push('a')).toBe('done')
  await expect(push('a')).rejects.toMatchObject({ code: 'too-many' })
})

test('[T14] two hundred tablets behind one address are two hundred devices', async () => {
  const turn = pushTurns(usualLimits, () => 0)
  const all = Array.from({ length: 200 }, (_, n) => turn(device(`t${String(n)}`), async () => 'done'))
  expect(new Set(await Promise.all(all))).toEqual(new Set(['done']))
})

test('[T14] five pushes of a hall at once, the others in their order; another hall does not wait for them', async () => {
  const { run, state, letGo } = slow()
  const turn = pushTurns({ ...usualLimits, waitMs: 60_000 }, () => 0)
  let done = 0
  const all = Array.from({ length: 12 }, async (_, n) => {
    await turn(device(`t${String(n)}`), run)
    done += 1
  })
  expect(await turn(device('x', 'szit'), async () => 'at once')).toBe('at once')
  expect(state.running).toBe(5)
  const ended = Promise.all(all)
  await vi.waitFor(() => {
    letGo()
    expect(done).toBe(12)
  })
  expect(await ended).toHaveLength(12)
  expect(state.most).toBe(5)
})

test('[T14] who waits too long for a turn is told to come again, and takes nobody’s place', async () => {
  const { run, state, letGo } = slow()
  const turn = pushTurns({ ...usualLimits, atOnce: 1, waitMs: 1 }, () => 0)
  const first = turn(device('a'), run)
  await expect(turn(device('b'), run)).rejects.toMatchObject({ code: 'busy' })
  letGo()
  expect(await first).toBe('done')
  const third = turn(device('c'), run)
  await vi.waitFor(() => expect(state.running).toBe(1))
  letGo()
  expect(await third).toBe('done')
})

test('[T14] one tablet that pushes on many lines at once has one turn: the places of its hall stay for the others', async () => {
  const { run, state, letGo } = slow()
  const turn = pushTurns({ ...usualLimits, waitMs: 60_000 }, () => 0)
  const greedy = Array.from({ length: 20 }, () => turn(device('greedy'), run))
  expect(await turn(device('b'), async () => 'at once')).toBe('at once')
  expect(state.most).toBe(1)
  let done = 0
  for (const one of greedy) void one.then(() => (done += 1))
  await vi.waitFor(() => {
    letGo()
    expect(done).toBe(20)
  }, patient)
  expect(state.most).toBe(1)
})
