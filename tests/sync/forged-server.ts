import { randomBytes, randomUUID } from 'node:crypto'
import { calendarsFromChineseDays } from '../../server/calendar/index.ts'
import { hashOf } from '../../server/auth/index.ts'
import { openHall, openStream } from '../../server/db/store.ts'
import { createApp } from '../../server/http/app.ts'
import { createLog } from '../../server/http/log.ts'
import { issueAsSystem, openWake, type SystemAct, type Wake } from '../../server/sync/index.ts'
import type { SyncDeps } from '../../server/sync/push.route.ts'
import type { SignedCommand } from '../../shared/core/envelope.ts'
import { Frame } from '../../shared/wire/frame.ts'
import { nbuProfile } from '../../shared/profiles/nbu.ts'
import { forgeSigner, forgeTablet, pushOf, type ForgedTablet, type SignerPlan } from '../support/forge.ts'
import type { TestDatabase } from '../support/postgres.ts'
import { item, serverNow } from './forged-hall.ts'

const act = (type: string, kind: string, named: { id: string }): SystemAct => ({
  ...{ type, v: 1, kind, aggId: named.id, args: { [kind]: named } },
})

/** What the tests' hall begins with: profile, calendar and one item. */
export const firstActs: SystemAct[] = [
  act('profile.adopt', 'profile', nbuProfile),
  ...calendarsFromChineseDays('nbu', [2026]).map((calendar) => act('calendar.publish', 'calendar', calendar)),
  act('item.publish', 'item', item),
]

/** A device as the server knows it, with the token only it has. */
export interface ServedTablet extends ForgedTablet {
  readonly token: string
}

/** The hall `nbu` behind the real application over a real Postgres, at a fixed moment. */
export async function servedHall(pg: TestDatabase, more: Partial<SyncDeps> = {}) {
  const wake: Wake = openWake(pg.db)
  const log = createLog('silent')
  // These halls receive one student again and again: only tests of that compare receipts.
  const follow = () => undefined
  const deps: SyncDeps = { db: pg.db, store: pg.store, log, now: () => serverNow, wake, follow, ...more }
  const isNew = await openHall(pg.db, 'nbu', randomUUID())
  if (isNew) await issueAsSystem(deps, 'nbu', firstActs)
  const app = createApp(deps, { clientFolder: '/nowhere', isTls: false, isStopping: () => false })
  return { pg, deps, app, wake }
}
export type ServedHall = Awaited<ReturnType<typeof servedHall>>

/** Enrol a device: its row, its stream and lane. */
export async function tabletAt(
  { pg }: ServedHall,
  lane: string,
  how: { kind?: string; windowIds?: string[] } = {},
): Promise<ServedTablet> {
  const tablet = forgeTablet({ hallId: 'nbu', windowId: item.windowId, lane })
  const token = randomBytes(32).toString('base64url')
  const { kind = 'tablet', windowIds = [item.windowId] } = how
  await pg.appSql`insert into hall.device (hall_id, id, kind, name, window_ids, token_hash)
    values ('nbu', ${tablet.deviceId}, ${kind}, '示例平板', ${JSON.stringify(windowIds)}::text::jsonb, ${hashOf(token)})`
  await openStream(pg.db, { hallId: 'nbu', streamId: tablet.streamId, branch: 0, deviceId: tablet.deviceId, lane })
  return { ...tablet, token }
}

/** A person with a grant on the tablet. */
export async function signerAt({ pg }: ServedHall, tablet: ForgedTablet, plan: Partial<SignerPlan> = {}) {
  const day = 86_400_000
  const signer = forgeSigner(tablet, {
    id: 'a',
    role: 'roleA',
    from: serverNow - day,
    to: serverNow + 5 * day,
    ...plan,
  })
  const { grant } = signer
  await pg.appSql`insert into hall.offline_grant (hall_id, id, device_id, actor_id, display_name, roles, from_at, to_at,
      public_key, issued_text, issued_sig)
    values ('nbu', ${grant.id}, ${grant.deviceId}, ${grant.actorId}, ${grant.displayName},
      ${JSON.stringify(grant.roles)}::text::jsonb, ${new Date(grant.fromAt).toISOString()}::text::timestamptz, ${new Date(grant.toAt).toISOString()}::text::timestamptz,
      ${JSON.stringify(grant.publicKey)}::text::jsonb, '{}', '')`
  return signer
}

/** A session of the person on the device, as a sign-in would leave it; ends in an hour. */
export async function signedInAt({ pg }: ServedHall, { deviceId }: Pick<ForgedTablet, 'deviceId'>, actorId: string) {
  const [seen = '', ends = ''] = [serverNow, serverNow + 3_600_000].map((at) => new Date(at).toISOString())
  await pg.appSql`insert into hall.session (token_hash, hall_id, account_id, device_id, seen_at, expires_at)
    values (${randomUUID()}, 'nbu', ${actorId}, ${deviceId}, ${seen}::text::timestamptz, ${ends}::text::timestamptz)`
}

/** A request as the device sends it. */
export function ask({ app }: ServedHall, { token }: Pick<ServedTablet, 'token'>, path: string, init: RequestInit = {}) {
  const headers = { authorization: `Device ${token}`, ...(init.headers as Record<string, string> | undefined) }
  return app.request(`http://hall.test${path}`, { ...init, headers })
}

/** Push raw bytes or text. */
export function pushRaw(
  hall: ServedHall,
  tablet: Pick<ServedTablet, 'token'>,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) {
  return ask(hall, tablet, '/sync/v1/push', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  })
}

/** Push commands and read the frame, which must be one. */
export async function pushTo(
  hall: ServedHall,
  tablet: ServedTablet,
  from: number,
  commands: readonly SignedCommand[],
): Promise<Frame> {
  const answer = await pushRaw(hall, tablet, JSON.stringify(pushOf(tablet, from, commands)))
  if (answer.status !== 200) throw new Error(`push answered ${String(answer.status)}: ${await answer.text()}`)
  return Frame.parse(await answer.json())
}

/** Ask for a pull. */
export function pullFrom(hall: ServedHall, tablet: ServedTablet, query: Record<string, string | number> = {}) {
  const asked = {
    scopes: `window:${item.windowId}`,
    since: 0,
    limit: 500,
    schema: 1,
    stream: tablet.streamId,
    firstUnsettled: 1,
    t0: 0,
  }
  const params = new URLSearchParams(Object.entries({ ...asked, ...query }).map(([key, value]) => [key, String(value)]))
  return ask(hall, tablet, `/sync/v1/pull?${params.toString()}`)
}

/** Pull and read the frame, which must be one. */
export async function pulled(
  hall: ServedHall,
  tablet: ServedTablet,
  query: Record<string, string | number> = {},
): Promise<Frame> {
  const answer = await pullFrom(hall, tablet, query)
  if (answer.status !== 200) throw new Error(`pull answered ${String(answer.status)}: ${await answer.text()}`)
  return Frame.parse(await answer.json())
}

/** What the log says of a stream, in its order. */
export function logOf({ pg }: ServedHall, { streamId }: Pick<ForgedTablet, 'streamId'>) {
  return pg.appSql<{ seq: number; actor: string | null; carrier: string; outcome: string; code: string | null }[]>`
    select seq, actor_id as actor, carrier_id as carrier, outcome, code from hall.command_log
    where stream_id = ${streamId} order by seq`
}
