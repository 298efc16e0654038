import { Grant } from '../../shared/core/envelope.ts'
import { localDay } from '../../shared/calendar/day.ts'
import { roles, type RoleAt } from '../../shared/core/roles.ts'
import { standsOn } from '../../shared/core/turn-days.ts'
import type { SignedGrant } from '../../shared/wire/auth.ts'
import { verifyText } from './keys.ts'
import { waitLeft, type WaitClock } from './pin.ts'
import type { ActorRow, ClockSample, DeviceMeta } from './store.ts'

const graceMs = 7 * 86_400_000

/** In force; ended less than 7 days ago (signs in, every act marked for the supervisor); ended. */
export type GrantState = 'valid' | 'grace' | 'ended'

/** A person this tablet knows, as the sign-in page lists them. */
export interface KnownPerson {
  actorId: string
  name: string
  kind: ActorRow['kind']
  roles: RoleAt[]
  grant: Grant
  grantState: GrantState
  /** Whether a PIN opens the tablet for them, or only account and password do. */
  hasPin: boolean
  /** Milliseconds until a PIN may be tried again; 0 now. */
  waitMs: number
}

/** The state of a grant at a moment (UTC ms, by the best estimate of the server's clock). */
export function grantStateAt(grant: Pick<Grant, 'to'>, at: number): GrantState {
  if (at < grant.to) return 'valid'
  return at < graceEnd(grant) ? 'grace' : 'ended'
}

/** Until when a grant past its end still signs in, every act marked (sync.md 3.4). */
export function graceEnd({ to }: Pick<Grant, 'to'>): number {
  return to + graceMs
}

/** The server's time as the tablet estimates it: its own clock and the last exchange's offset. */
export function serverTime(clock: Pick<WaitClock, 'wall'>, samples: readonly ClockSample[]): number {
  return clock.wall() + (samples.at(-1)?.off ?? 0)
}

/**
 * The grant, once it is the server's own word for this device and this person; else null. The server's key was taken
 * at enrolment, so nobody between can make one up.
 */
export async function openGrant(device: DeviceMeta, actorId: string, signed: SignedGrant): Promise<Grant | null> {
  if (!(await verifyText(device.serverKey, signed.text, signed.sig))) return null
  const grant = Grant.safeParse(JSON.parse(signed.text))
  if (!grant.success || grant.data.deviceId !== device.deviceId || grant.data.hallId !== device.hallId) return null
  return grant.data.actorId === actorId ? grant.data : null
}

/** A person's row as the sign-in page shows it; null when the grant is not in order. */
export async function knownPerson(
  row: ActorRow,
  { device, clock, at }: { device: DeviceMeta; clock: WaitClock; at: number },
): Promise<KnownPerson | null> {
  const grant = await openGrant(device, row.actorId, row.grant)
  if (!grant) return null
  const { actorId, name, kind } = row
  const facts = {
    grant,
    grantState: grantStateAt(grant, at),
    hasPin: row.wrapped !== null,
    waitMs: waitLeft(row, clock),
  }
  return { actorId, name, kind, roles: grant.roles, ...facts }
}

/**
 * The posts of a grant that can be worked at here, the strongest first: A before B. Who acts for several units takes one
 * post for them all, since an act names only role and window. `at`: now; a unit's post counts only in its turn (NBU-17).
 */
export function postsHere(grant: Grant, at: number): RoleAt[] {
  const today = grant.roles.filter((right) => at === 0 || standsOn(right, localDay(at)))
  const sorted = today.toSorted((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role))
  return [...new Map(sorted.map((right) => [`${right.role} ${right.windowId ?? ''}`, right])).values()]
}
