import { expect, test } from 'vitest'
import { canonicalJson } from '../../shared/core/canonical.ts'
import { newest, type Upcast } from '../../shared/core/upcast.ts'
import { commands } from '../../shared/commands.ts'
import { upcasters } from '../../shared/upcasters.ts'
import { act, readEnv, type ForgedTablet } from '../support/forge.ts'
import { memoryHall, noting, pushTo, receiving, signerIn, tabletIn, words } from '../sync/forged-hall.ts'

const withdraw = commands.get('case.withdraw@1')!
/** A second version that writes its reason otherwise, and a third that only insists on one. */
const second: Upcast = (body) => ({ ...body, v: 2, args: { reason: `〔旧〕${String(body.args.reason)}` } })
const third: Upcast = (body) => {
  if (typeof body.args.reason !== 'string') throw new TypeError('no reason')
  return { ...body, v: 3 }
}
const ways = new Map([
  ['case.withdraw@1', second],
  ['case.withdraw@2', third],
])
const register = new Map([...commands].filter(([key]) => key !== 'case.withdraw@1'))
register.set('case.withdraw@3', { ...withdraw, v: 3 })

function withdrawing(tablet: ForgedTablet, a: Parameters<typeof act>[1], aggId: string) {
  return act(tablet, a, { ...noting(aggId), type: 'case.withdraw', args: { reason: '原话' } })
}

test('[I26][F40] an old command is judged in its newest version; the log keeps the bytes that were signed', async () => {
  const hall = memoryHall()
  const tablet = tabletIn(hall)
  const a = signerIn(hall, tablet)
  const received = act(tablet, a, receiving(tablet))
  const old = withdrawing(tablet, a, readEnv(received).aggId)
  const deps = { ...hall.deps, register, upcasters: ways }
  const { results } = await pushTo({ ...hall, deps }, tablet, { from: 1, commands: [received, old] })
  expect(words(results)).toEqual(['applied', 'applied'])
  const row = hall.db.rowsOf(tablet.streamId)[1]
  expect(row).toMatchObject({ envelope: old.env, sig: old.sig, type: 'case.withdraw' })
  expect(JSON.stringify(hall.db.images.get(`case:${readEnv(received).aggId}`))).toContain('〔旧〕原话')
})

test('[I26] a personal value keeps its reference through an upcast, so its hash is still checked', async () => {
  const hall = memoryHall()
  const tablet = tabletIn(hall)
  const a = signerIn(hall, tablet)
  const receive = commands.get('case.receive@1')!
  const later = new Map([...commands].filter(([key]) => key !== 'case.receive@1'))
  later.set('case.receive@2', { ...receive, v: 2 })
  const up: Upcast = (body) => ({ ...body, v: 2 })
  const deps = { ...hall.deps, register: later, upcasters: new Map([['case.receive@1', up]]) }
  const good = act(tablet, a, receiving(tablet))
  const bad = act(tablet, a, receiving(tablet))
  const spoiled = { ...bad, pii: Object.fromEntries(Object.entries(bad.pii ?? {}).slice(1)) }
  const { results } = await pushTo({ ...hall, deps }, tablet, { from: 1, commands: [good, spoiled] })
  expect(words(results)).toEqual(['applied', 'held:quarantine:pii'])
})

test('[I26][F47] arguments that no version could have written park their own act alone', async () => {
  const hall = memoryHall()
  const tablet = tabletIn(hall)
  const a = signerIn(hall, tablet)
  const received = act(tablet, a, receiving(tablet))
  const { aggId } = readEnv(received)
  const odd = act(tablet, a, { ...noting(aggId), type: 'case.withdraw', args: { reason: 7 } })
  const deps = { ...hall.deps, register, upcasters: new Map([['case.withdraw@1', third]]) }
  const sent = [received, odd, act(tablet, a, receiving(tablet))]
  const { results } = await pushTo({ ...hall, deps }, tablet, { from: 1, commands: sent })
  expect(words(results)).toEqual(['applied', 'held:quarantine:version', 'applied'])
})

test('[I26] steps follow each other, the newest is left as it is, and a circle is a bug that is told', () => {
  const hall = memoryHall()
  const tablet = tabletIn(hall)
  const env = readEnv(withdrawing(tablet, signerIn(hall, tablet), tablet.streamId))
  expect(newest(ways, env)).toMatchObject({ v: 3, args: { reason: '〔旧〕原话' }, prev: env.prev, seq: env.seq })
  expect(newest(new Map(), env)).toBe(env)
  expect(() => newest(new Map([['case.withdraw@1', (body) => ({ ...body })]]), env)).toThrow('circle')
})

test('[I26] every way up leads to a command there is', () => {
  for (const key of upcasters.keys()) expect(commands.has(key), key).toBe(false)
  expect(canonicalJson([...upcasters.keys()])).toBe(canonicalJson([...upcasters.keys()].toSorted()))
})
