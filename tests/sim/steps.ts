import { commitActs } from '../../client/local/commit.ts'
import { NetFault } from '../../client/local/engine.ts'
import { StorageFault } from '../../client/local/storage-fault.ts'
import { pullOnce } from '../../client/sync/pull.ts'
import { pushOnce } from '../../client/sync/push.ts'
import type { Grant } from '../../shared/core/envelope.ts'
import { drawTap, type Tap } from './acts.ts'
import { poison } from './hall-server.ts'
import type { Confirmed } from './invariants-rest.ts'
import { signWith } from './keys.ts'
import { calm, type Weather } from './network.ts'
import type { Rng } from './random.ts'
import { tail } from './trace.ts'
import type { Person, Tab, Tablet, World } from './world.ts'

/** What a step works on: the world, its chance, and the list of acts that were confirmed. */
export interface Play {
  world: World
  rng: Rng
  confirmed: Confirmed[]
  /** How far the history has come, 0 … 1. */
  progress: number
}

/** Run one tap: the real commit, under the scheduler. A confirmed act is remembered for ever. */
export function tapOn(play: Play, tab: Tab, { tap, person }: { tap: Tap; person: Person }): void {
  const { sim, trace } = play.world
  const { windowId, role, signer } = person
  const actor = { signer, role, windowId, shiftId: null }
  void commitActs(tab.engine, actor, tap.drafts).then(
    (commit) => {
      trace.say(
        tab.name,
        `${person.name}: ${tap.what} → ${commit.kept ? `kept ${commit.acts.map((act) => `seq ${act.seq} (${tail(act.cmdId)})`).join(', ')}` : `not done: ${commit.code}`}`,
      )
      if (!commit.kept) return
      for (const [i, { cmdId, seq }] of commit.acts.entries()) {
        play.confirmed.push({
          tablet: tab.tablet,
          cmdId,
          seq,
          actorId: signer.grant.actorId,
          type: tap.drafts[i]!.type,
        })
      }
    },
    (error: unknown) => {
      const isToldToPerson =
        error instanceof StorageFault || (error instanceof Error && error.message.includes('too busy'))
      if (!isToldToPerson) sim.fail(error)
      else trace.say(tab.name, `${person.name}: ${tap.what} → not kept: ${error.message}`)
    },
  )
}

/** One turn of a leader: push what waits, then pull until caught up. */
export async function syncOnce(tab: Tab, what: 'push' | 'pull' | 'both'): Promise<void> {
  if (what !== 'pull') for (let i = 0; i < 3 && (await pushOnce(tab.engine)).sent > 0; i += 1);
  if (what === 'push') return
  for (let i = 0; i < 12; i += 1) {
    const page = await pullOnce(tab.engine)
    if (!page || (page.isLast && i >= tab.tablet.follows.length)) return
  }
}

/** Start a turn that may end in a fault of the network, which a leader takes as the weather it is. */
export function startSync({ world }: Play, tab: Tab, what: 'push' | 'pull' | 'both'): void {
  if (tab.isSyncing) return
  tab.isSyncing = true
  void syncOnce(tab, what).then(
    () => {
      tab.isSyncing = false
      tab.tablet.isAnswered = true
    },
    (error: unknown) => {
      tab.isSyncing = false
      tab.tablet.isAnswered = false
      if (!(error instanceof NetFault) && !(error instanceof StorageFault)) world.sim.fail(error)
    },
  )
}

type Step = (play: Play) => void | Promise<void>

const anyTab = ({ world, rng }: Play): Tab | null => (world.tabs.length > 0 ? rng.pick(world.tabs) : null)
const anyTablet = ({ world, rng }: Play): Tablet => rng.pick(world.tablets)

const act: Step = (play) => {
  const pc = play.world.tablets.find((tablet) => !tablet.window)?.tabs[0]
  const tab = pc && play.rng.chance(play.world.isContended ? 0.35 : 0.15) ? pc : anyTab(play)
  const tap = tab && drawTap(play.world, tab, play.rng)
  if (tab && tap) tapOn(play, tab, { tap, person: tab.signedIn })
}

const sync: Step = (play) => {
  const tab = anyTab(play)
  if (tab) startSync(play, tab, play.rng.pick(['push', 'pull', 'both', 'both']))
}

/** Two leaders at once, or several tablets at the same moment. */
const syncAll: Step = (play) => {
  const tabs = play.rng.chance(0.5) ? play.world.tabs : anyTablet(play).tabs
  for (const tab of tabs) startSync(play, tab, 'both')
}

const changeHands: Step = (play) => {
  const tab = anyTab(play)
  if (!tab) return
  tab.signedIn = play.rng.pick(tab.tablet.people)
  play.world.trace.say(tab.name, `${tab.signedIn.name} signs in`)
}

const cutLine: Step = (play) => {
  const tablet = anyTablet(play)
  tablet.isCut = !tablet.isCut
  play.world.trace.say(tablet.name, tablet.isCut ? 'network cut' : 'network back')
}

const killTab: Step = (play) => {
  const tab = anyTab(play)
  if (!tab) return
  play.world.trace.say(tab.name, 'killed')
  play.world.killTab(tab)
  if (play.rng.chance(0.2)) tab.tablet.clock.reboot()
}

const openTab: Step = (play) => {
  const closed = play.world.tablets.filter((tablet) => tablet.tabs.length < 2)
  if (closed.length === 0) return
  const tab = play.world.openTab(play.rng.pick(closed))
  play.world.trace.say(tab.name, 'opened')
}

const killServer: Step = ({ world }) => {
  world.trace.say('server', 'dies')
  world.server.kill()
}

const startServer: Step = ({ world }) => {
  if (world.server.life) return
  world.trace.say('server', 'started')
  world.server.start()
}

const hour = 3_600_000
const jumps = [hour, -hour, 24 * hour, -24 * hour, 365 * 24 * hour, -365 * 24 * hour]

const jumpClock: Step = (play) => {
  const tablet = anyTablet(play)
  tablet.clock.offset = play.rng.chance(0.4) ? 0 : play.rng.pick(jumps)
  tablet.clock.drift = play.rng.chance(0.5) ? 0 : (play.rng.next() - 0.5) / 5_000
  play.world.trace.say(tablet.name, `clock off by ${tablet.clock.offset / hour} h`)
}

const passTime: Step = ({ world, rng }) => world.sim.pass(rng.pick([2_000, 60_000, 600_000, 2 * hour]))

const changeWeather: Step = ({ world, rng }) => {
  world.network.weather = rng.chance(0.3) ? calm : drawWeather(rng)
}

const revoke: Step = ({ world, rng, progress }) => {
  if (progress < 0.6) return
  const tablet = rng.pick(world.tablets)
  if (rng.chance(0.4)) {
    world.trace.say('server', `revokes tablet ${tablet.name}`)
    tablet.device.revokedAt ??= world.sim.now
    return
  }
  const { grant } = rng.pick(tablet.people).signer
  world.trace.say('server', `revokes the grant of ${grant.actorId} on ${tablet.name}`)
  world.db.grants.set(grant.id, { ...world.db.grants.get(grant.id)!, revokedAt: world.sim.now })
}

/** A command whose rule always throws on the server (F47). */
const poisonTap: Step = (play) => {
  const tab = anyTab(play)
  const tap = tab?.tablet.window && drawTap(play.world, tab, play.rng)
  if (!tab || !tap) return
  const drafts = tap.drafts.map((draft) =>
    draft.type === 'case.note' ? { ...draft, args: { text: `${poison}药` } } : draft,
  )
  const spoiled = tap.drafts[0]?.type === 'case.receive' ? drafts : drafts.slice(0, 1)
  tapOn(play, tab, { tap: { what: `${tap.what}, poisoned`, drafts: spoiled.map(poisonText) }, person: tab.signedIn })
}

function poisonText(draft: Tap['drafts'][number]): Tap['drafts'][number] {
  if (typeof draft.args === 'function' || !('reason' in draft.args)) return draft
  return { ...draft, args: { ...draft.args, reason: poison } }
}

/** B as A: the grant on the tablet was tampered with, or the key is another's. */
const forge: Step = (play) => {
  const tab = anyTab(play)
  const person = tab?.tablet.people.find((one) => one.role === 'roleB')
  const tap = tab && person && drawTap(play.world, tab, play.rng)
  if (!tap) return
  const { grant } = person.signer
  const wrongKey = play.rng.chance(0.5)
  const roles: Grant['roles'] = [...grant.roles, { role: 'roleA', windowId: person.windowId }]
  const sign = async (text: string) => signWith(wrongKey ? 'nobody' : person.secret, text)
  const forged: Person = {
    ...person,
    role: wrongKey ? 'roleB' : 'roleA',
    signer: { grant: wrongKey ? grant : { ...grant, roles }, sign },
  }
  tapOn(play, tab, {
    tap: { ...tap, what: `${tap.what}, ${wrongKey ? 'with a wrong key' : 'as A-role'}` },
    person: forged,
  })
}

const fullDisk: Step = (play) => {
  const tablet = anyTablet(play)
  tablet.disk.isFull = true
  play.world.trace.say(tablet.name, 'disk full for one write')
}

/** Every kind of step, with how often it comes. */
export const steps: [Step, number][] = [
  [act, 50],
  [sync, 30],
  [syncAll, 8],
  [changeHands, 5],
  [cutLine, 6],
  [killTab, 4],
  [openTab, 5],
  [killServer, 2],
  [startServer, 4],
  [jumpClock, 2],
  [passTime, 6],
  [changeWeather, 2],
  [revoke, 0.7],
  [poisonTap, 1],
  [forge, 1],
  [fullDisk, 0.5],
]

/** A network as rough as the seed has it. */
export function drawWeather(rng: Rng): Weather {
  const share = (top: number) => (rng.chance(0.5) ? rng.next() * top : 0)
  return {
    ...{ lostRequest: share(0.15), lostAnswer: share(0.3), doubled: share(0.2), late: share(0.1) },
    ...{ slow: share(0.2), cutShort: share(0.1), portal: share(0.08) },
  }
}
