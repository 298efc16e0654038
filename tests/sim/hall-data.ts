import type { AppendBatch } from '../../server/sync/store-verbs.ts'
import { calendarsFromChineseDays } from '../../server/calendar/seed-calendars.ts'
import { ScopeSums } from '../../shared/core/digest.ts'
import { promiseOn } from '../../shared/limits/promise.ts'
import { nbuItems } from '../../shared/profiles/items/nbu.ts'
import { nbuProfile } from '../../shared/profiles/nbu.ts'
import { deepFreeze } from './deep-freeze.ts'
import { sha256 } from './keys.ts'
import type { MemoryDb } from './memory-db.ts'

/** The hall every history plays in. */
export const hallId = 'nbu'

/** The window its tablets stand at, with one item done at once and one with a promise. */
export const windows = [
  { id: 'student-affairs', code: 'XG', items: ['nbu:XG-001@1', 'nbu:XG-002@1'] },
  { id: 'careers', code: 'CY', items: ['nbu:CY-001@1', 'nbu:CY-002@1'] },
] as const
export type Window = (typeof windows)[number]

const wanted = new Set<string>(windows.flatMap((window) => window.items))
export const items = nbuItems.filter((item) => wanted.has(item.id))
if (items.length !== wanted.size) throw new Error('the simulated hall names items that are not there')

const calendars = calendarsFromChineseDays(hallId, [2026])

/** The date a promise falls on when it is given at a moment. */
export function promiseDay(receivedAt: number, workingDays: number): string {
  return promiseOn({ receivedAt, workingDays, profile: nbuProfile, calendars })
}

const images = [
  { kind: 'profile', id: nbuProfile.id, image: nbuProfile },
  ...calendars.map((image) => ({ kind: 'calendar', id: image.id, image })),
  ...items.map((image) => ({ kind: 'item', id: image.id, image })),
].map(deepFreeze)

const systemStream = '00000000-0000-7000-8000-5e5500000000'

/** Publish profile, calendar and items, as the first start of a hall does. */
export function publishHall(db: MemoryDb, at: number): void {
  db.openStream(systemStream, { deviceId: 'system', lane: null })
  const log = images.map(({ kind, id }, i): AppendBatch['log'][number] => {
    const envelope = `{"publishes":"${id}"}`
    return {
      ...{
        cmdId: `00000000-0000-7000-8000-5e55000000${String(10 + i)}`,
        seq: i + 1,
        kind,
        aggId: id,
        type: `${kind}.publish`,
      },
      ...{
        actorId: `system:${hallId}`,
        role: 'system',
        windowId: null,
        carrierId: null,
        online: true,
        wall: at,
        lo: at,
        hi: at,
      },
      ...{
        receivedAt: at,
        outcome: 'applied',
        code: null,
        detail: null,
        ver: 1,
        envelope,
        hash: sha256(envelope),
        sig: '',
      },
      ...{ verdict: '{}', pii: null },
    }
  })
  const sums = new ScopeSums()
  for (const { kind, id } of images) sums.put('hall', { kind, id, ver: 1 })
  db.append({
    ...{ hallId, streamId: systemStream, branch: 0, lastSeq: 0, seq: log.length, chain: log.at(-1)!.hash, log },
    images: images.map(({ kind, id, image }) => ({ kind, id, ver0: 0, ver: 1, image })),
    scopes: images.map(({ kind, id }, i) => ({ kind, id, scope: 'hall', ord: i + 1, ver: 1, op: 'set' })),
    digests: sums.deltas(),
  })
}
