import type { Profile } from '../../shared/profiles/profile.ts'
import type { SeedAccount } from '../db/seed-queries.ts'
import { staffSetting } from '../../shared/profiles/staff-settings.ts'
import type { SystemAct } from '../sync/index.ts'

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许']

/** A demo person with the post held (示例: nobody of that name is meant). */
export interface DemoPerson {
  readonly account: SeedAccount
  readonly role: 'roleA' | 'roleB' | 'supervisor' | 'backOffice' | 'approver' | 'admin'
  readonly windowId: string | null
  /** Of the back office and the leaders: the unit they check and approve for (NBU-8). */
  readonly unitId?: string
  /** Of a real person: none is made up. */
  readonly badgeNo?: string
}

interface Place {
  readonly hallId: string
  readonly windowId: string | null
  readonly login: string
}

/** A demo person at a place, with a name that says it is one. */
export const personAt = (
  place: Place,
  role: DemoPerson['role'],
  { nth, kind }: { nth: number; kind: SeedAccount['kind'] },
): DemoPerson => {
  const surname = surnames[nth % surnames.length] ?? '王'
  const displayName = `示例·${surname}${kind === 'student' ? '同学' : '老师'}`
  const { hallId, login, windowId } = place
  return { account: { hallId, id: login, login, displayName, kind }, role, windowId }
}

const demoWindows: Partial<Record<string, string>> = { nbu: 'student-affairs', szit: 'student-affairs' }

/** The window of a hall whose sign-ins are printed. */
export const demoWindowOf = ({ hallId, windows }: Profile): Profile['windows'][number] => {
  const window = windows.find(({ id }) => id === demoWindows[hallId]) ?? windows[0]
  if (!window) throw new Error(`${hallId} has no window`)
  return window
}

/** Of the printed window's unit: one person of the back office and two leaders, so that two can approve at the same time. */
const peopleOfUnit = (profile: Profile, from: number): DemoPerson[] => {
  const { hallId } = profile
  const [unitId = ''] = demoWindowOf(profile).unitIds
  const person = (login: string, role: DemoPerson['role'], nth: number): DemoPerson => ({
    ...personAt({ hallId, windowId: null, login: `${hallId}-${login}` }, role, { nth, kind: 'staff' }),
    unitId,
  })
  return [
    person('houtai', 'backOffice', from),
    person('shenpi', 'approver', from + 1),
    person('shenpi2', 'approver', from + 2),
  ]
}

/**
 * One A, one B for each window, one supervisor of a hall, and who checks and approves for the printed window's unit.
 * Whether A is a student (SZIT 四.3(2)) or staff follows the profile; B is a student everywhere, so that the two people
 * of a window are told apart on the screen.
 */
export const demoPeople = (profile: Profile): DemoPerson[] => {
  const { hallId, windows, settings } = profile
  const kindOfA = settings.aRole.value === 'studentAssistant' ? 'student' : 'staff'
  const atWindows = windows.flatMap((window, index) => {
    const place = (letter: string): Place => ({
      hallId,
      windowId: window.id,
      login: `${hallId}-${window.code.toLowerCase()}-${letter}`,
    })
    return [
      personAt(place('a'), 'roleA', { nth: index * 2, kind: kindOfA }),
      personAt(place('b'), 'roleB', { nth: index * 2 + 1, kind: 'student' }),
    ]
  })
  const supervisor = { hallId, windowId: null, login: `${hallId}-ducha` }
  const nth = windows.length * 2
  return [
    ...atWindows,
    personAt(supervisor, 'supervisor', { nth, kind: 'supervisor' }),
    ...peopleOfUnit(profile, nth + 1),
  ]
}

/** The command that makes a first person's record: of the window's unit, trained for it before the first day. */
export const recordOf = ({ account, windowId, badgeNo }: DemoPerson, profile: Profile): SystemAct => {
  const unitId = profile.windows.find(({ id }) => id === windowId)?.unitIds[0] ?? null
  const by = staffSetting(profile, 'trainedBy') === 'unit' ? unitId : null
  const what = '上岗培训（示例）'
  return {
    ...{ type: 'person.record', v: 1, kind: 'person', aggId: account.id },
    args: {
      fields: {
        ...{ name: account.displayName, personKind: account.kind, unitId, rank: 'none', conditionNote: '' },
        ...{ college: account.kind === 'student' ? '示例学院' : '', badgeNo: badgeNo ?? badgeOf(account.id) },
        conditions: account.kind === 'staff' ? staffSetting(profile, 'staffConditions').map(() => true) : [],
      },
      trainings: windowId === null ? [] : [{ windowId, unitId: by, on: profile.effectiveOn, what }],
      busy: [],
    },
  }
}

/** `nbu-xg-a` wears XG-A. */
const badgeOf = (login: string): string => login.split('-').slice(1).join('-').toUpperCase()

/** The command that puts a first person on the post, from a day on. */
export const postOf = ({ account, role, windowId, unitId, badgeNo }: DemoPerson, from: string): SystemAct => ({
  type: 'post.assign',
  v: 1,
  kind: 'post',
  aggId: `post:${account.id}`,
  args: {
    windowId,
    ...(unitId === undefined ? {} : { unitId }),
    personId: account.id,
    personName: account.displayName,
    personKind: account.kind,
    role,
    from,
    to: null,
    badgeNo: badgeNo ?? badgeOf(account.id),
  },
})
