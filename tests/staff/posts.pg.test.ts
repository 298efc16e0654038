import { afterAll, beforeAll, expect, test } from 'vitest'
import { halls } from '../../shared/profiles/halls.ts'
import { peopleColumns, PeoplePreview, rowOfPerson, type Person } from '../../shared/staff/index.ts'
import { appUnderTest, asDevice, origin, signIn, type Under } from '../http/app-under-test.ts'
import { ask, problemOf } from '../http/asked.ts'
import { tabletOf } from '../http/served-person.ts'
import { readXlsxTable, xlsxOf } from '../catalogue/sheet-files.ts'
import { tidyHall } from '../../server/ops/tidy.ts'
import { officerOf, type Officer } from './officer.ts'

let under: Under
let officer: Officer
let office: Officer
beforeAll(async () => {
  under = await appUnderTest(['nbu', 'szit'])
  officer = await officerOf(under, 'nbu-ducha')
  office = await officerOf(under, 'szit-ducha')
})
afterAll(async () => {
  await under.stop()
})

const fields = (more: object) => ({
  ...{ name: '示例·新', personKind: 'staff', unitId: null, college: '', rank: 'none', conditions: [] },
  ...{ conditionNote: '', badgeNo: '', ...more },
})
const training = (unitId: string | null, windowId: string | null = null) => ({
  windowId,
  unitId,
  on: '2026-10-20',
  what: '',
})

const postOf = async (hallId: string, id: string): Promise<Record<string, unknown>> => {
  const [row] = await under.database.ownerSql`select image from hall.posts where hall_id = ${hallId} and id = ${id}`
  return row?.image as Record<string, unknown>
}

test('[SZIT-8, SSC-9] a post that a page filed without looking is looked at by the server and never begins', async () => {
  await office.do('person.record', 'szit-new', {
    fields: fields({ personKind: 'student' }),
    trainings: [training(null)],
    busy: [],
  })
  const seat = {
    windowId: 'teaching',
    personId: 'szit-new',
    personName: '示例·新',
    personKind: 'student',
    role: 'roleB',
  }
  const term = { from: '2026-11-20', to: null }
  expect(await office.do('post.assign', 'untrained', { ...seat, ...term })).toBe('applied')
  await expect.poll(async () => (await postOf('szit', 'untrained')).to).toBe('2026-11-19')
  expect((await postOf('szit', 'untrained')).endReason).toContain('还没有上岗培训记录')
  await office.do('person.train', 'szit-new', { training: training('academic-affairs', 'teaching') })
  expect(await office.do('post.assign', 'trained', { ...seat, ...term })).toBe('applied')
  const other = { ...seat, windowId: 'careers' }
  expect(await office.do('post.assign', 'elsewhere', { ...other, ...term })).toBe('applied')
  await expect.poll(async () => (await postOf('szit', 'elsewhere')).to).toBe('2026-11-19')
  expect((await postOf('szit', 'trained')).to).toBeNull()
})

test('[NBU-17] when the second term starts the next unit’s person signs in at the joint window, the first no longer', async () => {
  const window = { windowId: 'campus-culture', personKind: 'staff', role: 'roleA' }
  expect(await officer.do('post.end', 'post:nbu-wh-a', { on: '2027-01-24' }, { to: null })).toBe('applied')
  const next = { ...window, personId: 'nbu-jx-a', personName: '示例·教学老师', unitId: 'publicity', tenure: 'term' }
  await officer.do('person.train', 'nbu-jx-a', { training: training(null, 'campus-culture') })
  expect(await officer.do('post.assign', 'spring', { ...next, from: '2027-01-25', to: '2027-07-04' })).toBe('applied')
  const tablet = await tabletOf(under, 'nbu', 'campus-culture')
  const rolesOf = async (login: string) =>
    (await signIn(under.app, login, { headers: asDevice(tablet.token) })).body.roles
  const role = [{ role: 'roleA', windowId: 'campus-culture' }]
  const nextRole = [{ ...role[0], unitId: 'publicity' }]
  expect([await rolesOf('nbu-wh-a'), await rolesOf('nbu-jx-a')]).toEqual([role, []])
  const autumn = under.deps.clock.now
  under.deps.clock.now = Date.parse('2027-01-24T15:59:00Z')
  expect([await rolesOf('nbu-wh-a'), await rolesOf('nbu-jx-a')]).toEqual([role, []])
  under.deps.clock.now = Date.parse('2027-01-24T16:01:00Z')
  expect([await rolesOf('nbu-wh-a'), await rolesOf('nbu-jx-a')]).toEqual([[], nextRole])
  under.deps.clock.now = autumn
  // Whoever came in that spring has swept the sessions of autumn away.
  officer = await officerOf(under, 'nbu-ducha')
  expect((await postOf('nbu', 'spring')).tenure).toBe('term')
})

const head = peopleColumns.map(({ header }) => header)
const look = async (body: Buffer, cookie = officer.cookie) =>
  ask(under, '/api/v1/imports/people?name=%E5%90%8D%E5%8D%95.xlsx', {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'x-changkai': '1', origin, cookie },
    body: new Uint8Array(body),
  })

test('[SSC-9] a list of people is looked at before anything is written, comes out as it went, and no formula runs', async () => {
  const row = ['2019001', '示例·甲', '工作人员', '教务处', '', '中层干部', '13800001234', 'N-1', '2026-09-01', '']
  const { status, body } = await look(
    await xlsxOf([head, row, ['2025001', '=1+1', '学生', '', '外语学院', '', '', '', '', '']]),
  )
  const preview = PeoplePreview.parse(body)
  expect([status, preview.errorCount, preview.adds.map(({ code }) => code)]).toEqual([200, 0, ['2019001', '2025001']])
  const [one, two] = preview.people
  await officer.do('person.record', 'listed-1', { fields: one?.fields, trainings: [one?.training], busy: [] })
  await officer.do('person.contact', 'listed-1', { phone: one?.phone, number: one?.number })
  await officer.do('person.record', 'listed-2', { fields: two?.fields, trainings: [], busy: [] })
  await officer.do('person.contact', 'listed-2', { phone: '', number: '2025001' })
  const again = PeoplePreview.parse((await look(await xlsxOf([head, row]))).body)
  expect([again.same, again.people]).toEqual([1, []])
  const changed = PeoplePreview.parse(
    (await look(await xlsxOf([head, row.map((text) => (text === 'N-1' ? 'N-2' : text))]))).body,
  )
  expect(changed.changes[0]?.fields).toEqual([{ field: '工作牌号', before: 'N-1', after: 'N-2' }])
  expect(changed.people[0]).toMatchObject({ personId: 'listed-1', fields: { badgeNo: 'N-2' }, isContactNew: false })
  const file = await under.app.request(`${origin}/api/v1/exports/people?format=xlsx`, {
    headers: { cookie: officer.cookie },
  })
  const table = await readXlsxTable(Buffer.from(await file.arrayBuffer()))
  expect(table).toContainEqual(row)
  expect(table.find(([number]) => number === '2025001')?.[1]).toBe("'=1+1")
  // Who took the list away stands in the server's log (REF-PRIV).
  const line = under.logged.find((one) => one.includes('people exported'))
  expect(JSON.parse(line ?? '{}')).toMatchObject({ hall: 'nbu', by: 'nbu-ducha' })
  const [person] = await under.database.ownerSql`select image from hall.people where id = 'listed-1'`
  expect(rowOfPerson(person?.image as Person, halls.nbu.profile)).toEqual(row)
})

test('[SSC-9] a wrong list names row and column; no other than the hall’s officers looks at lists or takes them away', async () => {
  const wrong = ['', '示例·甲', '领导', '没有这个单位', '', '科员', '', '', '去年', '']
  const preview = PeoplePreview.parse((await look(await xlsxOf([head, wrong]))).body)
  expect(preview.errors.map(({ row, column }) => [row, column])).toEqual([
    ...[
      [2, '工号或学号'],
      [2, '类别'],
      [2, '职级'],
      [2, '培训日期'],
      [2, '单位'],
    ],
  ])
  expect(preview.people).toEqual([])
  const broken = PeoplePreview.parse((await look(Buffer.from('PK\u0003\u0004 not a zip'))).body)
  expect([broken.errorCount, broken.people]).toEqual([1, []])
  const tablet = await tabletOf(under, 'nbu', 'student-affairs')
  const b = await signIn(under.app, 'nbu-xg-b', { headers: asDevice(tablet.token) })
  expect(problemOf(await look(Buffer.from('x'), b.cookie))).toBe('403 forbidden')
  for (const path of ['/api/v1/exports/people?format=csv', '/api/v1/staff/open-cases?personId=a&windowId=b'])
    expect(problemOf(await ask(under, path, { headers: { cookie: b.cookie } }))).toBe('403 forbidden')
})

test('[ZJJ-10] a meeting leaves its window’s tablets once it is old and every task of it is done, not before', async () => {
  const owner = { personId: 'nbu-xg-a', personName: '示例·甲', windowId: 'student-affairs' }
  const tasks = [{ id: 't1', text: '示例：补培训', owner, dueOn: '2026-11-27' }]
  const said = {
    minutes: '示例：本周情况',
    summary: '',
    plan: '',
    place: '',
    came: [],
    from: '16:00',
    on: '2026-11-20',
  }
  expect(await officer.do('meeting.record', 'meeting-1', { ...said, tasks })).toBe('applied')
  const scopes = async (): Promise<string[]> => {
    const rows = await under.database.ownerSql`select scope from hall.scope_index
      where hall_id = 'nbu' and agg_id = 'meeting-1' and op = 'set' order by scope`
    return rows.map(({ scope }) => String(scope))
  }
  const there = ['supervisor', 'window:student-affairs']
  expect(await scopes()).toEqual(there)
  const now = under.deps.clock.now
  under.deps.clock.now += 100 * 86_400_000
  await tidyHall(under.deps, 'nbu')
  expect(await scopes()).toEqual(there)
  under.deps.clock.now = now
  expect(await officer.do('meeting.taskDone', 'meeting-1', { taskId: 't1', note: '' })).toBe('applied')
  await tidyHall(under.deps, 'nbu')
  expect(await scopes()).toEqual(there)
  under.deps.clock.now += 100 * 86_400_000
  await tidyHall(under.deps, 'nbu')
  expect(await scopes()).toEqual(['supervisor'])
  under.deps.clock.now = now
})
