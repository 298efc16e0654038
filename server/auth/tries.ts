import type { Context } from 'hono'
import { takeFromMinute, takeTry } from '../db/sign-in-queries.ts'
import type { Deps, DeviceAuth, Env } from '../http/env.ts'
import { tooMany } from '../http/fault.ts'
import { hashOf } from './secrets.ts'

/** All guesses at one login that may come in a minute, from wherever they come. */
const mostAMinute = 60

/**
 * Under what a sign-in is counted (X21). A tablet's tries are its own: nobody elsewhere can keep a window from signing
 * in. A browser's go by its address and not by its device, for whoever may sign in gets as many of those as they like;
 * all addresses together have a wide limit, so that a stranger elsewhere neither guesses on nor keeps the person out.
 */
export const tryKeysOf = (c: Context<Env>, login: string, asking: DeviceAuth | undefined): readonly string[] => {
  const key = `sign-in:${hashOf(login).slice(0, 32)}`
  return asking?.kind === 'tablet' ? [`${key}:${asking.id}`] : [`${key}:at:${c.var.address}`, `${key}:all`]
}

/** Takes a try under each key before the password is looked at, or says how long to wait. */
export const takeSignInTry = async (deps: Deps, [own = '', all]: readonly string[]): Promise<void> => {
  const now = deps.now()
  // What its own place keeps waiting does not count for the others.
  let wait = await takeTry(deps.db, own, now)
  if (wait === 0 && all !== undefined) wait = await takeFromMinute(deps.db, { key: all, most: mostAMinute }, now)
  if (wait > 0) throw tooMany(wait, `密码试错太多，请等 ${Math.ceil(wait)} 秒再试。`)
}
