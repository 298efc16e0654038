import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { addDays, localDay } from '../../shared/calendar/day.ts'
import { isOfUnit, isSupervising, type RoleAt } from '../../shared/core/roles.ts'
import type { Deps, DeviceAuth, Env, PersonAuth } from '../http/env.ts'
import { Fault } from '../http/fault.ts'
import { isInTurn } from '../../shared/halls/index.ts'
import { TabletReport } from '../../shared/wire/push.ts'
import { findDevice, findSession, type PostHeld, type TurnRow } from '../db/people-queries.ts'
import { hashOf } from './secrets.ts'

/** The cookie of a person's session: bound to this host, to TLS (or localhost), out of scripts' reach (T6). */
export const sessionCookie = '__Host-changkai'

/** The part of a device that decides which posts count on it. */
export interface Place {
  readonly kind: DeviceAuth['kind']
  readonly windowIds: readonly string[]
}

/**
 * Which of a person's posts count on a device: on a tablet those at its own windows; anywhere else those of the whole
 * hall and the back office's. A supervisor's rights never stand on a shared tablet (sync.md 2.6).
 */
export const postsAt = (place: Place, posts: readonly PostHeld[]): PostHeld[] =>
  posts.filter((post) =>
    place.kind === 'tablet'
      ? post.windowId !== null && place.windowIds.includes(post.windowId) && !isSupervising(post.role)
      : post.windowId === null || isOfUnit(post.role),
  )

const rightOf = ({ role, windowId, unitId }: PostHeld): RoleAt => ({
  ...{ role, windowId },
  ...(unitId === null ? {} : { unitId }),
})

// A grant lasts seven days at most, and seven more with every act marked.
const daysAhead = 15

/** The days to come on which a post counts; undefined where no turn of its window says so (NBU-17). */
const daysOf = (post: PostHeld, turns: readonly TurnRow[], today: string): string[] | undefined => {
  if (!post.unitId || !turns.some(({ windowId }) => windowId === post.windowId)) return undefined
  return Array.from({ length: daysAhead + 1 }, (_, n) => addDays(today, n)).filter((on) => isInTurn(turns, post, on))
}

/** The roles of posts, each once: a unit's staff at a window of turns only in its turn, and then only on its days. */
export const rolesOf = (posts: readonly PostHeld[], turns: readonly TurnRow[], today: string): RoleAt[] => {
  const found = new Map(
    posts
      .filter((post) => isInTurn(turns, post, today))
      .map((post) => {
        const on = daysOf(post, turns, today)
        const right = { ...rightOf(post), ...(on ? { on } : {}) }
        return [`${post.role}@${post.windowId ?? ''}@${post.unitId ?? ''}`, right] as const
      }),
  )
  return [...found.values()]
}

const deviceHeader = /^Device ([\w-]{32,128})$/

/** What a tablet tells of itself with a pull; one that tells nothing, or nonsense, is only seen. */
const reportOf = (c: Context<Env>): TabletReport | null => {
  const report = TabletReport.safeParse(c.req.query())
  return report.success && report.data.pending !== undefined ? report.data : null
}

/** The device a request's `Authorization: Device …` names; undefined without that header, a fault if it is not known. */
export const deviceOf = async (deps: Deps, c: Context<Env>): Promise<DeviceAuth | undefined> => {
  const header = c.req.header('authorization')
  if (header === undefined) return undefined
  const token = deviceHeader.exec(header)?.[1]
  const report = c.req.path === '/sync/v1/pull' ? reportOf(c) : null
  const device =
    token === undefined ? null : await findDevice(deps.db, { tokenHash: hashOf(token), report }, deps.now())
  if (!device) throw new Fault('unauthenticated', { detail: '本设备没有登记，或登记已失效。' })
  return device
}

/** Routes for a device's token; a revoked device passes, since its push is held and not refused (P12). */
export const enrolled =
  (deps: Deps): MiddlewareHandler<Env> =>
  async (c, next) => {
    const device = await deviceOf(deps, c)
    if (!device) throw new Fault('unauthenticated', { detail: '请先登记本设备。' })
    c.set('device', device)
    await next()
  }

/** The person of a session's token, with the roles that count on the session's device; null if the session has ended. */
const personOf = async (deps: Deps, token: string): Promise<PersonAuth | null> => {
  const tokenHash = hashOf(token)
  const now = deps.now()
  const found = await findSession(deps.db, tokenHash, { now, day: localDay(now) })
  if (!found) return null
  const { id, hallId, name, kind, deviceId, deviceKind, windowIds, posts, turns } = found
  const held = postsAt({ kind: deviceKind ?? 'browser', windowIds: windowIds ?? [] }, posts)
  const ends = held.flatMap((post) => (post.to === null ? [] : [post.to])).sort()
  return {
    id,
    hallId,
    name,
    kind,
    deviceId,
    roles: rolesOf(held, turns, localDay(now)),
    until: ends[0] ?? null,
    tokenHash,
  }
}

/** Routes for a person signed in online. */
export const signedIn =
  (deps: Deps): MiddlewareHandler<Env> =>
  async (c, next) => {
    const token = getCookie(c, sessionCookie)
    const person = token === undefined || token.length > 128 ? null : await personOf(deps, token)
    if (!person) throw new Fault('unauthenticated')
    c.set('person', person)
    await next()
  }

/** Routes for the supervisor (督查) and the administrator; stands after `signedIn`. */
export const supervisorOnly: MiddlewareHandler<Env> = async (c, next) => {
  const may = c.get('person').roles.some(({ role }) => isSupervising(role))
  if (!may) throw new Fault('forbidden', { detail: '这里只有督查或管理员能看，请在电脑上登录。' })
  await next()
}
