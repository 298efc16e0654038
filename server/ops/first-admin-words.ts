import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { localDay, localTime } from '../../shared/calendar/day.ts'
import { describe } from '../../shared/profiles/issue-words.ts'
import { parseProfile, type ProfileFile } from '../../shared/profiles/profile.ts'
import { Slug } from '../../shared/profiles/text.ts'
import { Login } from '../../shared/wire/accounts.ts'
import type { FirstAdmin, ShownPassword, WantedAdmin } from '../seed/index.ts'
import { SettingsError } from '../settings.ts'

const usage = '用法 Usage: npm run first-admin -- --hall <id> --login <name> --name <姓名> [--profile <file.json>]'

const fileAt = (path: string): ProfileFile => {
  const read = (): unknown => {
    try {
      return JSON.parse(readFileSync(path, 'utf8'))
    } catch (error) {
      throw new SettingsError([`--profile ${path}: ${error instanceof Error ? error.message : String(error)}`])
    }
  }
  const parsed = parseProfile(read(), path)
  if (!parsed.ok) throw new SettingsError(parsed.errors.map(describe))
  return parsed
}

const valuesOf = (args: readonly string[]) => {
  const text = { type: 'string' } as const
  const options = { hall: text, login: text, name: text, profile: text }
  try {
    return parseArgs({ args: [...args], options }).values
  } catch {
    throw new SettingsError([usage])
  }
}

/** Reads the command line; throws `SettingsError` with what is wrong with it. */
export const wantedOf = (args: readonly string[]): WantedAdmin => {
  const { hall = '', login = '', name = '', profile } = valuesOf(args)
  const checks = [
    { option: '--hall', read: Slug.safeParse(hall) },
    { option: '--login', read: Login.safeParse(login) },
  ]
  const faults = checks.flatMap(({ option, read }) =>
    read.success ? [] : read.error.issues.map(({ message }) => `${option}: ${message}`),
  )
  const called = name.normalize('NFC').trim()
  if (called === '' || called.length > 60) faults.push('--name: 1–60 个字 characters')
  if (faults.length > 0) throw new SettingsError([...faults, usage])
  return { hallId: hall, login, name: called, file: profile === undefined ? null : fileAt(profile) }
}

/** The one-time password, printed once. */
export const passwordWords = ({ login, password, until }: ShownPassword): string[] => [
  '',
  '一次性密码，只显示这一次；首次登录时换成自己的 One-time password, shown only this once, changed at the first sign-in:',
  `  ${login}  ${password}   （${localDay(until)} ${localTime(until)} 前有效 valid until then）`,
]

/** What came of it, in one line. */
export const endWords: Readonly<Record<FirstAdmin, string>> = {
  made: '管理员已建好，可以登录了 The admin is made and may sign in.',
  hasAdmin:
    '本厅已经有管理员：忘了密码请由另一位管理员重设 The hall has an admin already; another admin can reset a password.',
  loginTaken: '这个账号已有人用，请换一个 --login This login is in use: choose another.',
  hallThere: '本厅已经在了，请去掉 --profile 再试 The hall is there already: leave --profile out.',
  noHall: '没有这个厅，请用 --profile 给出它的规章配置文件 There is no such hall: give its profile file by --profile.',
}
