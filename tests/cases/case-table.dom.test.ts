import { expect, test } from 'vitest'
import { caseTable } from '../../client/cases/case-table.ts'
import type { CaseRecord } from '../../client/cases/queries.ts'
import { csvOf } from '../../shared/core/armour.ts'
import { halls } from '../../shared/profiles/halls.ts'

const { profile } = halls.nbu
const image = {
  ...{ number: 'XG-261120-K7-1', itemName: '=HYPERLINK("x")', state: 'open', receivedAt: 1_763_600_000_000 },
  ...{ windowId: 'student-affairs', handler: { actorName: '示例·方老师' }, promise: null },
  pii: { name: '示例·王同学', studentNo: '20240117', phone: '13800001234' },
}
const rows = [{ image }] as unknown as CaseRecord[]

test('a list of cases leaves with masked numbers but for supervisors, and without telephones', () => {
  const seen = caseTable(rows, { profile, isUnmasked: false })
  expect(seen.rows[0]).toContain('2024****17')
  expect(seen.rows[0]).toContain('学工服务')
  expect(caseTable(rows, { profile, isUnmasked: true }).rows[0]).toContain('20240117')
  expect(JSON.stringify(caseTable(rows, { profile, isUnmasked: true }))).not.toContain('13800001234')
  expect(seen.rows[0]).toHaveLength(seen.heads.length)
})

test('[X9] no cell of an exported list runs as a formula', () => {
  const { heads, rows: cells } = caseTable(rows, { profile, isUnmasked: false })
  expect(csvOf([heads, ...cells])).toContain(`"'=HYPERLINK(""x"")"`)
})
