import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { searchCases } from '../../server/cases/find-cases.ts'
import { CaseAnswer, SearchAnswer, searchPage } from '../../shared/wire/search.ts'
import { appUnderTest, origin, ours, signIn, type Under } from '../http/app-under-test.ts'

const day = 86_400_000
const began = Date.parse('2024-03-01T01:00:00Z')

interface Told {
  n: number
  name: string
  state?: string
  hallId?: string
}

/** A case as the table holds it, as far as a search and its page read it. */
const caseOf = ({ n, name, state = 'concluded', hallId = 'nbu' }: Told) => ({
  ...{ id: `case-${hallId}-${String(n)}`, hallId, kind: 'case', number: `XG-240301-K7-${String(n)}`, state },
  ...{ windowId: 'student-affairs', itemId: 'nbu:XG-001@1', itemCode: 'XG-001', itemName: '学生证补办' },
  ...{ ticket: `T${String(n)}`, receivedAt: began + n * day, endedAt: began + n * day, archivedEnd: began + n * day },
  ...{ handler: { actorId: 'nbu-xg-a', actorName: '示例·周老师', role: 'roleA' }, acts: [], flags: [], conflicts: [] },
  pii: { name, studentNo: String(20_240_000 + n), phone: `1380000${String(1000 + n)}` },
})

let under: Under
let cookie = ''
const add = async (cases: readonly object[]) => {
  await under.database.ownerSql.unsafe(
    `insert into hall.cases (hall_id, id, ver, image)
      select x->>'hallId', x->>'id', 1, x from jsonb_array_elements($1::text::jsonb) as t(x)`,
    [JSON.stringify(cases)],
  )
}
const ask = async (asked: string | { q: string; after?: string }, as = cookie) => {
  const [path, init] = typeof asked === 'string' ? [asked, {}] : ['', ours(asked)]
  const headers = { ...init.headers, cookie: as }
  const answer = await under.app.request(`${origin}/api/v1/search${path}`, { ...init, headers })
  return { status: answer.status, text: await answer.text() }
}
const find = async (q: string, after?: string) =>
  SearchAnswer.parse(JSON.parse((await ask({ q, ...(after ? { after } : {}) })).text))
const numbers = async (q: string) => (await find(q)).rows.map(({ number }) => number.slice(13))

beforeAll(async () => {
  under = await appUnderTest(['nbu', 'szit'])
  await add([
    caseOf({ n: 1, name: '示例·王小明' }),
    caseOf({ n: 2, name: '示例·曾子墨', state: 'refused' }),
    caseOf({ n: 3, name: '示例·王晓', state: 'open' }),
    caseOf({ n: 4, name: '示例·王小明', hallId: 'szit' }),
    caseOf({ n: 5, name: "Aisha O'Neil 示例" }),
    caseOf({ n: 6, name: 'Иван Élodie 示例' }),
    caseOf({ n: 7, name: '艾孜孜·Ａｌｉ 示例' }),
  ])
  cookie = (await signIn(under.app, 'nbu-ducha')).cookie
})
afterAll(async () => {
  await under.stop()
})

test.each([
  ['number', 'XG-240301-K7-2', ['2']],
  ['end of a number, small letters', 'k7-3', ['3']],
  ['ticket', 't2', ['2']],
  ['student number', '20240003', ['3']],
  ['name', '小明', ['1']],
  ['pinyin', 'wangxiao', ['3', '1']],
  ['pinyin with blanks', 'wang xiao ming', ['1']],
  ['initials, a surname of two readings', 'zzm', ['2']],
  ['full width', 'ｗｘｍ', ['1']],
  ['name and item', '学生证 王', ['3', '1']],
  ['a name in Latin letters', 'aisha 示例', ['5']],
  ['a name in Latin letters, whole', "Aisha O'Neil", ['5']],
  ['a name in Cyrillic letters', 'Иван', ['6']],
  ['letters with accents, either case', 'éLODIE', ['6']],
  ['a name kept in full width', 'ali', ['7']],
  ['nobody', '查无此人', []],
  ['a wildcard is a letter', '%%', []],
])('[SUP-2] a supervisor finds ended and archived cases by %s', async (_by, q, expected) => {
  expect(await numbers(q)).toEqual(expected)
})

test('[REF-PRIV] the list covers number and telephone; the log says who and how many, never what was typed', async () => {
  const before = under.logged.length
  const { text } = await ask({ q: '小明' })
  expect(text).toContain('2024****01')
  for (const value of ['20240001', '13800001001']) expect(text).not.toContain(value)
  const lines = under.logged.slice(before).join('\n')
  expect(lines).toContain('"by":"nbu-ducha"')
  expect(lines).toContain('cases searched')
  expect(lines).toContain('"route":"/api/v1/search"')
  for (const value of ['小明', encodeURIComponent('小明'), '2024****01']) expect(lines).not.toContain(value)
})

test('[REF-PRIV] a search is asked in a body: an address, which proxies keep, takes none', async () => {
  expect((await ask(`?q=${encodeURIComponent('小明')}`)).status).toBe(405)
})

test('[REF-PRIV] one case is opened by its id, which is logged; of another hall there is none', async () => {
  const before = under.logged.length
  const { image, item } = CaseAnswer.parse(JSON.parse((await ask('/cases/case-nbu-2')).text))
  expect([image.number, item?.code]).toEqual(['XG-240301-K7-2', 'XG-001'])
  expect(under.logged.slice(before).join('\n')).toContain('"about":"case-nbu-2"')
  expect((await ask('/cases/case-szit-4')).status).toBe(404)
})

test('[REF-PRIV] nobody else searches all cases: not without signing in, not the staff of a window', async () => {
  const { cookie: clerk } = await signIn(under.app, 'nbu-xg-a')
  for (const path of [{ q: '小明' }, '/cases/case-nbu-1']) {
    expect((await ask(path, '')).status).toBe(401)
    expect((await ask(path, clerk)).status).toBe(403)
  }
})

test('a search is at least two letters, at most sixty, and none a database cannot hold', async () => {
  for (const q of ['x', 'x'.repeat(61), 'a\0b', ' x ']) expect((await ask({ q })).status).toBe(422)
  expect((await ask({ q: "';drop--" })).status).toBe(200)
  // Where a page ends is any id a tablet may give, at any time its clock may say.
  expect((await ask({ q: 'xx', after: `-5~示例.${'x'.repeat(100)}` })).status).toBe(200)
})

test('[REF-PRIV] of 10,000 cases pages give each once, newest first, and a search reads no image but those it shows', async () => {
  // Real images are too big for a row's own page and do not press well.
  const bulky = Array.from({ length: 80 }, (_, at) => createHash('sha256').update(String(at)).digest('base64')).join('')
  for (let from = 1000; from < 11_000; from += 1000) {
    const part = Array.from({ length: 1000 }, (_, at) => from + at)
    await add(part.map((n) => ({ ...caseOf({ n, name: `示例·${n % 100 === 0 ? '欧阳' : '赵'}${String(n)}` }), bulky })))
  }
  await under.database.ownerSql.unsafe('analyze hall.cases')
  const seen: number[] = []
  let after: string | undefined
  do {
    const { rows, next } = await find('ouyang', after)
    expect(rows.length).toBeLessThanOrEqual(searchPage)
    seen.push(...rows.map(({ receivedAt }) => receivedAt))
    after = next ?? undefined
  } while (after)
  expect(seen).toHaveLength(100)
  expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a))

  // However many names a few letters spell, the newest cases come first.
  expect((await find('zhao')).rows.slice(0, 3).map(({ number }) => number.slice(13))).toEqual([
    '10999',
    '10998',
    '10997',
  ])

  const buffers = async (statement: string) => {
    const rows = await under.database.ownerSql.unsafe(`explain (analyze, buffers) ${statement}`)
    const line = rows.map((row) => String(row['QUERY PLAN'])).find((text) => text.includes('Buffers:')) ?? ''
    return [...line.matchAll(/(?:hit|read)=(\d+)/g)].reduce((sum, [, n]) => sum + Number(n), 0)
  }
  const nobody = `select id from hall.cases where hall_id = 'nbu' and`
  const byColumn = await buffers(`${nobody} strpos(findable, 'nobody') > 0 order by received_at desc, id desc limit 31`)
  const byImage = await buffers(`${nobody} strpos(image #>> '{pii,name}', 'nobody') > 0`)
  expect(byColumn).toBeLessThan(byImage / 5)
  expect((await searchCases(under.deps.db, 'nbu', { q: '欧阳10900' })).rows).toHaveLength(1)
})
