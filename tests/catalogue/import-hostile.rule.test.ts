import { afterEach, describe, expect, test } from 'vitest'
import writeExcel from 'write-excel-file/node'
import { columns } from '../../shared/catalogue/import-columns.ts'
import { hallIds, halls } from '../../shared/profiles/halls.ts'
import { exportItems } from '../../server/catalogue/export-items.ts'
import { exportFormats } from '../../server/catalogue/export-table.ts'
import { runImport } from '../../server/catalogue/import-job.ts'
import { zipOf, type Part } from './zip-of.ts'

const { profile, items } = halls.nbu
const heads = columns.map(({ header }) => header)
const preview = (bytes: Uint8Array) =>
  runImport({ bytes, frame: { file: '事项.xlsx', profile, items, today: '2026-11-20' } })

afterEach(() => {
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

test('[SSC-17] the files of every shipped hall, in each format, change nothing when they come back', async () => {
  for (const id of hallIds) {
    const frame = { file: id, profile: halls[id].profile, items: halls[id].items, today: '2026-11-20' }
    for (const format of exportFormats) {
      const { bytes } = await exportItems(halls[id].items, halls[id].profile, format)
      const answer = await runImport({ bytes, frame })
      expect(answer).toMatchObject({ adds: [], changes: [], errors: [], items: [], same: halls[id].items.length })
    }
  }
})

describe('bad files', () => {
  const rels = Buffer.from('<?xml version="1.0"?><Relationships/>')
  const sheetXml = (inside: string): Part => ({
    name: 'xl/worksheets/sheet1.xml',
    content: Buffer.from(`<?xml version="1.0"?><worksheet><sheetData>${inside}</sheetData></worksheet>`),
  })
  const refusal = async (bytes: Uint8Array): Promise<string> => {
    const { errors, items: offered } = await preview(bytes)
    expect([errors.length > 0, offered]).toEqual([true, []])
    return errors[0]!.found
  }

  test('[X23] bombs, lying sizes, thousands of parts, macros, entities, encrypted and old files are refused with the reason', async () => {
    const bomb = { name: 'xl/worksheets/sheet1.xml', content: Buffer.alloc(150 * 1024 * 1024, 32) }
    expect(await refusal(zipOf([bomb]))).toContain('压缩')
    expect(await refusal(zipOf([{ ...bomb, claimed: 100 }]))).toContain('压缩')
    expect(await refusal(zipOf([{ ...sheetXml(''), claimed: 5 }]))).toContain('文件头')
    const many = Array.from({ length: 2000 }, (_, n) => ({ name: `x${String(n)}`, content: Buffer.from('x') }))
    expect(await refusal(zipOf(many))).toContain('部件太多')
    expect(await refusal(zipOf([sheetXml(''), { name: 'xl/vbaProject.bin', content: rels }]))).toContain('宏')
    const entity = Buffer.from('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet>&x;</worksheet>')
    expect(await refusal(zipOf([{ name: 'xl/worksheets/sheet1.xml', content: entity }]))).toContain('实体')
    expect(await refusal(zipOf([{ ...sheetXml(''), flags: 1 }]))).toContain('加密')
    expect(await refusal(Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]))).toContain('.xls')
    expect(await refusal(zipOf([{ name: 'readme.txt', content: rels }]))).toContain('不是表格')
    const whole = Buffer.from((await exportItems(items, profile, 'xlsx')).bytes)
    for (const cut of [30, 200, whole.length - 30])
      expect(await refusal(whole.subarray(0, cut))).toMatch(/不完整|读不懂/)
  })

  test('[X23] a million rows are refused in time, and formulas are told cell by cell', async () => {
    const rows = zipOf([sheetXml('<row r="1"/>'.repeat(60_000))])
    expect(await refusal(rows)).toContain('行数太多')
    const data = [
      heads.map((value) => ({ value, type: String })),
      [{ value: '="XG"&"-001"', type: 'Formula' as const }],
    ]
    const answer = await preview(await writeExcel(data as never, { sheet: '事项' }).toBuffer())
    expect(answer.errors).toContainEqual({
      file: '事项.xlsx',
      sheet: '事项',
      row: 2,
      column: '事项编码',
      expected: '应是填好的内容，不能是公式',
      found: '公式',
    })
  })

  test('[X25] a code that Excel has made a number is refused by row and column', async () => {
    const number = { value: 202_011_110_000, type: Number }
    const data = [heads.map((value) => ({ value, type: String })), [number]]
    const answer = await preview(await writeExcel(data as never, { sheet: '甲' }).toBuffer())
    expect(answer.errors[0]).toMatchObject({ sheet: '甲', row: 2, column: '事项编码', found: '数字 202011110000' })
  })
})
