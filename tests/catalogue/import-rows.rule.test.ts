import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  armoured,
  dayTextOf,
  numberTextOf,
  textOf,
  tidy,
  unarmoured,
  type Sheet,
} from '../../shared/catalogue/import-cells.ts'
import { columns, rowOfItem } from '../../shared/catalogue/import-columns.ts'
import { previewItems } from '../../shared/catalogue/import-preview.ts'
import { previewProfile } from '../../shared/catalogue/import-profile.ts'
import { hallIds, halls } from '../../shared/profiles/halls.ts'

const { profile, items } = halls.nbu
const frame = { file: '事项.csv', profile, items, today: '2026-11-20' }
const sheetOf = (rows: string[][], name = '事项'): Sheet => ({
  name,
  rows: rows.map((cells, at) => ({
    row: at + 1,
    cells: cells.map((text) => (text === '' ? null : { is: 'text', text })),
  })),
})
const heads = columns.map(({ header }) => header)
const rowWith = (changes: Record<string, string>, from = items[0]!): string[] =>
  rowOfItem(from, profile).map((text, nth) => changes[heads[nth]!] ?? text)

describe('cells', () => {
  test('[X9] any text survives the apostrophe that keeps a spreadsheet from running it, and none is left that it would run', () => {
    const cell = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(cell, (text) => unarmoured(armoured(text)) === text),
      { seed: 11, numRuns: 2000 },
    )
    const first = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\0', "'=", "''+", "'")
    fc.assert(
      fc.property(first, cell, (start, rest) => {
        expect(armoured(start + rest)).not.toMatch(/^[=+\-@\t\r\0]/)
        expect(unarmoured(armoured(start + rest))).toBe(start + rest)
      }),
      { seed: 12, numRuns: 2000 },
    )
  })

  test('[X25] numbers eaten by a spreadsheet program are refused with the reason, never guessed', () => {
    for (const text of ['2.02E+11', '2.02e11', '1E+05'])
      expect(textOf({ is: 'text', text })).toMatchObject({ expected: expect.stringContaining('科学计数') })
    expect(textOf({ is: 'number', number: 202_011_110_000 })).toMatchObject({
      expected: expect.stringContaining('文本'),
    })
    expect(textOf({ is: 'date', on: '2026-09-01' })).toMatchObject({ found: '日期 2026-09-01' })
    expect(dayTextOf({ is: 'number', number: 45_000 })).toMatchObject({ found: '数字 45000' })
    expect(dayTextOf({ is: 'date', on: '2026-09-01' })).toEqual({ text: '2026-09-01' })
    expect(numberTextOf({ is: 'number', number: 5 })).toEqual({ text: '5' })
    expect(numberTextOf({ is: 'number', number: 5.5 })).toMatchObject({ found: '数字 5.5' })
    expect(textOf({ is: 'text', text: '0012' })).toEqual({ text: '0012' })
    expect(textOf({ is: 'formula' })).toMatchObject({ found: '公式' })
  })

  test('[X7] text is tidied to NFC, line by line, and rare hanzi stay', () => {
    expect(tidy('  e\u0301tat \r\n\r\n 𠮷野㛃 \r x')).toBe('état\n𠮷野㛃\nx')
  })
})

describe('preview', () => {
  test('[SSC-17] the rows of every shipped hall, written out and read again, change nothing', () => {
    for (const id of hallIds) {
      const hall = halls[id]
      const rows = [heads, ...hall.items.map((item) => rowOfItem(item, hall.profile).map(armoured))]
      const preview = previewItems([sheetOf(rows)], { ...frame, profile: hall.profile, items: hall.items })
      expect(preview).toMatchObject({ adds: [], changes: [], errors: [], items: [], same: hall.items.length })
    }
  })

  test('[SSC-17] a changed row becomes the next version, field by field; ids of materials that stay are kept', () => {
    const item = items.find(({ materials, kind }) => materials.length >= 2 && kind === 'committed')!
    const lines = rowOfItem(item, profile)[heads.indexOf('材料')]!.split('\n')
    const row = rowWith(
      { 材料: [...lines.slice(1), '新材料｜到窗口领取'].join('\n'), 承诺工作日: '3', 生效日期: '2026-12-01' },
      item,
    )
    const { changes, items: made, errors } = previewItems([sheetOf([heads, row])], frame)
    expect(errors).toEqual([])
    expect(changes[0]).toMatchObject({ code: item.code, name: item.name })
    expect(changes[0]!.fields.map(({ field }) => field)).toEqual(['材料', '承诺工作日', '生效日期'])
    expect(made[0]).toMatchObject({
      id: `nbu:${item.code}@2`,
      version: 2,
      effectiveOn: '2026-12-01',
      explainer: item.explainer,
      grounds: item.grounds,
    })
    expect(made[0]!.materials.slice(0, -1)).toEqual(item.materials.slice(1))
    expect(made[0]!.materials.at(-1)).toMatchObject({ name: '新材料', how: '到窗口领取', note: '' })
    expect(new Set(made[0]!.materials.map(({ id }) => id)).size).toBe(item.materials.length)
  })

  test('[SSC-17] a new row is added with ids of its own; a column left out keeps what is there', () => {
    const added = rowWith({ 事项编码: 'XG-901', 事项名称: '新事项' })
    const short = heads.filter((head) => head !== '别名' && head !== '承诺原由')
    const kept = items.map((item) => rowOfItem(item, profile).filter((_, nth) => short.includes(heads[nth]!)))
    const preview = previewItems(
      [sheetOf([short, ...kept, added.filter((_, nth) => short.includes(heads[nth]!))])],
      frame,
    )
    expect(preview).toMatchObject({
      adds: [{ code: 'XG-901', name: '新事项' }],
      changes: [],
      errors: [],
      same: items.length,
    })
    expect(preview.items[0]).toMatchObject({ id: 'nbu:XG-901@1', version: 1 })
  })

  test('[X26] one bad row, a doubled code, an unknown window or heading: told by sheet, row and column, and nothing is offered', () => {
    const good = rowWith({ 事项名称: '改了名' })
    const rows = [
      heads,
      good,
      rowWith({ 事项编码: 'xs4' }),
      rowWith({ 事项编码: 'XG-902', 办理窗口: '不存在的窗口', 类型: '快办件', 承诺工作日: '三天' }),
      rowWith({ 事项编码: 'XG-903', 事项名称: '', 网上办理地址: 'javascript:alert(1)' }),
      rowWith({ 事项编码: 'XG-904', 类型: '承诺件', 承诺工作日: '', 生效日期: '2026-02-30' }),
      good,
    ]
    const { errors, items: made, changes } = previewItems([sheetOf(rows)], frame)
    const told = errors.map(({ sheet, row, column }) => `${sheet}!${String(row)} ${column}`)
    expect(told).toEqual(
      expect.arrayContaining([
        '事项!3 事项编码',
        '事项!4 办理窗口',
        '事项!4 类型',
        '事项!4 承诺工作日',
        '事项!5 事项名称',
        '事项!6 承诺工作日',
        '事项!6 生效日期',
        '事项!7 事项编码',
      ]),
    )
    expect(errors.find(({ row, column }) => row === 4 && column === '办理窗口')?.expected).toContain('学工服务')
    expect([made, changes.length > 0]).toEqual([[], true])
    const link = previewItems([sheetOf([heads, rowWith({ 网上办理地址: 'javascript:alert(1)' })])], frame)
    expect(link.errors[0]).toMatchObject({ row: 2, column: '网上办理地址' })
    const head = previewItems(
      [
        sheetOf([
          ['事项编码', '事项名称', '价格', '价格'],
          ['XG-001', 'x', '1', '2'],
        ]),
      ],
      frame,
    )
    expect(head.errors.map(({ column, found }) => `${column} ${found}`)).toEqual(
      expect.arrayContaining(['价格 没有这一列', '办理窗口 （缺少）']),
    )
    expect(previewItems([sheetOf([])], frame).errors).toHaveLength(1)
  })

  test('[X5] headings and cells named like a prototype change nothing but the preview', () => {
    const odd = previewItems(
      [
        sheetOf([
          ['__proto__', 'constructor', ...heads],
          ['x', 'y', ...rowWith({ 事项名称: '__proto__' })],
        ]),
      ],
      frame,
    )
    expect(odd.errors.map(({ column }) => column)).toEqual(['__proto__', 'constructor'])
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })

  test('[NBU-3] a profile file gives the profile and the sheets that differ under their next versions, or every error', () => {
    const file = structuredClone({ profile, items }) as {
      profile: { settings: { autoLockMinutes: { value: number } } }
      items: { name: string; windowId: string }[]
    }
    expect(previewProfile(file, frame)).toMatchObject({ errors: [], same: items.length, items: [], profile: null })
    file.profile.settings.autoLockMinutes.value = 5
    file.items[0]!.name = '改了名的事项'
    const preview = previewProfile(file, frame)
    expect(preview.profile).toMatchObject({ id: 'nbu@2', version: 2 })
    expect(preview.items.map(({ id }) => id)).toEqual([`nbu:${items[0]!.code}@2`])
    expect(preview.changes[0]!.fields).toEqual([{ field: '事项名称', before: items[0]!.name, after: '改了名的事项' }])
    file.items[1]!.windowId = 'nowhere'
    const broken = previewProfile(file, frame)
    expect(broken.errors[0]).toMatchObject({ file: '事项.csv', column: 'items[1].windowId' })
    expect([broken.items, broken.profile]).toEqual([[], null])
    const begun = previewProfile({ profile: halls.szit.profile, items: [] }, frame)
    expect(begun.profile).toMatchObject({ hallId: 'nbu', id: 'nbu@2', hall: halls.nbu.profile.hall })
    expect(begun.profile?.windows).toEqual(halls.szit.profile.windows)
  })
})
