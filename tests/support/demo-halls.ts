import postgres from 'postgres'
import { hashOf, hashPassword, newCode } from '../../server/auth/index.ts'
import { demoPeople } from '../../server/seed/people.ts'
import { halls, type HallId } from '../../shared/profiles/halls.ts'
import type { App, SignIn } from './app.ts'

/** Somebody of a demo window: how they sign in, who they are in the log, and by what name on the screen. */
export interface DemoPost extends SignIn {
  readonly actorId: string
  readonly name: string
}

/** A window of any of the five halls a first start makes, opened for a tablet: its two people, its link, and the hall’s supervisor. */
export interface DemoWindow {
  readonly hallId: HallId
  readonly windowId: string
  readonly A: DemoPost
  readonly B: DemoPost
  /** Of the whole hall. */
  readonly supervisor: DemoPost
  readonly enrolLink: string
}

const password = 'walk-morning-7'

/**
 * A first start makes all five halls, but gives passwords only to one window of the hall it prints: these get one
 * password each and a code for their first tablet, so that one start serves walks in every hall.
 */
export async function openWindows<Key extends string>(
  app: App,
  places: Readonly<Record<Key, readonly [hallId: HallId, windowId: string]>>,
): Promise<Record<Key, DemoWindow>> {
  const sql = postgres(app.databaseUrl(), { max: 1 })
  const hash = await hashPassword(password)
  const opened = new Map<string, DemoWindow>()
  const inAnHour = new Date(Date.now() + 3_600_000)
  for (const [key, [hallId, windowId]] of Object.entries<readonly [HallId, string]>(places)) {
    const code = newCode()
    const people = peopleAt(hallId, windowId)
    const ids = Object.values(people).map(({ actorId }) => actorId)
    await sql`update hall.account set password_hash = ${hash} where id in ${sql(ids)}`
    await sql`insert into hall.enrol_code (hall_id, code_hash, window_id, expires_at)
      values (${hallId}, ${hashOf(code)}, ${windowId}, ${inAnHour})`
    opened.set(key, { hallId, windowId, ...people, enrolLink: `${app.url}/enrol#${code}` })
  }
  await sql.end()
  return Object.fromEntries(opened) as Record<Key, DemoWindow>
}

function peopleAt(hallId: HallId, windowId: string): Record<'A' | 'B' | 'supervisor', DemoPost> {
  const people = demoPeople(halls[hallId].profile)
  const post = (role: string, at: string | null): DemoPost => {
    const account = people.find((person) => person.role === role && person.windowId === at)?.account
    if (!account) throw new Error(`${hallId} has no ${role} at ${at ?? 'large'}`)
    const { id, login, displayName } = account
    return { actorId: id, login, name: displayName, password, label: displayName }
  }
  return { A: post('roleA', windowId), B: post('roleB', windowId), supervisor: post('supervisor', null) }
}
