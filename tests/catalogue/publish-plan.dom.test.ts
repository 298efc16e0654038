import { expect, test } from 'vitest'
import { batchSize, daysOf, planOf } from '../../client/catalogue/import/publish-plan.ts'
import { readFile } from '../../client/catalogue/import/read-file.ts'
import { templateCsv } from '../../client/catalogue/import/template.ts'
import { columns } from '../../shared/catalogue/import-columns.ts'
import { previewItems } from '../../shared/catalogue/import-preview.ts'
import { readCsv } from '../../server/catalogue/read-csv.ts'
import { halls } from '../../shared/profiles/halls.ts'

const { profile, items } = halls.szit

test('a publication goes in batches of fifty, a new profile first, each sheet on its own aggregate', () => {
  const many = Array.from({ length: 3 }, () => items).flat()
  const plan = planOf({ items: many, profile }, { is: 'rows' })
  expect(plan.total).toBe(many.length + 1)
  expect(plan.batches.every((batch) => batch.length <= batchSize)).toBe(true)
  const drafts = plan.batches.flat()
  expect(drafts[0]).toMatchObject({ type: 'profile.adopt', aggId: profile.id })
  expect(drafts.slice(1).map(({ aggId }) => aggId)).toEqual(many.map(({ id }) => id))
})

test('one day for all is on every sheet and on the profile; else each keeps its own', () => {
  const [first] = items
  const dayOf = (is: 'rows' | 'day') => {
    const from = is === 'day' ? ({ is, day: '2027-03-01' } as const) : ({ is } as const)
    return planOf({ items: items.slice(0, 1), profile }, from)
      .batches.flat()
      .map(({ args }) => args)
  }
  expect(dayOf('day')).toMatchObject([
    { profile: { effectiveOn: '2027-03-01' } },
    { item: { effectiveOn: '2027-03-01' } },
  ])
  expect(dayOf('rows')[1]).toMatchObject({ item: { effectiveOn: first?.effectiveOn } })
})

test('the days the rows name', () => {
  expect(daysOf([])).toBeNull()
  expect(daysOf([{ effectiveOn: '2027-01-02' }, { effectiveOn: '2026-12-01' }])).toEqual({
    from: '2026-12-01',
    to: '2027-01-02',
  })
})

test('the template has the columns of the import; its sample row is readable and refused until it is replaced', () => {
  const { sheet } = readCsv(new TextEncoder().encode(templateCsv()))
  const [head] = sheet.rows
  expect(head?.cells.map((cell) => (cell?.is === 'text' ? cell.text : ''))).toEqual(columns.map(({ header }) => header))
  const preview = previewItems([sheet], { file: '模板', profile, items, today: '2026-11-20' })
  expect(new Set(preview.errors.map(({ column }) => column))).toEqual(new Set(['办理窗口', '责任单位']))
  expect(preview.items).toEqual([])
})

test.each([
  ['photo.png', 'x', '不是 .xlsx、.csv 或 .json'],
  ['empty.csv', '', '是空的'],
])('a file that cannot be one (%s) is refused before anything is sent', async (name, content, words) => {
  const { answer, sentence } = await readFile(new File([content], name))
  expect(answer).toBeNull()
  expect(sentence).toContain(words)
})
