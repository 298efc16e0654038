import { expect, test } from 'vitest'
import { publicNames, sheetLines } from '../../client/catalogue/sheet-words.ts'
import { explainerOf, sheetLines as linesOf, sheetNames, type Item } from '../../shared/catalogue/index.ts'
import { halls, type HallId } from '../../shared/profiles/halls.ts'
import type { Settings } from '../../shared/profiles/settings.ts'

const sheetOf = (hallId: HallId, change: Partial<Item> = {}) => {
  const { profile, items } = halls[hallId]
  const found = items.find(({ name }) => name === '学生证补办')
  if (!found) throw new Error(`no sheet in ${hallId}`)
  const item = { ...found, ...change }
  const { hall, windows, settings } = profile
  const units = profile.units.filter(({ id }) => item.unitIds.includes(id)).map(({ id, name }) => ({ id, name }))
  const about = {
    ...{
      hallId,
      ...hall,
      contact: settings.contact.value,
      hours: settings.hours.value,
      closures: [],
      transcriptUrl: null,
      hasAppointment: true,
      hasTerminal: true,
    },
    windows: windows.map(({ id, code, name, place, order }) => ({ id, code, name, place, order, isDesk: false })),
  }
  return sheetLines(item, publicNames({ hall: about, item, units, explainer: explainerOf(item, profile) }))
}

const textOf = (lines: ReturnType<typeof sheetOf>, key: string) => lines.find((line) => line.key === key)?.text

test.each<[HallId, string]>([
  ['nbu', '学生发展与服务处'],
  ['szit', '学生处'],
  ['zjj', '“一站式”学生服务大厅'],
])('[NBU-4] the sheet of %s says that %s explains, and its telephone', (hallId, name) => {
  const text = textOf(sheetOf(hallId), 'explainer')
  expect(text).toContain(`内容、流程、结果由${name}解释`)
  expect(text).toMatch(/电话 8\d{3}/)
})

test('[ZJJ-9] basis, conditions, materials, procedure and the charge stand on the sheet', () => {
  const charge = { basis: '示例：物价备案', standard: '示例：每证 10 元' }
  const lines = sheetOf('zjj', { charge })
  const keys = lines.map(({ key }) => key)
  for (const key of ['basis', 'conditions', 'materials', 'process', 'charge', 'explainer']) expect(keys).toContain(key)
  expect(textOf(lines, 'charge')).toBe('示例：每证 10 元（依据：示例：物价备案）')
  expect(textOf(sheetOf('zjj', { materials: [] }), 'materials')).toBe('不用带材料')
})

test('[SSC-6] an item that can be done online says where; one that cannot says nothing of it', () => {
  expect(textOf(sheetOf('ssc', { onlineUrl: 'https://ehall.example.edu.cn/1' }), 'onlineUrl')).toContain(
    'https://ehall.example.edu.cn/1',
  )
  expect(textOf(sheetOf('ssc', { onlineUrl: null }), 'onlineUrl')).toBeUndefined()
})

test('[SSC-20.2] [ZJJ-26] grounds of every item stand beside the sheet’s own, by article or as 本厅约定, and are no 示例', () => {
  const { profile, items } = halls.zjj
  const [item] = items
  const told = (own: Partial<Settings>) => {
    const changed = { ...profile, settings: { ...profile.settings, ...own } }
    return linesOf(item!, sheetNames(item!, changed)).find(({ key }) => key === 'hallGrounds')
  }
  expect(told({})).toBeUndefined()
  const own = { refusalGrounds: { value: ['同一学年已经补办过（示例）'], cite: null } }
  const unfit = { nonConforming: { value: 'refuse', cite: 'ZJJ-25' } } as const
  expect(told({ ...own, ...unfit })).toMatchObject({
    isSample: false,
    papers: [
      { name: '同一学年已经补办过（示例）', how: '依据：本厅约定' },
      { name: '交来的材料不符合规定', how: expect.stringMatching(/^依据：《.+第二十五条$/) as string },
    ],
  })
})
