import { expect, test } from 'vitest'
import { halls, hallIds, type HallId } from '../../shared/profiles/halls.ts'
import { szitListed, szitNames } from './szit-listed.ts'

const windowsOf = (hallId: HallId) => {
  const { profile, items } = halls[hallId]
  const unitName = new Map(profile.units.map((unit) => [unit.id, unit.name]))
  return profile.windows
    .toSorted((a, b) => a.order - b.order)
    .map((window) => ({
      ...{ id: window.id, name: window.name, isDesk: window.isDesk ?? false },
      units: window.unitIds.map((id) => unitName.get(id)),
      items: items.filter((item) => item.windowId === window.id),
    }))
}

const quoted = (basis: string): string => /“(.*)”$/.exec(basis)?.[1] ?? ''

test('[NBU-1] exactly seven windows in the document’s order, each with its units and its items', () => {
  const windows = windowsOf('nbu')
  expect(windows.map(({ name, units }) => [name, units])).toEqual([
    ['学工服务', ['学生发展与服务处']],
    ['创业就业', ['学生发展与服务处']],
    ['教学服务', ['教务处']],
    ['研究生服务', ['研究生院/研工部']],
    ['校园文化', ['团委', '宣传部', '保卫处']],
    ['图书信息', ['图书馆与信息中心']],
    ['留学生服务', ['国际交流学院']],
  ])
  for (const { items } of windows) expect(items.length).toBeGreaterThan(0)
})

test('[NBU-1] each of the three units of 校园文化 has items of its own', () => {
  const answering = windowsOf('nbu')[4]?.items.map((item) => item.unitIds[0])
  expect(new Set(answering)).toEqual(new Set(['youth-league', 'publicity', 'security']))
})

test('[SZIT-1] six windows with their units, then the 咨询台 kept by the student affairs window’s unit', () => {
  const windows = windowsOf('szit')
  expect(windows.map(({ name, units, isDesk }) => [name, units, isDesk])).toEqual([
    ['党团事务窗口', ['党委工作部', '团委'], false],
    ['教务事务窗口', ['教务处'], false],
    ['学生事务窗口', ['学生处'], false],
    ['就业管理事务窗口', ['招就处'], false],
    ['信息管理事务窗口', ['信管中心'], false],
    ['后勤（保卫）事务窗口', ['后勤处', '保卫处'], false],
    ['咨询台', ['学生处'], true],
  ])
})

test.each(Object.entries(szitListed))(
  '[SZIT-1] the clauses quoted by the items of %s are the document’s list',
  (name, text) => {
    const window = windowsOf('szit').find((entry) => entry.name === name)
    const clauses = [...new Set(window?.items.map((item) => quoted(item.basis)))]
    expect(`${clauses.join('；')}。`).toBe(text)
  },
)

test.each(Object.entries(szitNames))('[SZIT-1] every service listed at %s is an item by its name', (name, names) => {
  const items = windowsOf('szit').find((entry) => entry.name === name)?.items ?? []
  const documented = items.filter((item) => !item.sample.includes('name')).map((item) => item.name)
  expect(documented.toSorted()).toEqual(names.toSorted())
  for (const item of items) {
    const parts = quoted(item.basis).split('、').slice(0, -1)
    for (const part of parts)
      expect(
        items.some((other) => other.name.includes(part)),
        part,
      ).toBe(true)
  }
})

test('[ZJJ-4] nine areas named as in 第四条, each with its items', () => {
  const windows = windowsOf('zjj')
  const text = '综合事务、日常事务、咨询投诉、成绩查询、一卡通办理、党团服务、后勤保障、就业创业、财务收费'
  expect(windows.map(({ name }) => name).join('、')).toBe(text)
  for (const { items } of windows) expect(items.length).toBeGreaterThan(0)
})

test('学生证补办 is at a student window of every hall, marked 示例 where no document names it', () => {
  const found = hallIds.map((hallId) => {
    const item = halls[hallId].items.find((entry) => entry.name === '学生证补办')
    return [hallId, item?.kind, item?.materials.length, item?.sample.includes('name')]
  })
  expect(found).toEqual(hallIds.map((hallId) => [hallId, 'committed', 4, true]))
})

test('a window can do something at once, promise something and refuse something', () => {
  for (const hallId of hallIds)
    for (const { name, items, isDesk } of windowsOf(hallId)) {
      expect(
        items.some((item) => item.kind === 'instant'),
        `${name} instant`,
      ).toBe(true)
      expect(
        items.some((item) => item.kind !== 'instant'),
        `${name} committed`,
      ).toBe(true)
      expect(isDesk || items.some((item) => item.grounds.length > 0), `${name} refusable`).toBe(true)
    }
})
