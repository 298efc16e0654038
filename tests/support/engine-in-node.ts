// First: it gives Dexie, which looks for it once, an IndexedDB.
import './node-browser.ts'
import { vi } from 'vitest'
import type { ActDraft, Actor } from '../../client/local/act-types.ts'
import { commitActs } from '../../client/local/commit.ts'
import { tabletStore } from '../../client/local/db.ts'
import { enrol } from '../../client/local/enrol.ts'
import { uuid7 } from '../../client/local/entropy.ts'
import { rowsOn } from '../../client/local/rows.ts'
import { askSession, keepUnderPin } from '../../client/local/sign-in.ts'
import type { OutboxRow } from '../../client/local/store.ts'
import { pullOnce } from '../../client/sync/pull.ts'
import { pushOnce } from '../../client/sync/push.ts'
import { tabletEngine } from '../../client/sync/tablet-engine.ts'
import { formatCaseNumber } from '../../shared/core/case-number.ts'
import type { Item } from '../../shared/profiles/item-sheet.ts'

/** The tablet's own engine, store and network code, run in Node against a server somewhere. */
export interface EngineInNode {
  /** Keep so many receipts, as taps. */
  keep(count: number): Promise<void>
  /** One push as the leader makes it; throws `NetFault`. */
  push: () => ReturnType<typeof pushOnce>
  /** How many acts wait for a verdict. */
  waiting(): Promise<number>
  outbox(): Promise<OutboxRow[]>
  /** Push and pull until nothing waits. */
  drain(): Promise<void>
}

/** How long a request may last in all: the app's 30 s, shortened for the test. */
export const patience = { ms: 30_000, asked: new Set<number>() }

/** The page's network: what it asks goes to `base`, with the session's cookie as a browser would send it. */
function openNetwork(base: string): void {
  const ask = globalThis.fetch
  const lasts = AbortSignal.timeout.bind(AbortSignal)
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    patience.asked.add(ms)
    return lasts(Math.min(ms, patience.ms))
  })
  let cookie = ''
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const headers = { ...(init.headers as Record<string, string>), origin: base, ...(cookie ? { cookie } : {}) }
    const answer = await ask(base + path, { ...init, headers })
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
    return answer
  })
}

/** Enrol at the server behind `base`, sign in and take in the hall. */
export async function engineInNode(
  base: string,
  form: { code: string; login: string; password: string; windowId: string },
): Promise<EngineInNode> {
  openNetwork(base)
  const { device } = await enrol({ code: form.code, name: '示例平板' })
  const signer = await keepUnderPin(device, await askSession(form.login, form.password), '271828')
  const actor: Actor = { signer, role: 'roleA', windowId: form.windowId, shiftId: null }
  const catchUp = async (): Promise<void> => {
    for (let page = await pullOnce(tabletEngine); page && (!page.isLast || page.rows > 0);)
      page = await pullOnce(tabletEngine)
  }
  await catchUp()
  const item = (await rowsOn<Item>('item'))
    .map(({ image }) => image)
    .find((one) => one.windowId === form.windowId && one.materials.length > 0)
  if (!item) throw new Error('the catalogue has not come')
  const waiting = async () =>
    (
      await tabletStore().transact('read', ['outcome'], (tx) =>
        tx.byIndex('outcome', 'state+seq', { prefix: ['pending'] }),
      )
    ).length
  return {
    keep: async (count) => {
      const drafts = Array.from({ length: count }, () => receipt(item))
      const kept = await commitActs(tabletEngine, actor, drafts)
      if (!kept.kept) throw new Error(`not kept: ${kept.code}`)
    },
    push: () => pushOnce(tabletEngine),
    waiting,
    outbox: () => tabletStore().transact('read', ['outbox'], (tx) => tx.all('outbox')),
    drain: async () => {
      for (let left = await waiting(); left > 0; left = await waiting()) {
        await pushOnce(tabletEngine).catch(() => new Promise((resolve) => setTimeout(resolve, 500)))
      }
      await catchUp().catch(() => undefined)
    },
  }
}

function receipt({ id, materials }: Item): ActDraft {
  const student = { name: '示例·同学', studentNo: '20240117', phone: '13800001234' }
  return {
    ...{ type: 'case.receive', kind: 'case', aggId: uuid7(), itemId: id },
    args: (mint) => ({
      number: formatCaseNumber({ windowCode: 'XG', day: '2026-11-20', lane: mint.lane ?? '', n: mint.next() }),
      ...{ itemId: id, ticket: null, student, materials: materials.map((one) => ({ id: one.id, state: 'present' })) },
    }),
  }
}
