import { localDay, localTime } from '../../shared/calendar/day.ts'
import type { RescueFile, RescueKey, RescueLine } from '../../shared/wire/rescue.ts'
import { deviceMeta, streamMeta } from './meta.ts'
import { rescueLines } from './rescue-lines.ts'
import { rescueText, sealRescue } from './seal-rescue.ts'
import { unsentOf, type Salvaged } from './salvage.ts'
import type { LocalStore, Tables, Tx } from './store.ts'

/** From how many unsent acts, and after how long offline, the app offers a file (sync.md 2.5). */
const offerActs = 20
const offerMs = 4 * 3_600_000

/** Whether it is time to offer 导出应急文件. */
export function isRescueDue(waiting: { onlyHere: number; isOffline: boolean; offlineMs: number }): boolean {
  const { onlyHere, isOffline, offlineMs } = waiting
  return onlyHere > offerActs || (onlyHere > 0 && isOffline && offlineMs > offerMs)
}

/** A file ready to be saved; `left` acts did not fit and go into the next. */
export interface Rescue {
  name: string
  file: RescueFile
  acts: number
  left: number
}

/** Why there is no file. */
export type NoRescue = 'nothing' | 'no-key'

/** Every unsent act of this tablet as a file, offline too. Reads only: nothing is marked, sending goes on as ever. */
export async function makeRescue(store: LocalStore, now: number): Promise<Rescue | NoRescue> {
  return sealed(await store.transact('read', ['meta', 'outbox', 'outcome'], readUnsent), now)
}

/** The same of what was read out of a database that does not open any more. */
export async function rescueFrom(found: Salvaged, now: number): Promise<Rescue | NoRescue> {
  const of = <Kind extends Tables['meta']['key']>(key: Kind) =>
    found.tables.meta.find((row): row is Extract<Tables['meta'], { key: Kind }> => row.key === key)
  const [device, stream, key] = [of('device'), of('stream') ?? null, of('rescue')]
  const lines = rescueLines(unsentOf(found), found.tables.outcome, stream)
  if (!device || lines.length === 0) return 'nothing'
  const { hallId, deviceId } = device
  return sealed({ hallId, deviceId, key: key ? { id: key.id, jwk: key.jwk } : null, lines }, now)
}

async function sealed(held: Unsent | null, now: number): Promise<Rescue | NoRescue> {
  if (!held) return 'nothing'
  if (!held.key) return 'no-key'
  const { text, acts } = rescueText(held.lines)
  const outside = { hallId: held.hallId, deviceId: held.deviceId, madeAt: now, acts }
  const file = await sealRescue(held.key, outside, text)
  return { name: nameOf(acts, now), file, acts, left: held.lines.length - acts }
}

/** No name, number or window of anybody: the file may lie on a shared stick. */
function nameOf(acts: number, now: number): string {
  return `应急文件-${localDay(now).replaceAll('-', '')}-${localTime(now).replace(':', '')}-${String(acts)}步.json`
}

interface Unsent {
  hallId: string
  deviceId: string
  key: RescueKey | null
  lines: RescueLine[]
}

async function readUnsent(tx: Tx): Promise<Unsent | null> {
  const [device, stream] = [await deviceMeta(tx), await streamMeta(tx)]
  const waiting = await tx.byIndex('outcome', 'state+seq', { prefix: ['pending'] })
  if (!device || waiting.length === 0) return null
  const acts = await tx.getMany(
    'outbox',
    waiting.map(({ streamId, seq }) => [streamId, seq]),
  )
  const found = acts.filter((act) => act !== undefined)
  const lines = rescueLines(found, waiting, stream)
  return { hallId: device.hallId, deviceId: device.deviceId, key: await rescueKeyOf(tx), lines }
}

async function rescueKeyOf(tx: Tx): Promise<RescueKey | null> {
  const row = await tx.get('meta', 'rescue')
  return row?.key === 'rescue' ? { id: row.id, jwk: row.jwk } : null
}

/** Keep the server's key, so that a file can be made when it is out of reach. */
export async function keepRescueKey(store: LocalStore, { id, jwk }: RescueKey, at: number): Promise<void> {
  await store.transact('write', ['meta'], (tx) => tx.put('meta', [{ key: 'rescue', id, jwk, at }]))
}

/** Asked again after a month: the server gives each key out for half a year and opens its files for as long again. */
const keyAgeMs = 30 * 86_400_000

/** Whether a tablet should ask for the server's key. */
export async function isRescueKeyDue(store: LocalStore, now: number): Promise<boolean> {
  const { device, row } = await store.transact('read', ['meta'], async (tx) => ({
    device: await deviceMeta(tx),
    row: await tx.get('meta', 'rescue'),
  }))
  if (!device) return false
  return row?.key !== 'rescue' || Math.abs(now - row.at) > keyAgeMs
}
