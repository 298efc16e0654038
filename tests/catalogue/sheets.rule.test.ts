import { expect, test } from 'vitest'
import {
  explainerOf,
  isInForce,
  isSample,
  Item,
  itemId,
  itemsInForce,
  kindWord,
  promiseWords,
} from '../../shared/catalogue/item.ts'
import { columns, rowOfItem } from '../../shared/catalogue/import-columns.ts'
import { previewItems } from '../../shared/catalogue/import-preview.ts'
import { demandOf, sheetGaps } from '../../shared/catalogue/sheet-gaps.ts'
import { halls, hallIds, type HallId } from '../../shared/profiles/halls.ts'

const itemNamed = (hallId: HallId, name: string): Item => {
  const item = halls[hallId].items.find((entry) => entry.name === name)
  if (!item) throw new Error(`no item ${name}`)
  return item
}

test.each(hallIds)(
  '[SSC-17] every sheet of %s has its six fields filled and its version, window and units',
  (hallId) => {
    for (const item of halls[hallId].items) {
      const { name, basis, audience, process, materials } = item
      expect(
        [name, basis, audience].every((text) => text.length > 1),
        item.id,
      ).toBe(true)
      expect(process.length, item.id).toBeGreaterThan(1)
      expect(materials.length, item.id).toBeGreaterThan(0)
      expect(promiseWords(item), item.id).toMatch(/^当场办结$|^\d+ 个工作日$/)
      expect(item.id).toBe(itemId(hallId, item.code, item.version))
    }
  },
)

test.each(hallIds)('[SSC-17, ZJJ-9] no sheet of %s lacks a field', (hallId) => {
  const { profile, items } = halls[hallId]
  expect(items.filter((item) => sheetGaps(item, profile).length > 0)).toEqual([])
})

test('[ZJJ-9] a charge without its basis or its standard is a gap in the article’s words; no charge and no materials are none', () => {
  const sheet = itemNamed('zjj', '一卡通办理')
  const { profile } = halls.zjj
  const gaps = (change: Partial<Item>) => sheetGaps({ ...sheet, ...change }, profile)
  expect(gaps({ charge: { basis: '', standard: '15 元' } })).toEqual([
    { field: 'charge.basis', expected: '按第九条，应写明收费依据；不收费的，依据和标准都留空' },
  ])
  expect(gaps({ charge: { basis: '物价部门备案', standard: ' ' } }).map(({ field }) => field)).toEqual([
    'charge.standard',
  ])
  expect(gaps({ charge: null, materials: [] })).toEqual([])
  expect(demandOf('charge', halls.ssc.profile)).toBe('本厅约定')
})

test.each<[string, string]>([
  ['收费依据', '收费标准'],
  ['收费标准', '收费依据'],
])(
  '[ZJJ-9] a file with a charge that lacks %s is refused in the preview, and nothing of it is offered',
  (empty, filled) => {
    const { profile, items } = halls.zjj
    const heads = columns.map(({ header }) => header)
    const row = rowOfItem(itemNamed('zjj', '学生证补办'), profile)
    row[heads.indexOf(empty)] = ''
    row[heads.indexOf(filled)] = '示例：每证 10 元'
    const rows = [heads, row].map((cells, at) => ({
      row: at + 1,
      cells: cells.map((text) => ({ is: 'text' as const, text })),
    }))
    const preview = previewItems([{ name: '事项', rows }], { file: '示例', profile, items, today: '2026-11-20' })
    expect(preview.items).toEqual([])
    expect(preview.errors).toMatchObject([
      { row: 2, column: empty, expected: expect.stringContaining(`按第九条，应写明${empty}`) },
    ])
  },
)

test.each(hallIds)('[SSC-17] an item of %s that needs no materials is complete', (hallId) => {
  const { profile, items } = halls[hallId]
  const [first] = items
  if (!first) throw new Error('no item')
  expect(sheetGaps({ ...first, ...{ materials: [] } }, profile)).toEqual([])
  expect(Item.safeParse({ ...first, materials: [] }).success).toBe(true)
})

test('[SSC-17] a version is shown from its day on: 30 Nov the first, 1 Dec the second', () => {
  const first = itemNamed('ssc', '学生证补办')
  const second = {
    ...first,
    id: itemId('ssc', first.code, 2),
    version: 2,
    effectiveOn: '2026-12-01',
    name: '学生证补发',
  }
  const nameOn = (on: string) => itemsInForce([second, first], on).map((item) => item.name)
  expect(nameOn('2026-11-30')).toEqual(['学生证补办'])
  expect(nameOn('2026-12-01')).toEqual(['学生证补发'])
  expect(nameOn('2025-12-31')).toEqual([])
})

test('[SSC-17] a retired item is in force until the day before, and no older version comes back', () => {
  const first = itemNamed('ssc', '学生证补办')
  const ended: Item = {
    ...first,
    id: itemId('ssc', first.code, 2),
    version: 2,
    effectiveOn: '2026-06-01',
    retiredOn: '2026-12-01',
  }
  expect(isInForce(ended, '2026-11-30')).toBe(true)
  expect(itemsInForce([first, ended], '2026-12-01')).toEqual([])
})

test.each<[HallId, string]>([
  ['nbu', '学生发展与服务处'],
  ['szit', '学生处'],
  ['zjj', '“一站式”学生服务大厅'],
])('[NBU-4] in %s the explanation of 学生证补办 is given by %s', (hallId, name) => {
  const explainer = explainerOf(itemNamed(hallId, '学生证补办'), halls[hallId].profile)
  expect(explainer.name).toBe(name)
  expect(explainer.contact).toMatch(/\d{4}/)
})

test('what a document does not give is marked 示例, what it gives is not', () => {
  const listed = itemNamed('szit', '火车购票优惠卡办理')
  expect([isSample(listed, 'name'), isSample(listed, 'basis'), isSample(listed, 'materials')]).toEqual([
    false,
    false,
    true,
  ])
  const invented = itemNamed('nbu', '在读证明开具')
  expect([isSample(invented, 'name'), isSample(invented, 'basis')]).toEqual([true, true])
  expect(kindWord(listed.kind)).toBe('即办件')
})

test.each<[string, Partial<Item>, string]>([
  [
    'committed without days',
    { kind: 'committed', promise: { workingDays: null, level: 'ordinary', reason: '' } },
    'promise',
  ],
  ['joint of one unit', { kind: 'joint', unitIds: ['student-affairs'] }, 'unitIds'],
  [
    'two materials of one id',
    { materials: [0, 1].map(() => ({ id: 'a', name: '甲', how: '', note: '' })) },
    'materials',
  ],
  ['a retirement before its start', { retiredOn: '2025-01-01' }, 'retiredOn'],
  ['an id that is not its code and version', { id: 'szit:XS-004@2' }, 'id'],
  ['a name over 60 characters', { name: '证'.repeat(61) }, 'name'],
  ['conditions over 2000 characters', { conditions: '件'.repeat(2001) }, 'conditions'],
  ['a name with a direction override', { name: '学生证\u202e补办' }, 'name'],
])('a sheet with %s is refused at that field', (_, change, field) => {
  const parsed = Item.safeParse({ ...itemNamed('szit', '学生证补办'), ...change })
  expect(parsed.error?.issues.map((issue) => issue.path[0])).toEqual([field])
})
