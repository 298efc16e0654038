import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import readExcel from 'read-excel-file/node'
import writeExcel from 'write-excel-file/node'
import { ImportAnswer } from '../../shared/catalogue/import-answer.ts'
import type { Json } from '../../shared/core/canonical.ts'
import { columns } from '../../shared/catalogue/import-columns.ts'
import { halls } from '../../shared/profiles/halls.ts'
import { encodeGb18030 } from '../../server/catalogue/gb-encode.ts'
import { issueAsSystem } from '../../server/sync/index.ts'
import { appUnderTest, origin, signIn, type Under } from '../http/app-under-test.ts'
import { zipOf } from './zip-of.ts'

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const heads = columns.map(({ header }) => header)

let under: Under
let cookie = ''
beforeAll(async () => {
  under = await appUnderTest(['nbu', 'szit'])
  cookie = (await signIn(under.app, 'nbu-ducha')).cookie
})
afterAll(async () => {
  await under.stop()
})
const send = (bytes: Uint8Array, type: string, more: { name?: string; cookie?: string } = {}) =>
  under.app.request(`${origin}/api/v1/imports?name=${encodeURIComponent(more.name ?? '事项.csv')}`, {
    method: 'POST',
    headers: { 'content-type': type, 'x-changkai': '1', origin, cookie: more.cookie ?? cookie },
    body: new Uint8Array(bytes),
  })
const preview = async (bytes: Uint8Array, type: string): Promise<ImportAnswer> => {
  const answer = await send(bytes, type)
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`${String(answer.status)} ${text}`)
  return ImportAnswer.parse(JSON.parse(text))
}
const exported = async (format: string, as = cookie): Promise<Buffer> => {
  const answer = await under.app.request(`${origin}/api/v1/exports/items?format=${format}`, { headers: { cookie: as } })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="items-\w+(-gbk)?\.(csv|xlsx)"$/)
  return Buffer.from(await answer.arrayBuffer())
}
const logged = async (): Promise<number> =>
  Number((await under.database.ownerSql`select count(*) as n from hall.command_log`)[0]!.n)

describe('round trip', () => {
  test('[SSC-17] what goes out as .xlsx, UTF-8 and GBK comes in again and changes nothing', async () => {
    for (const [format, type, encoding] of [
      ['xlsx', xlsxType, null],
      ['csv', 'text/csv', 'utf-8'],
      ['csv-gbk', 'text/csv', 'gb18030'],
    ] as const) {
      const answer = await preview(await exported(format), type)
      const unchanged = { adds: [], changes: [], errors: [], items: [], same: halls.nbu.items.length }
      expect(answer).toMatchObject({ ...unchanged, encoding })
    }
  })

  test('[SSC-17] a real .xlsx changed by hand and a GBK .csv go in through the app, become sheets, and come out the same', async () => {
    const before = await logged()
    const rows = (await readExcel(await exported('xlsx')))[0]!.data.map((row) => row.map((cell) => cell ?? ''))
    const at = rows.findIndex((row) => row[0] === 'XG-001')
    rows[at]![heads.indexOf('条件')] = '材料齐全，=不是公式，𠮷·㛃'
    rows.push(
      rows[at]!.map(
        (cell, nth) =>
          ({ 事项编码: 'XG-950', 事项名称: '示例·补办社区卡', 别名: '社区卡\n-补卡' })[heads[nth]!] ?? cell,
      ),
    )
    const sheet = rows.map((row) => row.map((cell) => ({ value: String(cell), type: String })))
    const first = await preview(await writeExcel(sheet, { sheet: '事项' }).toBuffer(), xlsxType)
    expect(first).toMatchObject({ format: 'xlsx', adds: [{ code: 'XG-950', name: '示例·补办社区卡' }], errors: [] })
    expect(first.changes.map(({ code, fields }) => [code, fields.map(({ field }) => field)])).toEqual([
      ['XG-001', ['条件']],
    ])
    expect(first.items.find(({ code }) => code === 'XG-950')!.search).toEqual({
      pinyin: 'shilibubanshequka shequka buka',
      initials: 'slbbsqk sqk bk',
    })
    expect(await logged()).toBe(before)
    const acts = first.items.map((item) => ({
      type: 'item.publish',
      v: 1,
      kind: 'item',
      aggId: item.id,
      args: { item: item as unknown as Json },
    }))
    expect((await issueAsSystem(under.deps, 'nbu', acts)).map(({ outcome }) => outcome)).toEqual(['applied', 'applied'])
    const csv = await exported('csv-gbk')
    const again = await preview(csv, 'text/csv')
    expect(again).toMatchObject({
      encoding: 'gb18030',
      adds: [],
      changes: [],
      errors: [],
      same: halls.nbu.items.length + 1,
    })
    const text = new TextDecoder('gb18030').decode(csv).replace('示例·补办社区卡', '示例·补领社区卡')
    const third = await preview(encodeGb18030(text), 'text/csv')
    expect(third.changes).toEqual([
      {
        code: 'XG-950',
        name: '示例·补领社区卡',
        fields: [{ field: '事项名称', before: '示例·补办社区卡', after: '示例·补领社区卡' }],
      },
    ])
    expect(third.items[0]).toMatchObject({ id: 'nbu:XG-950@2', search: { initials: 'slblsqk sqk bk' } })
  })

  test('[X26] the same file twice gives the same preview and writes nothing', async () => {
    const before = await logged()
    const bytes = await exported('csv')
    expect(await preview(bytes, 'text/csv')).toEqual(await preview(bytes, 'text/csv'))
    expect(await logged()).toBe(before)
  })

  test('[NBU-3] a profile file is read by the same route; a wrong one says where', async () => {
    const file = structuredClone(halls.nbu) as {
      profile: { settings: { grantDays: { value: number } }; windows: { unitIds: string[] }[] }
    }
    file.profile.settings.grantDays.value = 5
    const good = await preview(Buffer.from(JSON.stringify(file)), 'application/json')
    expect([good.format, good.profile?.id, good.errors]).toEqual(['profile', 'nbu@2', []])
    file.profile.windows[3]!.unitIds[0] = 'nobody'
    const bad = await preview(Buffer.from(JSON.stringify(file)), 'application/json')
    expect(bad.errors[0]).toMatchObject({ file: '事项.csv', column: 'windows[3].unitIds[0]' })
    expect([bad.profile, bad.items]).toEqual([null, []])
    const torn = await preview(Buffer.from('{"profile": {'), 'application/json')
    expect(torn.errors[0]!.expected).toContain('JSON')
  })
})

describe('bad files', () => {
  test('[X23] a bomb and a file too heavy to read are refused by their own thread; the server answers meanwhile', async () => {
    const bomb = zipOf([{ name: 'xl/worksheets/sheet1.xml', content: Buffer.alloc(150 * 1024 * 1024, 32) }])
    expect((await preview(bomb, xlsxType)).errors[0]!.found).toContain('压缩')
    const short: Record<string, string> = {
      办理窗口: '学工服务',
      类型: '即办件',
      责任单位: halls.nbu.profile.units[0]!.name,
    }
    const cells = (n: number): string[] =>
      columns.map(({ header, isRequired }) => {
        if (header === '事项编码') return `Q${String((n % 90) + 10)}-${String(1000 + Math.floor(n / 90))}`
        return short[header] ?? (isRequired ? '甲' : '')
      })
    const rows = Array.from({ length: 49_000 }, (_, n) => cells(n).join(','))
    const heavy = Buffer.from([heads.join(','), ...rows].join('\r\n'))
    const asked = Promise.resolve(send(heavy, 'text/csv'))
    let isRefused = false
    void asked.then(() => (isRefused = true))
    expect((await under.app.request(`${origin}/livez`)).status).toBe(200)
    expect(isRefused).toBe(false)
    const answer = await asked
    expect([answer.status, ((await answer.json()) as { type: string }).type]).toEqual([422, '/problems/invalid'])
  })

  test('[X1, X22] a file over 20 MiB is 413, another kind 415, a compressed body 415, a stranger 401', async () => {
    const statuses = [
      (await send(Buffer.alloc(20 * 1024 * 1024 + 1), 'text/csv')).status,
      (await send(Buffer.from('x'), 'image/svg+xml')).status,
      (await send(Buffer.from('x'), 'multipart/form-data')).status,
      (await send(Buffer.from('x'), 'text/csv', { cookie: '' })).status,
    ]
    expect(statuses).toEqual([413, 415, 415, 401])
    const noise = readFileSync(process.execPath).subarray(4096, 4096 + 200_000)
    const answer = await preview(noise, 'application/octet-stream')
    expect([answer.errors.length > 0, answer.items]).toEqual([true, []])
  })
})

describe('public', () => {
  const read = async (path: string) => {
    const answer = await under.app.request(`${origin}/api/v1/public/${path}`)
    return { status: answer.status, body: await answer.json() }
  }

  test('[SSC-17, NBU-1] anybody reads halls, windows, items and one sheet without signing in', async () => {
    const { body } = await read('halls')
    expect(body.halls.map(({ hallId }: { hallId: string }) => hallId)).toEqual(['nbu', 'szit'])
    expect(body.halls[0].windows).toHaveLength(7)
    const list = await read('halls/nbu/items')
    const one = list.body.items.find(({ code }: { code: string }) => code === 'XG-001')
    expect(one.search.initials.split(' ')[0]).toMatch(/^[a-z]+$/)
    const sheet = await read(`items/${encodeURIComponent(one.id)}`)
    expect(sheet.body.item).toMatchObject({ code: 'XG-001', materials: expect.any(Array) })
    expect(sheet.body.hall.hallId).toBe('nbu')
  })

  test('[NBU-4] the public sheet names the unit that explains it, with its contact', async () => {
    const { body } = await read('items/nbu:XG-001@1')
    expect(body.explainer.name).toBe('学生发展与服务处')
    expect(body.explainer.contact).not.toBe('')
  })

  test('[X10] what is not there is 404 with one and the same body', async () => {
    const answers = await Promise.all([
      read('halls/mars/items'),
      read('items/nbu:XX-999@1'),
      read('items/mars:XG-001@1'),
    ])
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
    expect(new Set(answers.map(({ body }) => JSON.stringify({ ...body, instance: '' }))).size).toBe(1)
  })

  test('[P19] no account, name or login of a person stands on the public side', async () => {
    const people = await under.database.ownerSql`select login, display_name from hall.account`
    const text = JSON.stringify(await Promise.all([read('halls'), read('halls/nbu/items'), read('items/nbu:XG-001@1')]))
    for (const { login, display_name: name } of people) {
      expect(text).not.toContain(login)
      expect(text).not.toContain(name)
    }
  })
})
