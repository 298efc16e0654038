// First: it gives Dexie, which looks for it once, an IndexedDB.
import { givenTablet, receiveCase } from '../local/given-tablet.ts'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ActDraft } from '../../client/local/act-types.ts'
import { commitActs } from '../../client/local/commit.ts'
import { closeTabletStore, tabletStore } from '../../client/local/db.ts'
import type { OutcomeRow } from '../../client/local/store.ts'
import { useSession } from '../../client/local/session.ts'
import { viewRow } from '../../client/local/view.ts'
import { commands } from '../../shared/commands.ts'
import { actSentence, actTitle, hasActWords } from '../../shared/act-words.ts'
import { pillOf, type Counts } from '../../client/sync/pill.ts'
import { reach, type Reach } from '../../client/sync/online.ts'
import { useStatus } from '../../client/sync/status.ts'
import { restartedAt } from '../../client/sync/restarts.ts'
import { closePokes } from '../../client/sync/poke.ts'
import { uuidOf } from '../support/play.ts'

const at = (state: Reach['state'], since = 0): Reach => ({ state, since, answeredAt: 0 })
const counts = (more: Partial<Counts> = {}): Counts => ({
  onlyHere: 0,
  matters: more.onlyHere ?? 0,
  refused: 0,
  toDecide: 0,
  total: 0,
  ...more,
})
const text = (more: Partial<Counts>, state: Reach['state']) => pillOf(counts(more), at(state), 0).text

beforeEach(() => {
  setActivePinia(createPinia())
  reach.value = at('online')
})
afterEach(() => {
  closePokes()
  closeTabletStore()
})

test('[OFF-2] the pill says in the agreed words where the work is', () => {
  expect(text({}, 'online')).toBe('已同步')
  expect(text({ onlyHere: 3 }, 'offline')).toBe('离线 · 仅存本机 3 件')
  expect(text({}, 'offline')).toBe('离线')
  expect(text({ onlyHere: 5, matters: 2 }, 'offline')).toBe('离线 · 仅存本机 2 件')
  expect(text({ onlyHere: 488, total: 500 }, 'online')).toBe('发送中 12 / 500')
  expect(text({ refused: 1 }, 'online')).toBe('1 件未被接受')
  expect(text({ toDecide: 1 }, 'online')).toBe('待裁决 1')
  expect(pillOf(counts({ onlyHere: 3 }), at('offline'), 0).shortText).toBe('离线 · 3 件')
})

test('[OFF-2] when several hold, 离线 comes before a refusal, that before 待裁决, that before 发送中', () => {
  const all = { onlyHere: 3, refused: 1, toDecide: 2, total: 5 }
  expect(pillOf(counts(all), at('offline'), 0).kind).toBe('offline')
  expect(pillOf(counts(all), at('online'), 0).kind).toBe('refused')
  expect(pillOf(counts({ ...all, refused: 0 }), at('online'), 0).kind).toBe('decide')
  expect(pillOf(counts({ onlyHere: 3, total: 5 }), at('online'), 0).kind).toBe('sending')
})

test('[P12] a device that gets no data any more is never called 已同步; without network it is 离线 like any other', () => {
  expect(text({ isShut: true }, 'online')).toBe('本机不能再取数据')
  expect(text({ isShut: true, onlyHere: 3 }, 'online')).toBe('本机不能再取数据')
  expect(text({ isShut: true }, 'offline')).toBe('离线')
})

test('[OFF-2] before the first request nothing is said of the network, and what waits is never called sent', () => {
  expect(text({ onlyHere: 3 }, 'unknown')).toBe('仅存本机 3 件')
  expect(pillOf(counts({ onlyHere: 3 }), at('portal'), 0).kind).toBe('offline')
})

test('[F8] a busy server is an outage only after two minutes', () => {
  expect(pillOf(counts({ onlyHere: 1 }), at('busy'), 119_000).kind).toBe('sending')
  expect(pillOf(counts({ onlyHere: 1 }), at('busy'), 120_000).kind).toBe('offline')
})

test('[R9] the pill tells how long the oldest has waited, and never says a bare 在线', () => {
  const minutes = (n: number) => ({ onlyHere: 3, matters: 2, total: 3, oldestMs: n * 60_000 })
  expect(text(minutes(1), 'online')).toBe('发送中 0 / 3')
  expect(text(minutes(5), 'online')).toBe('发送中 0 / 3 · 最早 5 分钟前')
  expect(text(minutes(130), 'offline')).toBe('离线 · 仅存本机 2 件 · 最早 2 小时前')
  expect(text(minutes(3000), 'offline')).toBe('离线 · 仅存本机 2 件 · 最早 2 天前')
  for (const state of ['online', 'offline', 'busy', 'portal', 'unknown'] as const)
    for (const more of [{}, minutes(1), minutes(90)]) expect(text(more, state)).not.toContain('在线')
})

test('[R9] a restart after a stall is shown for a while, not only logged', async () => {
  const { status } = await givenStatus()
  expect(status.restartedAt).toBe(0)
  restartedAt.value = Date.now()
  expect(status.restartedAt).toBe(restartedAt.value)
  restartedAt.value = 0
})

test('[OFF-2] every command has its words, and they name what is known', () => {
  for (const { type } of commands.values()) expect([type, hasActWords(type)]).toEqual([type, true])
  const facts = { student: '示例·王同学', item: '学生证补办', promisedOn: '11月27日', missing: 2 }
  expect(actSentence('case.accept', facts)).toBe('受理示例·王同学的学生证补办，承诺 11月27日')
  expect(actSentence('case.supplementNotice', facts)).toContain('缺 2 项')
  expect(actSentence('case.accept', {})).toBe('受理一件事')
  expect(actTitle('case.conclude')).toBe('办结')
})

async function givenStatus() {
  const given = await givenTablet()
  await useSession().start()
  const status = useStatus()
  await receiveCase(given, uuidOf(1))
  await vi.waitFor(() => expect(status.counts.onlyHere).toBe(1))
  return { given, status, session: useSession() }
}

const settle = (change: Partial<OutcomeRow>) =>
  tabletStore().transact('write', ['outcome', 'view'], async (tx) => {
    const [act] = await tx.byIndex('outcome', 'aggId+open+seq', { prefix: [uuidOf(1)] })
    await tx.put('outcome', [{ ...act!, state: 'settled', open: 0, ...change }])
    const view = await tx.get('view', uuidOf(1))
    if (view) await tx.put('view', [{ ...view, after: 0, ver: 1 }])
  })
const caseRow = async () => (await tabletStore().transact('read', ['view'], (tx) => tx.get('view', uuidOf(1))))!

test('[OFF-2] [P1] an act kept is counted and marked 仅存本机, and 已同步 once settled', async () => {
  const { status } = await givenStatus()
  expect(status.pill).toMatchObject({ kind: 'sending', text: '发送中 0 / 1' })
  expect(status.markOf(await caseRow())).toBe('仅存本机')
  await settle({ outcome: 'applied' })
  await vi.waitFor(() => expect(status.pill.text).toBe('已同步'))
  expect(status.markOf(await caseRow())).toBe('已同步')
})

test('[OFF-2] a colleague’s act shows its title only; its author reads the whole sentence', async () => {
  const { given, status, session } = await givenStatus()
  expect(status.waiting[0]).toMatchObject({ author: '示例·张同学', state: '仅存本机', number: 'XS-261120-K7-1' })
  expect(status.waiting[0]!.sentence).toBe('收件 · 学生证补办')
  session.personId = given.actor.signer.grant.actorId
  expect(status.waiting[0]!.sentence).toBe('收下示例·王同学的学生证补办')
})

test('[OFF-2] [I13] a refused act stays on the pill with its reason until its author has answered it by an act', async () => {
  const { given, status } = await givenStatus()
  await settle({ outcome: 'rejected', code: 'case.alreadyTaken', detail: { holder: '示例·李同学' } })
  await vi.waitFor(() => expect(status.pill.text).toBe('1 件未被接受'))
  expect(status.waiting[0]).toMatchObject({ state: '未被接受', reason: '已由示例·李同学接手。' })
  expect(status.markOf(await caseRow())).toBe('未被接受')
  const { cmdId, kind, aggId, type, code } = status.waiting[0]!
  const about = { kind, aggId, type, code: code ?? '' }
  const drop = (reason: string | null): ActDraft => ({
    ...{ type: 'outcome.ack', kind: 'outcome', aggId: cmdId, itemId: null, causedBy: cmdId },
    args: { about, way: 'dropped', to: null, reason },
  })
  expect(await commitActs(given.engine, given.actor, [drop(null)])).toMatchObject({ kept: false, code: 'invalid' })
  expect(status.counts.refused).toBe(1)
  expect(await commitActs(given.engine, given.actor, [drop('同事已在办理')])).toMatchObject({ kept: true })
  await vi.waitFor(() => expect(status.counts).toMatchObject({ refused: 0, onlyHere: 1 }))
  expect(status.waiting[0]).toMatchObject({ state: '仅存本机', kind: 'case', aggId, number: null })
  const [env] = (await tabletStore().transact('read', ['outbox'], (tx) => tx.all('outbox')))
    .filter((act) => act.kind === 'outcome')
    .map((act) => JSON.parse(act.env) as { causedBy: string; args: object })
  expect(env).toMatchObject({ causedBy: cmdId, args: { about, reason: { pii: 'args.reason' } } })
})

test('[OFF-2] a held act is 待主管处理, and counts as 待裁决', async () => {
  const { status } = await givenStatus()
  await settle({ outcome: 'held', code: 'grant' })
  await vi.waitFor(() => expect(status.pill).toMatchObject({ kind: 'decide', text: '待裁决 1' }))
  expect(status.markOf(await caseRow())).toBe('待主管处理')
})

test('[OFF-4] a conflict counts until a person has decided it', async () => {
  const { status } = await givenStatus()
  const setConflict = (settled: object | null) =>
    tabletStore().transact('write', ['view'], async (tx) => {
      const view = (await tx.get('view', uuidOf(1)))!
      const other = { cmdId: uuidOf(9), actorId: 'b', actorName: '示例·李同学', at: 1 }
      const image = { ...view.image, conflicts: [{ id: 'c', label: '电话', settled, other }] as never }
      await tx.put('view', [viewRow(view, { ver: view.ver, image })])
    })
  await setConflict(null)
  await settle({ outcome: 'conflict' })
  await vi.waitFor(() => expect(status.pill.text).toBe('待裁决 1'))
  expect(status.markOf(await caseRow())).toBe('待裁决')
  expect(status.waiting[0]).toMatchObject({ author: '示例·李同学', title: '电话有两处不同的改动 · 学生证补办' })
  await setConflict({ choice: 'kept' })
  await vi.waitFor(() => expect(status.pill.text).toBe('已同步'))
})
