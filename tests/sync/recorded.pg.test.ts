import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashOf } from '../../server/auth/index.ts'
import { openStream } from '../../server/db/store.ts'
import { issueAsSystem } from '../../server/sync/index.ts'
import type { StoredGrant } from '../../server/sync/store-verbs.ts'
import { sha256Hex } from '../../server/sync/crypto.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { words } from './forged-hall.ts'
import { logOf, pushTo, servedHall, type ServedHall, type ServedTablet } from './forged-server.ts'
import { recordings, type RecordedCommands } from './recorded-commands.ts'

let pg: TestDatabase
let hall: ServedHall
beforeAll(async () => {
  pg = await testDatabase()
  hall = await servedHall(pg)
})
afterAll(async () => {
  await hall.wake.close()
  await pg.stop()
})

const instant = (ms: number) => new Date(ms).toISOString()

async function knowGrant(grant: StoredGrant): Promise<void> {
  const { id, deviceId, actorId, displayName, roles, fromAt, toAt, publicKey, issuedText, issuedSig } = grant
  await pg.appSql`insert into hall.offline_grant (hall_id, id, device_id, actor_id, display_name, roles, from_at, to_at,
      public_key, issued_text, issued_sig)
    values ('nbu', ${id}, ${deviceId}, ${actorId}, ${displayName}, ${JSON.stringify(roles)}::text::jsonb,
      ${instant(fromAt)}::text::timestamptz, ${instant(toAt)}::text::timestamptz,
      ${JSON.stringify(publicKey)}::text::jsonb, ${issuedText}, ${issuedSig})`
}

/** The recorded tablet, its stream and its people, as the server of its day knew them. */
async function known({ tablet, grants }: RecordedCommands): Promise<ServedTablet> {
  const token = randomBytes(32).toString('base64url')
  const { deviceId, streamId, lane, windowId } = tablet
  await pg.appSql`insert into hall.device (hall_id, id, kind, name, window_ids, token_hash)
    values ('nbu', ${deviceId}, 'tablet', '示例平板', ${JSON.stringify([windowId])}::text::jsonb, ${hashOf(token)})`
  await openStream(pg.db, { hallId: 'nbu', streamId, branch: 0, deviceId, lane })
  for (const grant of grants) await knowGrant(grant)
  return { ...tablet, hallId: 'nbu', seq: 0, prev: sha256Hex(streamId), n: 0, token }
}

test.each(recordings())(
  '[I26] [F40] [OFF-6] %s: a server of today takes every recorded command, byte for byte, and holds none as unreadable',
  async (_name, recorded) => {
    const tablet = await known(recorded)
    const system: string[] = []
    for (const part of recorded.parts) {
      if ('system' in part) system.push(...words(await issueAsSystem(hall.deps, 'nbu', part.system)))
      else await pushTo(hall, tablet, part.from, part.commands)
    }
    const sent = recorded.parts.flatMap((part) => ('system' in part ? [] : part.commands))
    const log = await logOf(hall, tablet)
    const told = log.map(({ outcome, code }, index) => {
      const { type } = JSON.parse(sent[index]?.env ?? '{}') as { type: string }
      return [type, outcome, ...(code === null ? [] : [code])].join(' ')
    })
    expect(told).toHaveLength(sent.length)
    const others = told.filter((line) => !/ (applied|merged|conflict)( |$)/.test(line))
    expect([others, system.map((line) => line.split(':')[0])]).toEqual([recorded.others ?? [], recorded.system ?? []])
    const again = await pushTo(hall, tablet, 1, sent.slice(0, 1))
    expect(again.lastSeq).toBe(sent.length)
  },
)
