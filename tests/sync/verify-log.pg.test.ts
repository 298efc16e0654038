import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act, readEnv } from '../support/forge.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { noting, receiving, serverNow } from './forged-hall.ts'
import { pushTo, servedHall, signerAt, tabletAt, type ServedHall } from './forged-server.ts'
import { readLog, readProof } from './read-log.ts'
import { verifyLog, type LogLine, type Proof } from './verify-log.ts'

let pg: TestDatabase
let hall: ServedHall
let rows: LogLine[]
let proof: Proof

beforeAll(async () => {
  pg = await testDatabase()
  hall = await servedHall(pg)
  await playDay()
  rows = await readLog(pg.appSql)
  proof = await readProof(pg.appSql)
})
afterAll(async () => {
  await hall.wake.close()
  await pg.stop()
})

/** Two tablets, three people, a clock that is wrong, and one of everything that can fail. */
async function playDay() {
  const [one, two] = [await tabletAt(hall, 'VA'), await tabletAt(hall, 'VB')]
  const [a, b] = [await signerAt(hall, one), await signerAt(hall, one, { id: 'b', role: 'roleB' })]
  const late = await signerAt(hall, two, { id: 'late', to: serverNow - 3_600_000 })
  const received = act(one, a, receiving(one))
  const { aggId, cmdId } = readEnv(received)
  const noted = act(one, b, noting(aggId))
  const forged = act(one, { ...a, privateJwk: late.privateJwk }, receiving(one))
  const junk = { env: '{"cmdId":', sig: 'x' }
  const first = [received, noted, forged, act(one, a, noting(randomUUID()))]
  await pushTo(hall, one, 1, first)
  const second = [act(two, late, receiving(two)), act(two, late, receiving(two, { at: serverNow + 9e9 }))]
  await pushTo(hall, two, 1, [...second, act(two, late, receiving(two, { forge: { cmdId } })), junk])
}

test('[I18] the log of a real day passes: every kind of outcome, two tablets, the system’s own stream', () => {
  expect(verifyLog(rows, proof)).toEqual([])
  expect(new Set(rows.map(({ code }) => code))).toEqual(new Set([null, 'quarantine', 'depends', 'grant']))
  expect(new Set(rows.map(({ streamId }) => streamId)).size).toBe(3)
})

test('[I18] a personal value erased by lawful decision still passes; another in its place does not', () => {
  const at = rows.findIndex(({ pii }) => pii !== null)
  expect(verifyLog(rows.with(at, { ...rows[at]!, pii: null }), proof)).toEqual([])
  const pii = Object.fromEntries(
    Object.entries(rows[at]!.pii ?? {}).map(([key, one]) => [key, { ...one, value: '别人' }]),
  )
  expect(verifyLog(rows.with(at, { ...rows[at]!, pii }), proof)).not.toEqual([])
})

/** Another value of the same type; `sig` of what was never signed proves nothing and is left. */
function altered(row: LogLine, field: keyof LogLine, salt: number): LogLine {
  const value = row[field]
  if (typeof value === 'number') return { ...row, [field]: value + 1 + salt }
  if (typeof value === 'boolean') return { ...row, [field]: !value }
  if (typeof value === 'string') return { ...row, [field]: spoiled(value, salt) }
  return { ...row, [field]: field === 'wall' || field === 'lo' || field === 'hi' ? salt : `x${String(salt)}` }
}

function spoiled(text: string, salt: number): string {
  const at = text.length === 0 ? 0 : salt % text.length
  return `${text.slice(0, at)}${text.charAt(at) === '7' ? '3' : '7'}${text.slice(at + 1)}`
}

const columns = [
  ...(['pos', 'cmdId', 'streamId', 'branch', 'seq', 'carrierId', 'lo', 'hi', 'receivedAt', 'outcome', 'code'] as const),
  ...(['ver', 'envelope', 'hash', 'verdict', 'link'] as const),
]
const signedColumns = [
  ...columns,
  ...(['kind', 'aggId', 'type', 'actorId', 'role', 'windowId', 'online', 'wall', 'sig'] as const),
]

test('[I18] any single row altered in any column is found', () => {
  const place = fc.record({ at: fc.nat(rows.length - 1), column: fc.nat(99), salt: fc.nat(5000) })
  fc.assert(
    fc.property(place, ({ at, column, salt }) => {
      const row = rows[at]!
      const of = row.code === 'quarantine' ? columns : signedColumns
      const field = of[column % of.length]!
      expect(verifyLog(rows.with(at, altered(row, field, salt)), proof), `${field} of ${String(row.pos)}`).not.toEqual(
        [],
      )
    }),
    { numRuns: 300, seed: 18 },
  )
})

test('[I18] each column of each kind of row is altered once, and each time it is found', () => {
  for (const [at, row] of rows.entries()) {
    for (const field of row.code === 'quarantine' ? columns : signedColumns) {
      const faults = verifyLog(rows.with(at, altered(row, field, 7)), proof)
      expect(faults, `${field} of ${String(row.pos)} (${row.outcome})`).not.toEqual([])
    }
  }
})

test('[I18] a row removed, put in twice, put in elsewhere or changed with another is found', () => {
  const two = fc.record({ from: fc.nat(rows.length - 1), to: fc.nat(rows.length - 1) })
  fc.assert(
    fc.property(two, fc.boolean(), ({ from, to }, renumber) => {
      const number = (list: readonly LogLine[]) =>
        renumber ? list.map((row, i) => ({ ...row, pos: i + 1 })) : [...list]
      expect(verifyLog(number(rows.toSpliced(from, 1)), proof)).not.toEqual([])
      expect(verifyLog(number(rows.toSpliced(to, 0, rows[from]!)), proof)).not.toEqual([])
      const swapped = rows.with(from, rows[to]!).with(to, rows[from]!)
      if (from !== to) expect(verifyLog(number(swapped), proof)).not.toEqual([])
    }),
    { numRuns: 60, seed: 18 },
  )
})

test('[I18] the last rows cut off are missed by nobody: the head says how many there were', () => {
  for (const n of [1, 2, 5]) expect(verifyLog(rows.slice(0, -n), proof)).toContain('end: head')
})
