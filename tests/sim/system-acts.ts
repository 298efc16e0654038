import { judge, type JudgeDeps } from '../../server/sync/judge.ts'
import type { StoredGrant } from '../../server/sync/store-verbs.ts'
import { canonicalJson, type Json } from '../../shared/core/canonical.ts'
import { commands } from '../../shared/commands.ts'
import { schemaNumber, type Envelope } from '../../shared/core/envelope.ts'
import { isArchived, isEnded, openConflicts, type Case } from '../../shared/cases/index.ts'
import { hallId } from './hall-data.ts'
import { publicKeyOf, signWith } from './keys.ts'
import type { World } from './world.ts'

const secret = 'the server itself'
const serverKey = publicKeyOf(secret)
const deviceId = '00000000-0000-7000-8000-5e5500000002'
const streamId = '00000000-0000-7000-8000-5e5500000003'

/** What the invariants know of the server's own acts, in the shape of a grant. */
export const systemGrant: StoredGrant = {
  ...{ id: 'system', deviceId, actorId: `system:${hallId}`, displayName: '系统', roles: [], publicKey: serverKey },
  ...{ fromAt: 0, toAt: Infinity, issuedText: '', issuedSig: '', revokedAt: null },
}

/** Put away a case that is over, as the server's round does after 30 days: it leaves its window (sync.md 4.2). */
export async function archiveOne(world: World, deps: JudgeDeps, id: string): Promise<string | null> {
  const { db } = world
  const image = db.images.get(`case:${id}`)?.image as Case | undefined
  if (!image || !isEnded(image.state) || isArchived(image) || openConflicts(image).length > 0) return null
  if (!db.streams.has(streamId)) db.openStream(streamId, { deviceId, lane: null })
  const { lastSeq, chain } = db.streams.get(streamId)!
  const env = envelopeOf(
    { uuid: () => world.uuid(), sim: world.sim },
    { aggId: id, args: { endedAt: image.endedAt }, seq: lastSeq + 1, prev: chain },
  )
  const body = {
    streamId,
    fromSeq: env.seq,
    schema: schemaNumber,
    clock: { t0: world.sim.now },
    firstUnsettled: env.seq,
  }
  const text = canonicalJson(env)
  const carrier = { id: deviceId, hallId, revokedAt: null, serverKey }
  await judge(deps, carrier, { ...body, commands: [{ env: text, sig: signWith(secret, text) }] })
  return db.byCmdId(env.cmdId)?.outcome ?? null
}

interface SystemAct {
  aggId: string
  args: Record<string, Json>
  seq: number
  prev: string
}

function envelopeOf({ uuid, sim: { now } }: { uuid: () => string; sim: { now: number } }, act: SystemAct): Envelope {
  const { aggId, args, seq, prev } = act
  const ctxv = { profile: null, item: null, calendars: [] }
  return {
    ...{ cmdId: uuid(), deviceId, streamId, seq, type: 'case.archive', v: 1, kind: 'case', aggId, args, hallId, prev },
    nature: commands.get('case.archive@1')!.nature,
    base: { ver: 0, after: 0, seen: {}, ctxv },
    ...{ actorId: `system:${hallId}`, role: 'system', windowId: null, grantId: null, shiftId: null },
    ...{ wall: now, mono: 0, boot: 'server', off: 0, offErr: 0, app: 'server', schema: schemaNumber, online: true },
  }
}
