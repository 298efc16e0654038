import { expect, test } from 'vitest'
import { guideAggregate, guideStates, placeGuide, removeGuide, renewGuide } from '../../shared/catalogue/index.ts'
import type { Guide } from '../../shared/catalogue/index.ts'
import { applyChanges } from '../../shared/core/apply.ts'
import type { Ctx } from '../../shared/core/command.ts'
import type { Verdict } from '../../shared/core/outcome.ts'
import { halls } from '../../shared/profiles/halls.ts'

const [item] = halls.ssc.items
if (!item) throw new Error('no item')
const today = '2026-11-20'
const ctx = (cmdId: string, windowId: string | null = item.windowId) =>
  ({
    ...{ cmdId, hallId: 'ssc', aggId: 'g1', actorId: 'a', actorName: '示例·甲', role: 'roleA', windowId },
    ...{ at: Date.parse('2026-11-20T02:00:00Z'), seen: {}, profile: null, item: null, calendars: [] },
  }) as unknown as Ctx
const after = (image: Guide | null, verdict: Verdict): Guide => applyChanges(image, verdict.changes) as unknown as Guide
const placed = (windowId?: string | null): Guide => {
  const { id: itemId, code: itemCode, name: itemName } = item
  const args = { windowId: 'other', itemId, itemCode, itemName, version: 1, place: '一号架', copies: 20 }
  return after(null, placeGuide.decide(null, args, ctx('c1', windowId)))
}
const renew = (image: Guide, version: number, cmdId: string): Guide =>
  after(
    image,
    renewGuide.decide(image, { itemId: 'x', itemName: `第 ${String(version)} 版`, version, copies: 30 }, ctx(cmdId)),
  )

test('[SSC-17] a printed guide is registered with its place, when, how many; a window for itself, an officer for any', () => {
  expect(placed()).toMatchObject({ windowId: item.windowId, place: '一号架', version: 1, removed: null })
  expect(placed().prints).toEqual([
    { itemId: item.id, version: 1, copies: 20, by: expect.objectContaining({ actorName: '示例·甲' }) as unknown },
  ])
  expect(placed(null).windowId).toBe('other')
  expect(guideAggregate.scopes(placed())).toEqual([`window:${item.windowId}`, 'supervisor'])
})

test.each([
  ['the same version', [item], null],
  ['a newer one from today', [item, { ...item, id: 'n', version: 2, effectiveOn: today }], 'renew'],
  ['a newer one from tomorrow', [item, { ...item, id: 'n', version: 2, effectiveOn: '2026-11-21' }], null],
  ['the item retired', [{ ...item, retiredOn: today }], 'remove'],
] as const)('[SSC-17] with %s in force the guide needs %s', (_what, items, needs) => {
  expect(guideStates([placed()], items, today)[0]?.needs).toBe(needs)
})

test('[SSC-17] renewed in any order the newest version counts and every printing is kept', () => {
  for (const order of [
    [2, 3],
    [3, 2],
  ]) {
    const end = order.reduce((image, version) => renew(image, version, `c${String(version)}`), placed())
    expect([end.version, end.itemName]).toEqual([3, '第 3 版'])
    expect(end.prints.map(({ version }) => version)).toEqual([1, ...order])
  }
})

test('[SSC-17] taken away it leaves the tablets, once; new ones put there bring it back', () => {
  const gone = after(placed(), removeGuide.decide(placed(), { reason: '停用' }, ctx('c2')))
  expect([guideAggregate.scopes(gone), gone.removed?.reason]).toEqual([[], '停用'])
  expect(removeGuide.decide(gone, { reason: '再撤' }, ctx('c3')).changes).toEqual([])
  expect(renew(gone, 2, 'c4').removed).toBeNull()
})
