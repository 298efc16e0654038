import { randomBytes } from 'node:crypto'
import { hashOf } from '../../server/auth/index.ts'
import { calendarsFromChineseDays } from '../../server/calendar/index.ts'
import { openStream } from '../../server/db/store.ts'
import { halls } from '../../shared/profiles/halls.ts'
import type { ContextVersions, SignedCommand } from '../../shared/core/envelope.ts'
import { act, forgeSigner, forgeTablet, type ForgedSigner, type ForgedTablet } from '../support/forge.ts'
import type { TestDatabase } from '../support/postgres.ts'
import { uuid7 } from '../../client/local/entropy.ts'
import { hallId } from './bench-server.ts'
import { instantItemAt } from './node-tablet.ts'

/** A tablet that needs no browser, known to the server with its token, its stream and one signed-in person. */
export interface CrowdTablet {
  readonly tablet: ForgedTablet
  readonly signer: ForgedSigner
  readonly token: string
}

const day = 86_400_000
let made = 0

/** Enrol so many tablets at a window, straight in the database: enrolling is not what is measured. */
export async function crowd(pg: TestDatabase, windowId: string, count: number): Promise<CrowdTablet[]> {
  const tablets: CrowdTablet[] = []
  for (let index = 0; index < count; index += 1) tablets.push(await enrolled(pg, windowId))
  return tablets
}

async function enrolled({ appSql, db }: TestDatabase, windowId: string): Promise<CrowdTablet> {
  made += 1
  // Three characters: never a lane that enrolment has given out.
  const lane = `Z${made.toString(36).toUpperCase().padStart(2, '0')}`
  const tablet = forgeTablet({ hallId, windowId, lane })
  const token = randomBytes(32).toString('base64url')
  await appSql`insert into hall.device (hall_id, id, kind, name, window_ids, token_hash)
    values (${hallId}, ${tablet.deviceId}, 'tablet', '示例平板', ${JSON.stringify([windowId])}::text::jsonb, ${hashOf(token)})`
  await openStream(db, { hallId, streamId: tablet.streamId, branch: 0, deviceId: tablet.deviceId, lane })
  const now = Date.now()
  const signer = forgeSigner(tablet, { id: `bench-${made}`, role: 'roleA', from: now - day, to: now + 5 * day })
  const { grant } = signer
  await appSql`insert into hall.offline_grant (hall_id, id, device_id, actor_id, display_name, roles, from_at, to_at,
      public_key, issued_text, issued_sig)
    values (${hallId}, ${grant.id}, ${grant.deviceId}, ${grant.actorId}, ${grant.displayName},
      ${JSON.stringify(grant.roles)}::text::jsonb, ${new Date(grant.fromAt).toISOString()}::text::timestamptz,
      ${new Date(grant.toAt).toISOString()}::text::timestamptz, ${JSON.stringify(grant.publicKey)}::text::jsonb, '{}', '')`
  return { tablet, signer, token }
}

const { profile } = halls[hallId]
const calendars = calendarsFromChineseDays(hallId, [2025, 2026, 2027]).map(({ id }) => id)

/** Edits of a tablet: cases received, each with one note; signed beforehand, as they are after an outage. */
export function editsOf({ tablet, signer }: CrowdTablet, count: number): SignedCommand[] {
  const item = instantItemAt(tablet.windowId)
  const ctxv: ContextVersions = { profile: profile.id, item: item.id, calendars }
  const at = Date.now() - 3_600_000
  const commands: SignedCommand[] = []
  while (commands.length < count) {
    tablet.n += 1
    const aggId = uuid7()
    const number = `XS-261120-${tablet.lane}-${String(tablet.n)}`
    const student = { name: `示例·同学${tablet.n}`, studentNo: `2024${tablet.lane}${tablet.n}`, phone: '13800001234' }
    const materials = item.materials.map(({ id }) => ({ id, state: 'present' }))
    const args = { number, itemId: item.id, ticket: null, student, materials }
    commands.push(act(tablet, signer, { type: 'case.receive', aggId, args, at, ctxv }))
    commands.push(act(tablet, signer, { type: 'case.note', aggId, args: { text: '示例备注' }, at: at + 1000, ctxv }))
  }
  return commands
}
