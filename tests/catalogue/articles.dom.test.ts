// First: it gives Dexie, which looks for it once, an IndexedDB.
import 'fake-indexeddb/auto'
import { createPinia } from 'pinia'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createApp, h, type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import KioskSheet from '../../client/catalogue/kiosk/KioskSheet.vue'
import PublicItemPage from '../../client/catalogue/PublicItemPage.vue'
import { routes as casesRoutes } from '../../client/cases/routes.ts'
import { routes as ownRoutes } from '../../client/catalogue/routes.ts'
import { sheetLines, publicNames } from '../../client/catalogue/sheet-words.ts'
import SheetPaper from '../../client/catalogue/SheetPaper.vue'
import SheetTable from '../../client/catalogue/SheetTable.vue'
import { closeTabletStore } from '../../client/local/db.ts'
import { hallCard } from '../../server/catalogue/public.ts'
import { explainerOf, type Item } from '../../shared/catalogue/index.ts'
import { halls, type HallId } from '../../shared/profiles/halls.ts'
import type { PublicItem } from '../../shared/wire/public.ts'

/** A sheet with every field filled, so that a field that is left out is missed. */
const sheetOf = (hallId: HallId): PublicItem => {
  const { profile, items } = halls[hallId]
  const found = items.find(({ name }) => name === '学生证补办')
  if (!found) throw new Error(`no sheet in ${hallId}`)
  const item: Item = {
    ...found,
    ...{ basis: '依据甲', audience: '对象乙', conditions: '条件丙', process: ['步骤一', '步骤二'] },
    materials: [
      { id: 'paper', name: '材料丁', how: '补法戊', note: '说明己' },
      { id: 'photo', name: '材料庚', how: '', note: '' },
    ],
    charge: { basis: '收费依据辛', standard: '收费标准壬' },
    grounds: [{ id: 'not', text: '情形癸', basis: '条款子' }],
    ...{ promise: { workingDays: 4, level: 'ordinary', reason: '原由丑' }, kind: 'committed', place: '位置寅' },
    ...{ onlineUrl: 'https://ehall.example.edu.cn/42', sample: [] },
  }
  const units = profile.units.filter(({ id }) => item.unitIds.includes(id)).map(({ id, name }) => ({ id, name }))
  const grounds = [{ text: '通用情形卯', basis: '条款辰' }]
  return { hall: hallCard(profile), item, units, explainer: explainerOf(item, profile), hallGrounds: grounds }
}

const phoneOf = (contact: string): string => /\d{4,}/.exec(contact)?.[0] ?? 'no telephone'

/** What each article has the sheet say, in what is printed here as its own words. */
const demands: readonly (readonly [article: string, field: string, of: (sheet: PublicItem) => readonly string[]])[] = [
  ['SSC-17 十七', '服务事项名称', ({ item }) => [item.name]],
  ['SSC-17 十七', '服务依据', () => ['依据甲']],
  ['SSC-17 十七', '服务对象', () => ['对象乙']],
  ['SSC-17 十七', '办事流程', () => ['步骤一', '步骤二']],
  ['SSC-17 十七', '材料要求', () => ['材料丁', '补法戊', '说明己', '材料庚']],
  ['SSC-17 十七', '承诺时限', () => ['4 个工作日']],
  ['ZJJ-9 九', '设定依据', () => ['依据甲']],
  ['ZJJ-9 九', '申办条件', () => ['条件丙']],
  ['ZJJ-9 九', '申报材料', () => ['材料丁', '材料庚']],
  ['ZJJ-9 九', '办理程序', () => ['步骤一', '步骤二']],
  ['ZJJ-9 九', '收费依据及标准', () => ['收费依据辛', '收费标准壬']],
  ['ZJJ-9 九; NBU-4 三.2', '谁来解释，名称和电话', ({ explainer: { name, contact } }) => [name, phoneOf(contact)]],
  ['NBU-4 三.2', '业务单位', ({ units }) => units.map(({ name }) => name)],
  ['SSC-20.2 二十(二)', '承诺的原由', () => ['原由丑']],
  ['ZJJ-26 二十六', '不予办理的情形和依据', () => ['情形癸', '条款子']],
  ['SSC-20.2 二十(二)', '规章列明的不予办理情形和条款', () => ['通用情形卯', '条款辰']],
  ['SSC-18 十八', '办理窗口的位置', () => ['位置寅']],
  ['SSC-6 六', '网上办理的地址', () => ['https://ehall.example.edu.cn/42']],
]

const cardOf = ({ id, code, name, aliases, search, windowId, kind, audience, promise }: Item) => ({
  ...{ id, code, name, aliases, search, windowId, kind, audience, workingDays: promise.workingDays },
})

let inForce: readonly Item[] = []
const answerOf = (path: string, sheet: PublicItem): object =>
  path.includes('/public/items/') ? sheet : { hall: sheet.hall, items: inForce.map(cardOf) }

/** A component as the app would have it: its text, and where its links lead. */
async function shown(component: Component, props: Record<string, unknown>, until: string): Promise<string> {
  const root = document.body.appendChild(document.createElement('div'))
  const app = createApp({ render: () => h(component, props) })
  app
    .use(
      createRouter({
        history: createMemoryHistory(),
        routes: [...ownRoutes, ...casesRoutes, { path: '/', component: SheetTable }],
      }),
    )
    .use(createPinia())
  app.mount(root)
  await vi.waitFor(() => expect(root.textContent).toContain(until))
  const links = [...root.querySelectorAll('a')].map((link) => link.getAttribute('href') ?? '')
  const text = [root.textContent, ...links].join('\n')
  app.unmount()
  root.remove()
  return text
}

const ways: Record<string, (sheet: PublicItem) => Promise<string>> = {
  平板上的一事一表: (sheet) => shown(SheetTable, { lines: sheetLines(sheet.item, publicNames(sheet)) }, '依据甲'),
  打印的一事一表: (sheet) => {
    const { item, hall } = sheet
    const lines = sheetLines(item, publicNames(sheet))
    return shown(SheetPaper, { item, lines, school: hall.school, hall: hall.name, today: '2026-11-20' }, '依据甲')
  },
  公开页面: ({ item }) => shown(PublicItemPage, { id: item.id }, '依据甲'),
  自助终端: ({ item }) => shown(KioskSheet, { id: item.id }, '依据甲'),
}

let sheet: PublicItem
beforeEach(() => {
  vi.stubGlobal('fetch', (path: string) => Promise.resolve(Response.json(answerOf(path, sheet))))
})
afterEach(() => {
  closeTabletStore()
})
afterAll(() => {
  vi.unstubAllGlobals()
})

test.each(
  (['nbu', 'ssc', 'szit', 'zjj', 'szu'] as const).flatMap((hallId) =>
    Object.keys(ways).map((way) => [way, hallId] as const),
  ),
)('[SSC-17, ZJJ-9, NBU-4, SSC-6, SSC-20.2] %s of %s says every field that an article asks for', async (way, hallId) => {
  sheet = sheetOf(hallId)
  const text = (await ways[way]?.(sheet)) ?? ''
  const missing = demands.flatMap(([article, field, of]) => {
    const lacking = of(sheet).filter((value) => !text.includes(value))
    return lacking.length > 0 ? [`${article} ${field}: ${lacking.join('、')}`] : []
  })
  expect(missing).toEqual([])
})

test('[ZJJ-9] at the hall of 九 the hall itself gives the final explanation, elsewhere the unit (NBU-4)', () => {
  expect(sheetOf('zjj').explainer.name).toBe(halls.zjj.profile.hall.name)
  expect(sheetOf('nbu').units.map(({ name }) => name)).toContain(sheetOf('nbu').explainer.name)
})

test.each([
  ['retired', () => [], '这件事现在不在这里办'],
  ['replaced', ({ item }: PublicItem) => [{ ...item, id: `${item.id.slice(0, -1)}9`, version: 9 }], '现行的是另一版'],
  ['in force', ({ item }: PublicItem) => [item], null],
] as const)('[SSC-17] the public page a printed code leads to says when its sheet is %s', async (_what, now, says) => {
  sheet = sheetOf('nbu')
  inForce = now(sheet)
  const text = await shown(PublicItemPage, { id: sheet.item.id }, says ?? '依据甲')
  for (const words of ['这件事现在不在这里办', '现行的是另一版']) expect(text.includes(words)).toBe(words === says)
})
