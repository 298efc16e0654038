import { randomUUID } from 'node:crypto'
import { calendarsFromChineseDays } from '../../server/calendar/seed-calendars.ts'
import { sha256Hex, verifyP256 } from '../../server/sync/crypto.ts'
import { judge, type JudgeDeps } from '../../server/sync/judge.ts'
import type { Store, StoredResult } from '../../server/sync/store-verbs.ts'
import type { Json } from '../../shared/core/canonical.ts'
import type { ContextVersions, SignedCommand } from '../../shared/core/envelope.ts'
import { nbuItems } from '../../shared/profiles/items/nbu.ts'
import { nbuProfile } from '../../shared/profiles/nbu.ts'
import { MemoryDb } from '../sim/memory-db.ts'
import { publishHall } from '../sim/hall-data.ts'
import {
  forgeSigner,
  forgeTablet,
  nextNumber,
  pushOf,
  type ActPlan,
  type ForgedTablet,
  type SignerPlan,
} from '../support/forge.ts'

/** The moment the tests' server is at: a working Friday. */
export const serverNow = Date.parse('2026-11-20T03:00:00Z')

const found = nbuItems.find((entry) => entry.id === 'nbu:XG-001@1')
if (!found) throw new Error('the tests rest on an item the hall has lost')

/** The item most tests receive. */
export const item = found

/** The versions a tablet of the hall decides with. */
export const ctxv: ContextVersions = {
  profile: nbuProfile.id,
  item: item.id,
  calendars: calendarsFromChineseDays('nbu', [2026]).map((entry) => entry.id),
}

/** A hall in memory: the judge's own code over the simulator's store. */
export function memoryHall() {
  const db = new MemoryDb('nbu', randomUUID())
  publishHall(db, serverNow)
  const store: Store = {
    load: (request) => Promise.resolve(db.load(request)),
    append: (batch) => Promise.resolve().then(() => db.append(batch)),
    page: (request) => Promise.resolve(db.page(request)),
    open: (request) => Promise.resolve(db.open(request)),
  }
  const alarms: string[] = []
  const deps: JudgeDeps = {
    ...{ store, hash: sha256Hex, verify: verifyP256, now: () => serverNow },
    ...{ random: () => 0, wait: () => Promise.resolve(), alarm: ({ why }) => alarms.push(why) },
  }
  return { db, deps, alarms }
}
export type MemoryHall = ReturnType<typeof memoryHall>

/** A tablet of the hall in memory, known to its store. */
export function tabletIn({ db }: MemoryHall, lane = 'K7'): ForgedTablet {
  const tablet = forgeTablet({ hallId: 'nbu', windowId: item.windowId, lane })
  db.openStream(tablet.streamId, { deviceId: tablet.deviceId, lane })
  return tablet
}

/** A person with a grant on the tablet, from a day before now to five days after. */
export function signerIn({ db }: MemoryHall, tablet: ForgedTablet, plan: Partial<SignerPlan> = {}) {
  const day = 86_400_000
  const signer = forgeSigner(tablet, {
    id: 'a',
    role: 'roleA',
    from: serverNow - day,
    to: serverNow + 5 * day,
    ...plan,
  })
  db.grants.set(signer.grant.id, signer.grant)
  return signer
}

/** Push commands and read the results of the whole stream. */
export async function pushTo(
  { db, deps }: Pick<MemoryHall, 'db' | 'deps'>,
  tablet: ForgedTablet,
  push: { from: number; commands: readonly SignedCommand[]; revokedAt?: number },
) {
  const carrier = { id: tablet.deviceId, hallId: tablet.hallId, revokedAt: push.revokedAt ?? null }
  const done = await judge(deps, carrier, pushOf(tablet, push.from, push.commands))
  const page = db.page({
    ...{ hallId: 'nbu', streamId: tablet.streamId, firstUnsettled: 1, since: null, scopes: [], limit: 1, touched: [] },
  })
  return { ...done, results: page.results }
}

/** Results as `outcome` or `outcome:code:why`. */
export function words(results: readonly StoredResult[]): string[] {
  return results.map(({ outcome, code, detail }) => {
    const why = detail !== null && typeof detail === 'object' && 'why' in detail ? [detail.why] : []
    return [outcome, ...(code === null ? [] : [code]), ...why].join(':')
  })
}

/** 收件 of a student's matter with all papers. */
export function receiving(tablet: ForgedTablet, more: Partial<ActPlan> & { number?: string } = {}): ActPlan {
  const { number = nextNumber(tablet), ...rest } = more
  const student = { name: '示例·王同学', studentNo: '20240117', phone: '13800001234' }
  const materials = item.materials.map(({ id }) => ({ id, state: 'present' }))
  const args: Record<string, Json> = { number, itemId: item.id, ticket: null, student, materials }
  return { type: 'case.receive', aggId: randomUUID(), args, at: serverNow - 60_000, ctxv, ...rest }
}

/** 备注 on a case. */
export function noting(aggId: string, text = '示例备注', more: Partial<ActPlan> = {}): ActPlan {
  return { type: 'case.note', aggId, args: { text }, at: serverNow - 30_000, ctxv, ...more }
}

/** 更正 of a phone, over the image the actor saw. */
export function phoning(aggId: string, phone: string, saw: unknown): ActPlan {
  return { type: 'case.correct', aggId, args: { fields: { phone } }, at: serverNow - 20_000, ctxv, saw }
}
