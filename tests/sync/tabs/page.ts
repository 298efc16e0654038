import { commitActs } from '../../../client/local/commit.ts'
import type { ActDraft, Actor } from '../../../client/local/act-types.ts'
import { tabletStore } from '../../../client/local/db.ts'
import type { DeviceMeta } from '../../../client/local/store.ts'
import { enrol } from '../../../client/local/enrol.ts'
import { uuid7 } from '../../../client/local/entropy.ts'
import { useLive } from '../../../client/local/live.ts'
import { rowsOn } from '../../../client/local/rows.ts'
import { askSession, askWho, keepUnderPin, tryPin } from '../../../client/local/sign-in.ts'
import { reach } from '../../../client/sync/online.ts'
import { actKept, startSync } from '../../../client/sync/start-sync.ts'
import { tabletEngine, watchLog } from '../../../client/sync/tablet-engine.ts'
import { formatCaseNumber } from '../../../shared/core/case-number.ts'
import type { Item } from '../../../shared/profiles/item-sheet.ts'

let actor: Actor | null = null
let item: Item | null = null

/** What this tab shows: how many cases, as any screen would read them. */
const cases = useLive(async () => (await rowsOn('case')).length, 0)

/** Enrol this browser and sign in, over the real routes. */
async function signUp(form: { code: string; login: string; password: string; windowId: string }): Promise<void> {
  const { device } = await enrol({ code: form.code, name: '示例平板' })
  const signer = await keepUnderPin(device, await askSession(form.login, form.password), '271828')
  actor = { signer, role: 'roleA', windowId: form.windowId, shiftId: null }
}

/** Who acts here from now on, as what. */
interface Person {
  pin: string
  role: 'roleA' | 'roleB'
  windowId: string
}

async function held(): Promise<DeviceMeta> {
  const device = await tabletStore().transact('read', ['meta'], (tx) => tx.get('meta', 'device'))
  if (device?.key !== 'device') throw new Error('not enrolled')
  return device
}

/** Another person signs in on this tablet, online, and chooses a PIN; returns whom the server then has here. */
async function signIn({ login, password, pin, role, windowId }: Person & { login: string; password: string }) {
  const signer = await keepUnderPin(await held(), await askSession(login, password), pin)
  actor = { signer, role, windowId, shiftId: null }
  return (await askWho())?.actorId ?? ''
}

/** Somebody known here takes over by the PIN alone, without a network too; false if it is not theirs. */
async function unlock({ actorId, pin, role, windowId }: Person & { actorId: string }): Promise<boolean> {
  const answer = await tryPin(await held(), { actorId, pin }, tabletEngine.clock)
  if (answer.opened) actor = { signer: answer.signer, role, windowId, shiftId: null }
  return answer.opened
}

/** Take part, as every tab of the app does. */
function takePart(): void {
  startSync('nbu')
}

/** Whether the catalogue has come. */
async function isReady(): Promise<boolean> {
  const items = (await rowsOn<Item>('item')).map((row) => row.image)
  item = items.find((one) => one.windowId === actor?.windowId && one.materials.length > 0) ?? null
  return items.length > 0
}

/** Receive `count` cases in one tap; the ids of the acts, once they are kept. */
async function receive(count: number): Promise<string[]> {
  if (!actor || !item) throw new Error('nobody has signed in here')
  const commit = await commitActs(
    tabletEngine,
    actor,
    Array.from({ length: count }, () => receipt(item as Item)),
  )
  if (!commit.kept) throw new Error(`not kept: ${commit.code}`)
  actKept()
  return commit.acts.map(({ cmdId }) => cmdId)
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

/** All that is kept of acts, in one look. */
async function kept() {
  return tabletStore().transact('read', ['meta', 'outbox', 'outcome', 'view'], async (tx) => ({
    stream: (await tx.all('meta')).find((row) => row.key === 'stream') ?? null,
    outbox: await tx.all('outbox'),
    outcomes: (await tx.all('outcome')).map(({ cmdId }) => cmdId),
    cases: (await tx.all('view')).filter(({ kind }) => kind === 'case').length,
  }))
}

/** How many acts are not settled yet. */
async function unsent(): Promise<number> {
  const open = await tabletStore().transact('read', ['outcome'], (tx) =>
    tx.byIndex('outcome', 'open+seq', { prefix: [1] }),
  )
  return open.length
}

/** Whether this tab holds the hall's lock: its client is known by a lock of its own. */
async function isLeading(): Promise<boolean> {
  const mine = `mine:${uuid7()}`
  return navigator.locks.request(mine, async () => {
    const { held = [] } = await navigator.locks.query()
    const me = held.find(({ name }) => name === mine)?.clientId
    return held.some(({ name, clientId }) => name?.startsWith('sync:') && clientId === me)
  })
}

const tab = {
  ...{ signUp, signIn, unlock, takePart, isReady, receive, kept, unsent, isLeading },
  shown: () => cases.data.value,
  reached: () => reach.value.state,
  deviceId: async () => (await held()).deviceId,
  who: async () => (await askWho())?.actorId,
  log: () => watchLog().map(({ event }) => event),
}

/** What the test calls in each tab: the app's own store and sync, without screens. */
export type TabPage = typeof tab

declare global {
  interface Window {
    tab: TabPage
  }
}

window.tab = tab
