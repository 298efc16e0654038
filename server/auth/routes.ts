import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { localDay } from '../../shared/calendar/day.ts'
import { EnrolAnswer, EnrolBody, EnrolCodeAnswer, EnrolCodeBody } from '../../shared/wire/auth.ts'
import { GrantBody, SessionAnswer, SessionBody, SignedGrant } from '../../shared/wire/auth.ts'
import { define, type Api } from '../http/define.ts'
import type { Deps, DeviceAuth, Env } from '../http/env.ts'
import { Fault, tooMany } from '../http/fault.ts'
import { addCode, enrolTablet, findProfile } from '../db/enrol-queries.ts'
import { issueGrant } from './grant.ts'
import { findAccount, findHall, type AccountRow } from '../db/people-queries.ts'
import { ownPassword } from '../db/account-queries.ts'
import { hashOf, hashPassword, isOnceOver, isPassword, newCode, newToken, onceDays, onceMark } from './secrets.ts'
import { addSession, endSession, forgetTries, takeTry } from '../db/sign-in-queries.ts'
import { takeSignInTry, tryKeysOf } from './tries.ts'
import { deviceOf, postsAt, rolesOf, sessionCookie, signedIn, supervisorOnly } from './who.ts'

const codeMs = 10 * 60_000

const keepCookie = (c: Context<Env>, token: string): void => {
  setCookie(c, sessionCookie, token, { path: '/', secure: true, httpOnly: true, sameSite: 'Strict' })
}

const hallOf = async (deps: Deps, hallId: string) => {
  const hall = await findHall(deps.db, hallId, localDay(deps.now()))
  if (!hall) throw new Fault('not-found')
  return hall
}

const wrongCode = '登记码不对、已用过或已过期，请向督查要一个新的。'

const enrol = (api: Api, deps: Deps): void => {
  define(
    api,
    {
      method: 'post',
      path: '/api/v1/enrol',
      summary: '平板登记：一次性登记码换设备令牌',
      body: EnrolBody,
      answer: EnrolAnswer,
      status: 201,
      problems: ['forbidden', 'too-many'],
    },
    async ({ body }, c) => {
      const now = deps.now()
      const tryKey = `enrol:${c.var.address}`
      const wait = await takeTry(deps.db, tryKey, now)
      if (wait > 0) throw tooMany(wait, '登记码试错太多，请稍等再试。')
      const [deviceId, streamId, deviceToken] = [randomUUID(), randomUUID(), newToken()]
      const { name: tabletName, publicKey, code } = body
      const tablet = { deviceId, streamId, name: tabletName, publicKey }
      const done = await enrolTablet(
        deps.db,
        { ...tablet, codeHash: hashOf(code), tokenHash: hashOf(deviceToken) },
        now,
      )
      if (!done) throw new Fault('forbidden', { detail: wrongCode })
      await forgetTries(deps.db, tryKey)
      const { name, epoch, serverKey, rescueKey } = await hallOf(deps, done.hallId)
      const { hallId, windowIds, lanes } = done
      const device = { deviceId, deviceToken, hallId, hallName: name, windowIds, streamId, lanes, epoch, serverKey }
      return rescueKey ? { ...device, rescueKey } : device
    },
  )
}

const signIn = (api: Api, deps: Deps): void => {
  define(
    api,
    {
      method: 'post',
      path: '/api/v1/session',
      summary: '登录：账号和密码；在已登记的平板上带 Authorization: Device',
      body: SessionBody,
      answer: SessionAnswer,
      status: 201,
      problems: ['unauthenticated', 'forbidden', 'too-many'],
    },
    async ({ body }, c) => {
      const asking = await deviceOf(deps, c)
      const login = body.login.normalize('NFC').toLowerCase()
      const tryKeys = tryKeysOf(c, login, asking)
      await takeSignInTry(deps, tryKeys)
      const account = await provenAccount(deps, { login, password: body.password })
      await replaceOnce(deps, account, body)
      return answerSession(deps, c, { account, device: deviceFor(account, asking), tryKeys })
    },
  )
}

const provenAccount = async (deps: Deps, given: { login: string; password: string }): Promise<AccountRow> => {
  const account = await findAccount(deps.db, given.login, localDay(deps.now()))
  const isRight = await isPassword(account?.passwordHash ?? null, given.password)
  if (!account || !isRight) throw new Fault('unauthenticated', { detail: '账号或密码不对。' })
  return account
}

/** A one-time password opens nothing but the way to one of one's own. */
const replaceOnce = async (
  deps: Deps,
  { hallId, id: personId, passwordHash: before }: AccountRow,
  { password, newPassword }: Pick<SessionBody, 'password' | 'newPassword'>,
): Promise<void> => {
  if (!before.startsWith(onceMark)) return
  if (isOnceOver(before, deps.now())) {
    const detail = `这个一次性密码已过期（${String(onceDays)} 天内有效），请督查在“设置 · 人员”里给您重设一个。`
    throw new Fault('forbidden', { detail })
  }
  if (newPassword === undefined || newPassword.normalize('NFC') === password.normalize('NFC')) {
    const detail = '这是一次性密码，请设一个自己的新密码再进入。'
    throw new Fault('forbidden', { detail, errors: [{ pointer: '/newPassword', detail: '要一个新的密码' }] })
  }
  const isKept = await ownPassword(deps.db, { hallId, personId }, { before, hash: await hashPassword(newPassword) })
  if (!isKept) throw new Fault('unauthenticated', { detail: '密码刚被改过，请用新的密码进入。' })
}

/** The device to sign in on: the one that asked, or none where a browser must be given another. */
const deviceFor = (account: AccountRow, asking: DeviceAuth | undefined): DeviceAuth | undefined => {
  if (!asking) return undefined
  const isOfHall = asking.hallId === account.hallId
  if (isOfHall && asking.revokedAt === null) return asking
  if (asking.kind === 'browser') return undefined
  const detail = isOfHall ? '本设备已停用，请联系督查。' : '本设备登记在别的大厅，这个账号不能在这里登录。'
  throw new Fault('forbidden', { detail })
}

const answerSession = async (
  deps: Deps,
  c: Context<Env>,
  { account, device, tryKeys }: { account: AccountRow; device: DeviceAuth | undefined; tryKeys: readonly string[] },
): Promise<SessionAnswer> => {
  const { id, hallId, name, kind } = account
  const fresh = device ? null : { deviceId: randomUUID(), streamId: randomUUID(), deviceToken: newToken() }
  const token = newToken()
  const former = getCookie(c, sessionCookie)
  const session = {
    ...{ hallId, accountId: id, tokenHash: hashOf(token), tryKeys },
    formerHash: former === undefined ? null : hashOf(former),
    deviceId: device?.id ?? fresh?.deviceId ?? '',
    browser: fresh && { name: '浏览器', tokenHash: hashOf(fresh.deviceToken), streamId: fresh.streamId },
  }
  await addSession(deps.db, session, deps.now())
  keepCookie(c, token)
  const held = postsAt(device ?? { kind: 'browser', windowIds: [] }, account.posts)
  const roles = rolesOf(held, account.turns, localDay(deps.now()))
  const answer = { actorId: id, name, kind, hallId, roles }
  if (!fresh) return answer
  const { name: hallName, epoch, serverKey } = await hallOf(deps, hallId)
  return { ...answer, device: { ...fresh, hallId, hallName, windowIds: [], lanes: [], epoch, serverKey } }
}

const sessionNow = (api: Api, deps: Deps): void => {
  const guards = [signedIn(deps)]
  define(
    api,
    {
      method: 'get',
      path: '/api/v1/session',
      summary: '现在登录的人',
      guards,
      answer: SessionAnswer,
      problems: ['unauthenticated'],
    },
    (_, c) => {
      const { id, name, kind, hallId, roles } = c.get('person')
      return { actorId: id, name, kind, hallId, roles: [...roles] }
    },
  )
  define(api, { method: 'delete', path: '/api/v1/session', summary: '退出登录', status: 204 }, async (_, c) => {
    const token = getCookie(c, sessionCookie)
    if (token !== undefined) await endSession(deps.db, hashOf(token))
    deleteCookie(c, sessionCookie, { path: '/', secure: true, httpOnly: true, sameSite: 'Strict' })
    return c.body(null, 204)
  })
  define(
    api,
    {
      method: 'post',
      path: '/api/v1/session/pin',
      summary: '设 PIN 后领取离线授权',
      guards,
      body: GrantBody,
      answer: SignedGrant,
      status: 201,
      problems: ['unauthenticated', 'forbidden'],
    },
    async ({ body }, c) => {
      const { grant, token } = await issueGrant(deps, c.get('person'), body.publicKey)
      keepCookie(c, token)
      return grant
    },
  )
}

const enrolCodes = (api: Api, deps: Deps): void => {
  define(
    api,
    {
      method: 'post',
      path: '/api/v1/enrol-codes',
      summary: '督查生成一次性登记码',
      guards: [signedIn(deps), supervisorOnly],
      body: EnrolCodeBody,
      answer: EnrolCodeAnswer,
      status: 201,
      problems: ['unauthenticated', 'forbidden', 'too-many'],
    },
    async ({ body }, c) => {
      const { id, hallId } = c.get('person')
      const now = deps.now()
      const profile = await findProfile(deps.db, hallId, localDay(now))
      if (!profile?.windowIds.includes(body.windowId)) {
        throw new Fault('invalid', { errors: [{ pointer: '/windowId', detail: '本厅没有这个窗口' }] })
      }
      const code = newCode()
      const expiresAt = now + codeMs
      const kept = await addCode(
        deps.db,
        { hallId, codeHash: hashOf(code), windowId: body.windowId, madeBy: id, expiresAt },
        now,
      )
      if (!kept) throw tooMany(codeMs / 1000, '没用过的登记码太多，请先用掉或等它们过期。')
      return { code, expiresAt, windowId: body.windowId }
    },
  )
}

/** Enrolment, sign-in, PIN and grants (sync.md 3.4, §14): the only rows that are not written by commands. */
export const authRoutes = (api: Api, deps: Deps): void => {
  enrol(api, deps)
  signIn(api, deps)
  sessionNow(api, deps)
  enrolCodes(api, deps)
}
