import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openClient, type Client } from '../../server/db/pg.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'

let pg: TestDatabase
let hands: { a: Client; b: Client; reader: Client }
beforeAll(async () => {
  pg = await testDatabase()
  const client = (name: string) => openClient(pg.urls.ownerUrl, { max: 1, statementTimeoutMs: 0, name, lasting: true })
  hands = { a: client('writer-a'), b: client('writer-b'), reader: client('reader') }
})
afterAll(async () => {
  await Promise.all(Object.values(hands).map((hand) => hand.end({ timeout: 1 })))
  await pg.stop()
})

type Step = 'a' | 'b' | 'commit a' | 'commit b' | 'pull'

/** Every order of two writers that each insert and commit, with a pull at every place. */
function allOrders(): Step[][] {
  const merged = (a: Step[], b: Step[]): Step[][] => {
    if (a.length === 0 || b.length === 0) return [[...a, ...b]]
    const [first, second] = [a[0]!, b[0]!]
    return [
      ...merged(a.slice(1), b).map((rest) => [first, ...rest]),
      ...merged(a, b.slice(1)).map((rest) => [second, ...rest]),
    ]
  }
  return merged(['a', 'commit a'], ['b', 'commit b']).flatMap((order) =>
    Array.from({ length: order.length + 1 }, (_, at) => order.toSpliced(at, 0, 'pull')),
  )
}

/** How many of two rows a reader sees whose cursor is the sequence (the design that sync.md 4.1 refuses). */
async function seenBySequence(order: readonly Step[]): Promise<number> {
  const table = `control_${randomUUID().replaceAll('-', '')}`
  await pg.ownerSql.unsafe(`create table ${table} (pos bigserial, id text)`)
  let [cursor, seen] = [0, 0]
  const pull = async (): Promise<void> => {
    const rows = await hands.reader.unsafe(`select pos::int as pos from ${table} where pos > ${cursor} order by pos`)
    seen += rows.length
    cursor = Number(rows.at(-1)?.['pos'] ?? cursor)
  }
  for (const step of order) {
    if (step === 'pull') await pull()
    else if (step === 'a' || step === 'b')
      await hands[step].unsafe(`begin; insert into ${table} (id) values ('${step}')`)
    else await hands[step === 'commit a' ? 'a' : 'b'].unsafe('commit')
  }
  await pull()
  return seen
}

test('[R1] [I5] negative control: with a sequence as the cursor, a pull between two commits loses a row for ever', async () => {
  const lost: string[] = []
  for (const order of allOrders()) if ((await seenBySequence(order)) < 2) lost.push(order.join(', '))
  expect(lost).toContain('a, b, commit b, pull, commit a')
  expect(lost.length).toBeGreaterThan(1)
  expect(lost).not.toContain('a, commit a, pull, b, commit b')
})
