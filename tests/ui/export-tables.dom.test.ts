import { expect, test } from 'vitest'
import { caseTable } from '../../client/cases/case-table.ts'
import type { CaseRecord } from '../../client/cases/queries.ts'
import { itemTable } from '../../client/catalogue/item-table.ts'
import { limitTable } from '../../client/limits/limit-table.ts'
import type { BoardLine } from '../../client/limits/limit-board.ts'
import { contactTable } from '../../client/reception/contact-table.ts'
import type { ContactLine } from '../../client/reception/queries.ts'
import { csvFile, xlsxFile, type Table } from '../../client/ui/save-table.ts'
import { readCsv } from '../../server/catalogue/read-csv.ts'
import { readXlsx } from '../../server/catalogue/read-xlsx.ts'
import { halls } from '../../shared/profiles/halls.ts'

const { profile, items } = halls.nbu
const [item] = items
if (!item) throw new Error('no item')
const bad = ['=HYPERLINK("http://x.example","点我")', '+1+1', '-2+3', '@SUM(A1)', '\t=1', "'=1"]

const image = (text: string) => ({
  ...{ number: 'XG-261120-K7-1', itemName: text, state: 'open', receivedAt: 1_763_600_000_000, acceptedAt: null },
  ...{ windowId: 'student-affairs', handler: { actorName: text }, promise: null, endedAt: null },
  pii: { name: text, studentNo: '20240117', phone: '13800001234', text: '说了什么' },
})
const contact = (text: string, isConfidential = false) => ({
  ...image(text),
  ...{ matter: 'voice', voice: 'complaint', item: null, isConfidential, channel: 'phone', asked: null },
  ...{ first: { actorName: text }, holder: { windowId: 'student-affairs', unitId: null, actorName: text } },
})
const contactLine = (text: string, isConfidential = false) =>
  ({ image: contact(text, isConfidential), light: 'normal', dueOn: '2026-11-23' }) as unknown as ContactLine
const limitLine = (text: string) =>
  ({
    ...{ image: image(text), light: 'past', dueOn: '2026-11-20', due: text },
    ...{ open: undefined, reminded: [] },
  }) as unknown as BoardLine

const tables: Record<string, (text: string) => Table> = {
  办件: (text) => caseTable([{ image: image(text) }] as unknown as CaseRecord[], { profile, isUnmasked: false }),
  首问: (text) => contactTable([contactLine(text)], profile),
  限时: (text) => limitTable([limitLine(text)], profile),
  事项: (text) => itemTable([{ ...item, name: text, audience: text }], profile),
}

const textsOf = (sheet: { rows: readonly { cells: readonly unknown[] }[] } | undefined): string[] =>
  (sheet?.rows[1]?.cells ?? []).map((cell) => {
    const { is, text } = (cell ?? { is: 'text', text: '' }) as { is: string; text?: string }
    return is === 'text' ? (text ?? '') : is
  })

test.each(Object.entries(tables))(
  '[X9, REF-DUTY5] %s: the files are opened and read back, and no cell that looks like a formula is one',
  async (_name, make) => {
    for (const text of bad) {
      const table = make(text)
      expect(table.rows[0]).toHaveLength(table.heads.length)
      expect(table.rows[0]).toContain(text)
      const xlsx = await readXlsx(Buffer.from(await (await xlsxFile(table)).arrayBuffer()))
      const csv = readCsv(Buffer.from(await csvFile(table).arrayBuffer())).sheet
      for (const cells of [textsOf(xlsx[0]), textsOf(csv)]) {
        expect(cells.map((cell) => cell.trimStart()).filter((cell) => /^[=+@-]|^formula$/.test(cell))).toEqual([])
        expect(cells.filter((cell) => cell.includes(text.trim())).length).toBeGreaterThan(0)
      }
    }
  },
)

test('[REF-PRIV] what leaves in a list is covered: numbers, telephones, who complained, and what was said', () => {
  const text = JSON.stringify([
    ...[tables['办件']?.('示例'), tables['首问']?.('示例'), tables['限时']?.('示例')],
    contactTable([contactLine('示例·举报人', true)], profile).rows.map((row) => row.slice(5, 7)),
  ])
  for (const value of ['20240117', '13800001234', '举报人', '说了什么']) expect(text).not.toContain(value)
  expect(text).toContain('138****1234')
})
