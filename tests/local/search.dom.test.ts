// First: it gives Dexie, which looks for it once, an IndexedDB.
import { givenTablet, receiveCase, receiveDraft } from './given-tablet.ts'
import { afterEach, expect, test, vi } from 'vitest'
import { closeTabletStore, tabletStore } from '../../client/local/db.ts'
import { dropSearch, findIn, openSearch, searchVersion } from '../../client/local/search.ts'
import { SearchIndex, type SearchEntry } from '../../client/local/search-core.ts'
import { commitActs } from '../../client/local/commit.ts'
import { uuidOf } from '../support/play.ts'

afterEach(() => {
  dropSearch()
  closeTabletStore()
})

const entry = (id: string, fields: string[], more: Partial<SearchEntry> = {}): SearchEntry => ({
  ...{ id, kind: 'item', windowId: 'here', fields, weight: 0 },
  ...more,
})
const here = { windowIds: ['here'], limit: 10 }
const found = (index: SearchIndex, query: string) => index.find(query, here).map((hit) => hit.id)

test('[SSC-17] own window comes first, then a beginning before an inside, then the commonest', () => {
  const index = new SearchIndex()
  index.put([
    entry('elsewhere', ['学生证补办'], { windowId: 'there', weight: 99 }),
    entry('inside', ['补办学生证']),
    entry('rare', ['学生证盖章'], { weight: 1 }),
    entry('common', ['学生证补办'], { weight: 7 }),
    entry('case', ['学生证补办'], { kind: 'case', weight: 999 }),
  ])
  expect(found(index, '学生证')).toEqual(['common', 'rare', 'case', 'inside', 'elsewhere'])
})

test('[SSC-17] a whole number comes before numbers that begin with it', () => {
  const index = new SearchIndex()
  index.put([entry('longer', ['XS-261120-K7-14']), entry('whole', ['XS-261120-K7-1'])])
  expect(found(index, 'xs-261120-k7-1')).toEqual(['whole', 'longer'])
})

test('[SSC-17] letters typed with the input method still open, blanks or full width find the same', () => {
  const index = new SearchIndex()
  index.put([entry('card', ['学生证补办', 'xueshengzhengbuban', 'xszbb'])])
  for (const query of ['xszbb', 'XSZBB', 'ｘｓｚｂｂ', "xue'sheng", 'xue sheng zheng', '补办 学生', ' 学生证 ']) {
    expect(found(index, query)).toEqual(['card'])
  }
  for (const query of ['', '   ', 'xszbx', '学号']) expect(found(index, query)).toEqual([])
})

test('[SSC-17] a row that changes or goes is found by what it is now', () => {
  const index = new SearchIndex()
  index.put([entry('a', ['旧名'])])
  index.put([entry('a', ['新名'])])
  expect([found(index, '旧名'), found(index, '新名')]).toEqual([[], ['a']])
  index.remove(['a'])
  expect([found(index, '新名'), index.size]).toEqual([[], 0])
})

test('a whole id, as the code on a paper holds it, finds its own alone; a part of an id finds nothing', () => {
  const index = new SearchIndex()
  index.put([entry(uuidOf(1), ['XS-261120-K7-1'], { kind: 'case' }), entry('other', [`见 ${uuidOf(1)}`])])
  for (const scanned of [uuidOf(1), uuidOf(1).toUpperCase(), ` ${uuidOf(1)} `]) {
    expect(found(index, scanned)).toEqual([uuidOf(1)])
  }
  expect(found(index, uuidOf(1).slice(0, 18))).toEqual(['other'])
})

test('[SSC-17] the tablet finds its sheets and cases by name, number, ticket, student number and pinyin', async () => {
  const given = await givenTablet()
  await receiveCase(given, uuidOf(1))
  await openSearch()
  const asking = { windowIds: ['student-affairs'], limit: 20 }
  for (const query of ['学生证补办', 'xszbb', 'xueshengzhengbuban', given.item.code]) {
    expect(findIn(query, asking)[0]).toMatchObject({ kind: 'item', name: '学生证补办' })
  }
  for (const query of ['XS-261120-K7-1', 'k7-1', 'X017', '2024000117', '王同学', 'wangtongxue', 'wtx', uuidOf(1)]) {
    expect(findIn(query, asking).map((hit) => hit.id)).toContain(uuidOf(1))
  }
})

test('[SSC-17] a case received while the index stands is found at once, and nothing is after the lock', async () => {
  const given = await givenTablet()
  await openSearch()
  const asking = { windowIds: ['student-affairs'], limit: 20 }
  const before = searchVersion.value
  await commitActs(given.engine, given.actor, [receiveDraft(given, uuidOf(2), '示例·孙同学')])
  await vi.waitFor(() => expect(searchVersion.value).toBeGreaterThan(before))
  expect(findIn('sunt', asking).map((hit) => hit.id)).toEqual([uuidOf(2)])
  await tabletStore().transact('write', ['view'], (tx) => tx.delete('view', [uuidOf(2)]))
  await vi.waitFor(() => expect(findIn('sunt', asking)).toEqual([]))
  dropSearch()
  expect(findIn('学生证', asking)).toEqual([])
})

test('[SSC-17] a new version takes the place of the one before it as soon as the index has moved', async () => {
  const given = await givenTablet()
  await openSearch()
  const asking = { windowIds: ['student-affairs'], limit: 20 }
  const sheet = () => findIn(given.item.code, asking).map((hit) => hit.id)
  expect(sheet()).toEqual([given.item.id])
  const before = searchVersion.value
  const id = given.item.id.replace(/@\d+$/, '@2')
  await tabletStore().transact('write', ['view'], async (tx) => {
    const row = await tx.get('view', given.item.id)
    if (row) await tx.put('view', [{ ...row, id, image: { ...row.image, id, version: 2 } }])
  })
  await vi.waitFor(() => expect(searchVersion.value).toBeGreaterThan(before))
  expect(sheet()).toEqual([id])
})
