import { EnrolAnswer, EnrolBody } from '../../shared/wire/auth.ts'
import { fetchJson } from '../sync/online.ts'
import { tabletStore } from './db.ts'
import { makeDeviceKeys, sha256Hex, type DeviceKeys } from './keys.ts'
import { askPersist, setCanary } from './storage.ts'
import { StorageFault } from './storage-fault.ts'
import type { DeviceMeta, ScopeRow, ServerMeta, StreamMeta } from './store.ts'

const gate: { has(): boolean; sentence: string }[] = [
  {
    has: () => globalThis.isSecureContext,
    sentence: '这个地址不是 HTTPS，浏览器不允许离线保存和签名。请用 https:// 开头的地址打开。',
  },
  {
    has: hasWebCrypto,
    sentence: '这个浏览器没有加密功能，不能用来值班。请换用新版浏览器。',
  },
  {
    has: () => typeof globalThis.indexedDB === 'object',
    sentence: '这个浏览器不能保存数据（可能是无痕模式），不能用来值班。',
  },
  {
    has: hasLocks,
    sentence: '这个浏览器太旧，几个页面会互相打扰。请更新浏览器。',
  },
  { has: hasDurability, sentence: '这个浏览器不能保证断电时不丢，不能用来值班。请更新浏览器。' },
]

// The types promise both; a browser on plain http, or an old one, has neither.
function hasWebCrypto(): boolean {
  return typeof (globalThis.crypto as Crypto | undefined)?.subtle === 'object'
}

function hasLocks(): boolean {
  return typeof (navigator.locks as LockManager | undefined)?.request === 'function'
}

function hasDurability(): boolean {
  return typeof IDBTransaction === 'function' && 'durability' in IDBTransaction.prototype
}

/** What this browser lacks for duty, each as a sentence; empty when it has everything (F36). */
export function missingCapabilities(): string[] {
  return gate.filter((need) => !need.has()).map((need) => need.sentence)
}

/** The enrolment code in an address such as `…/enrol#K7MWQ2XP`, or in what a person typed; null when there is none. */
export function enrolCodeIn(text: string): string | null {
  const code = text
    .slice(text.lastIndexOf('#') + 1)
    .replaceAll(/[\s-]/g, '')
    .toUpperCase()
  return EnrolBody.shape.code.safeParse(code).success ? code : null
}

/** This browser is now a tablet of the hall; `isPersistent` false: the browser may clear its data (弱存储). */
export interface Enrolled {
  device: DeviceMeta
  isPersistent: boolean
}

/** Enrol this browser as a tablet with a supervisor's code. Throws `NetFault`, or `StorageFault` when it cannot be kept. */
export async function enrol(form: { code: string; name: string }): Promise<Enrolled> {
  const isPersistent = await askPersist()
  const { publicKey } = await deviceKeys()
  const answer = await fetchJson(EnrolAnswer, '/api/v1/enrol', { method: 'POST', body: { ...form, publicKey } })
  const scopes = ['hall', ...answer.windowIds.map((id) => `window:${id}`)]
  return { device: await keepDevice(answer, 'tablet', scopes), isPersistent }
}

/** The device's own keys, made once and never readable. */
export async function deviceKeys(): Promise<DeviceKeys> {
  const store = tabletStore()
  const held = await store.secret<DeviceKeys>('device')
  if (held) return held
  const keys = await makeDeviceKeys()
  await store.keepSecret('device', keys)
  return keys
}

/**
 * Begin a life of the local store: device, stream (whose first `prev` is its own id's hash) and scopes, all or nothing.
 * What a former life followed goes. Throws `StorageFault` while acts of it are unsent: nobody would ever send them.
 */
export async function keepDevice(answer: EnrolAnswer, kind: DeviceMeta['kind'], scopes: string[]): Promise<DeviceMeta> {
  const { deviceId, deviceToken: token, hallId, hallName, windowIds, lanes, serverKey, streamId } = answer
  const device: DeviceMeta = { key: 'device', deviceId, token, kind, hallId, hallName, windowIds, lanes, serverKey }
  const chainHead = await sha256Hex(streamId)
  const stream: StreamMeta = { key: 'stream', streamId, lane: lanes[0] ?? null, nextSeq: 1, chainHead, n: 0 }
  const server: ServerMeta = { key: 'server', epoch: answer.epoch, samples: [], halted: null }
  const rows: ScopeRow[] = scopes.map((scope) => ({ scope, cursor: 0, stamp: null }))
  await tabletStore().transact('write', ['meta', 'scope', 'outcome', 'view', 'base'], async (tx) => {
    const open = await tx.byIndex('outcome', 'open+seq', { prefix: [1], limit: 1 })
    if (open.length > 0) throw new StorageFault('unsent')
    for (const table of ['view', 'base'] as const) await tx.delete(table, idsOf(await tx.all(table)))
    await tx.delete(
      'scope',
      (await tx.all('scope')).map((row) => row.scope),
    )
    await tx.put('meta', [device, stream, server])
    if (answer.rescueKey) await tx.put('meta', [{ key: 'rescue', ...answer.rescueKey, at: Date.now() }])
    else await tx.delete('meta', ['rescue'])
    await tx.put('scope', rows)
  })
  setCanary(device, stream)
  return device
}

function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map((row) => row.id)
}
