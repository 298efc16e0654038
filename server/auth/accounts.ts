import { localDay } from '../../shared/calendar/day.ts'
import { AccountBody, AccountsAnswer, NewAccountBody, OnceAnswer } from '../../shared/wire/accounts.ts'
import {
  addAccount,
  isAdmin,
  readAccounts,
  resetAccount,
  stopAccount,
  type MadeAccount,
} from '../db/account-queries.ts'
import { define, type Api } from '../http/define.ts'
import type { Deps, PersonAuth } from '../http/env.ts'
import { Fault } from '../http/fault.ts'
import { newPassword, onceHash, onceMark, onceUntil } from './secrets.ts'
import { signedIn, supervisorOnly } from './who.ts'

const problems = ['unauthenticated', 'forbidden', 'not-found'] as const

const faultOf = (made: Exclude<MadeAccount, 'made'>): Fault => {
  if (made === 'noRecord') return new Fault('not-found', { detail: '服务器上还没有这个人的档案，请等同步后再建账号。' })
  if (made === 'hasOne') return new Fault('stale', { detail: '这个人已经有账号，可以重设密码。' })
  return new Fault('invalid', {
    detail: '这个账号已有人用，请换一个。',
    errors: [{ pointer: '/login', detail: '已有人用' }],
  })
}

const oncePassword = async (now: number): Promise<{ password: string; hash: string; until: number }> => {
  const password = newPassword()
  return { password, hash: await onceHash(password, now), until: onceUntil(now) }
}

/** Whoever sets an admin's password has an admin's rights: only an admin may, and nobody else stops or starts them. */
const mayTouch = async (deps: Deps, { hallId, roles }: PersonAuth, personId: string): Promise<void> => {
  if (roles.some(({ role }) => role === 'admin')) return
  if (!(await isAdmin(deps.db, { hallId, personId }, localDay(deps.now())))) return
  throw new Fault('forbidden', { detail: '这是管理员的账号，只有管理员能建、重设、停用或启用。' })
}

const list = (api: Api, deps: Deps): void => {
  define(
    api,
    {
      method: 'get',
      path: '/api/v1/accounts',
      summary: '本厅的账号',
      guards: [signedIn(deps), supervisorOnly],
      answer: AccountsAnswer,
      problems,
    },
    async (_, c) => {
      const rows = await readAccounts(deps.db, c.get('person').hallId, onceMark)
      return {
        rows: rows.map(({ onceFrom, ...row }) => ({ ...row, onceUntil: row.isOnce ? onceUntil(onceFrom) : null })),
      }
    },
  )
}

const make = (api: Api, deps: Deps): void => {
  define(
    api,
    {
      method: 'post',
      path: '/api/v1/accounts',
      summary: '给有档案的人建账号；一次性密码只显示这一次',
      guards: [signedIn(deps), supervisorOnly],
      body: NewAccountBody,
      answer: OnceAnswer,
      status: 201,
      problems: [...problems, 'stale', 'invalid'],
    },
    async ({ body: { personId, login } }, c) => {
      const { hallId, id: by } = c.get('person')
      await mayTouch(deps, c.get('person'), personId)
      const { password, hash, until } = await oncePassword(deps.now())
      const made = await addAccount(deps.db, { hallId, personId }, { login, hash })
      if (made !== 'made') throw faultOf(made)
      deps.log.warn({ id: c.get('requestId'), hall: hallId, by, about: personId }, 'account made')
      return { login, password, until }
    },
  )
  define(
    api,
    {
      method: 'post',
      path: '/api/v1/accounts/reset',
      summary: '重设密码：新的一次性密码，已登录的退出',
      guards: [signedIn(deps), supervisorOnly],
      body: AccountBody,
      answer: OnceAnswer,
      status: 201,
      problems,
    },
    async ({ body: { personId } }, c) => {
      const { hallId, id: by } = c.get('person')
      await mayTouch(deps, c.get('person'), personId)
      const { password, hash, until } = await oncePassword(deps.now())
      const login = await resetAccount(deps.db, { hallId, personId }, hash)
      if (login === null) throw new Fault('not-found', { detail: '没有这个账号，或已停用。' })
      deps.log.warn({ id: c.get('requestId'), hall: hallId, by, about: personId }, 'password reset')
      return { login, password, until }
    },
  )
}

const stop = (api: Api, deps: Deps, isStopped: boolean): void => {
  define(
    api,
    {
      method: 'post',
      path: isStopped ? '/api/v1/accounts/disable' : '/api/v1/accounts/enable',
      summary: isStopped ? '停用账号：登录和离线授权都停' : '重新启用账号',
      guards: [signedIn(deps), supervisorOnly],
      body: AccountBody,
      status: 204,
      problems,
    },
    async ({ body: { personId } }, c) => {
      const { hallId, id: by } = c.get('person')
      if (personId === by) throw new Fault('forbidden', { detail: '不能停用自己的账号。' })
      await mayTouch(deps, c.get('person'), personId)
      const isDone = await stopAccount(deps.db, { hallId, personId }, { isStopped, now: deps.now() })
      if (!isDone) throw new Fault('not-found', { detail: '没有这个账号。' })
      const line = isStopped ? 'account stopped' : 'account enabled'
      deps.log.warn({ id: c.get('requestId'), hall: hallId, by, about: personId }, line)
      return c.body(null, 204)
    },
  )
}

/** 账号: made, reset and stopped by the hall's officers, an admin's by an admin; nobody else, and no other hall's (REF-PRIV). */
export const accountRoutes = (api: Api, deps: Deps): void => {
  list(api, deps)
  make(api, deps)
  stop(api, deps, true)
  stop(api, deps, false)
}
