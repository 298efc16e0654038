import 'fake-indexeddb/auto'
import { IDBDatabase, IDBFactory, IDBKeyRange, IDBObjectStore, IDBTransaction } from 'fake-indexeddb'
import { calendarsFromChineseDays } from '../../server/calendar/seed-calendars.ts'
import { closeTabletStore, tabletStore } from '../../client/local/db.ts'
import type { ActDraft, Actor } from '../../client/local/act-types.ts'
import { commitActs } from '../../client/local/commit.ts'
import { keepDevice } from '../../client/local/enrol.ts'
import type { Engine } from '../../client/local/engine.ts'
import { makeSessionKey, signText } from '../../client/local/keys.ts'
import { makeSigner } from '../../client/local/sign-in.ts'
import { viewRow } from '../../client/local/view.ts'
import { tabletEngine } from '../../client/sync/tablet-engine.ts'
import type { Grant } from '../../shared/core/envelope.ts'
import type { Json } from '../../shared/core/canonical.ts'
import { halls } from '../../shared/profiles/halls.ts'
import { uuidOf } from '../support/play.ts'

/** A browser with an empty disk. Everything the app keeps outside memory is new. */
export function freshBrowser(): void {
  closeTabletStore()
  Object.assign(globalThis, { indexedDB: new IDBFactory(), IDBDatabase, IDBKeyRange, IDBObjectStore, IDBTransaction })
  localStorage.clear()
}

/** The page is closed and opened again: memory is gone, the disk stays. */
export function reopen(): void {
  closeTabletStore()
}

/** A tablet enrolled at a window of a hall, holding its profile, calendars and the window's sheets. */
export async function givenTablet(windowId = 'student-affairs') {
  freshBrowser()
  const { profile, items } = halls.szit
  const { publicKey: serverKey } = await makeSessionKey()
  const device = await keepDevice(
    {
      ...{
        deviceId: uuidOf(30),
        deviceToken: 't'.repeat(40),
        hallId: 'szit',
        hallName: '示例大厅',
        windowIds: [windowId],
      },
      ...{ streamId: uuidOf(31), epoch: uuidOf(32), lanes: ['K7', 'K8'], serverKey },
    },
    'tablet',
    ['hall', `window:${windowId}`],
  )
  const images = [
    { kind: 'profile', image: profile },
    ...calendarsFromChineseDays('szit', [2026, 2027]).map((image) => ({ kind: 'calendar', image })),
    ...items.map((image) => ({ kind: 'item', image })),
  ]
  const rows = images.map(({ kind, image }) =>
    viewRow(
      { id: image.id, kind, ver: 1, after: 0, scopes: ['hall'], stamp: null },
      { ver: 1, image: image as unknown as Record<string, Json> },
    ),
  )
  await tabletStore().transact('write', ['view'], (tx) => tx.put('view', rows))
  const item = items.find((entry) => entry.name === '学生证补办')
  if (!item) throw new Error('the hall has no such item')
  return { device, item, windowId, engine: tabletEngine, actor: await givenActor(windowId) }
}

/** Somebody signed in, with a key and a grant in memory. */
export async function givenActor(windowId: string, name = '示例·张同学'): Promise<Actor> {
  const { privateKey, publicKey } = await makeSessionKey()
  const grant: Grant = {
    ...{ id: `g-${name}`, hallId: 'szit', deviceId: uuidOf(30), actorId: `p-${name}`, name, publicKey },
    ...{ roles: [{ role: 'roleA', windowId }], from: 0, to: Date.now() + 86_400_000 },
  }
  const signer = makeSigner(grant, privateKey)
  return { signer: { ...signer, sign: (text) => signText(privateKey, text) }, role: 'roleA', windowId, shiftId: null }
}

type Given = Awaited<ReturnType<typeof givenTablet>>

/** A receipt with every material there. */
export function receiveDraft({ item }: Given, aggId: string, name = '示例·王同学'): ActDraft {
  return {
    ...{ type: 'case.receive', kind: 'case', aggId, itemId: item.id },
    args: (mint) => ({
      ...{ number: `XS-261120-${String(mint.lane)}-${String(mint.next())}`, itemId: item.id, ticket: 'X017' },
      student: { name, studentNo: '2024000117', phone: '' },
      materials: item.materials.map(({ id }) => ({ id, state: 'present' })),
    }),
  }
}

/** Receive a case at the window; the acts kept. */
export async function receiveCase(given: Given, aggId: string, { engine = given.engine }: { engine?: Engine } = {}) {
  return commitActs(engine, given.actor, [receiveDraft(given, aggId)])
}
