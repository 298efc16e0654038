import { startSync } from './leader.ts'
import { calm, type Weather } from './network.ts'
import { anyTab, anyTablet, type Step } from './play.ts'
import type { Rng } from './random.ts'
import { archiveOne } from './system-acts.ts'
import { tail } from './trace.ts'
import { update } from './tablet.ts'
import type { Tablet, World } from './world.ts'

/** The network of one tablet goes, or comes back. */
export const cutLine: Step = (play) => {
  const tablet = anyTablet(play)
  tablet.isCut = !tablet.isCut
  play.world.trace.say(tablet.name, tablet.isCut ? 'network cut' : 'network back')
}

/** A page ends: at once, or at one of its next awaits, in the middle of a tap or of taking in a frame. */
export const killTab: Step = (play) => {
  const tab = anyTab(play)
  if (!tab) return
  if (play.rng.chance(0.3)) return tab.proc.kill()
  if (play.rng.chance(0.6)) startSync(play.world, tab, 'both')
  tab.proc.fuse = play.rng.between(1, 60)
}

/** The most tabs of a tablet open at once. */
const mostTabs = 3

/** Another page of a tablet is opened. */
export const openTab: Step = (play) => {
  const free = play.world.tablets.filter((tablet) => tablet.tabs.length < mostTabs)
  if (free.length === 0) return
  const few = free.filter((tablet) => tablet.tabs.length === 0)
  const tab = play.world.openTab(play.rng.pick(few.length > 0 ? few : free))
  play.world.trace.say(tab.name, 'opened')
}

const gates = ['load', 'append', 'page'].flatMap((verb) => [`before ${verb}`, `after ${verb}`])

/** The server ends where it stands, or at the next of its steps. */
export const killServer: Step = ({ world, rng }) => {
  if (rng.chance(0.3)) world.server.kill()
  else world.server.diesAt = rng.pick(gates)
}

/** The server is started again. */
export const startServer: Step = ({ world }) => {
  if (world.server.life) return
  world.trace.say('server', 'started')
  world.server.start()
}

const hour = 3_600_000
const jumps = [hour, -hour, 24 * hour, -24 * hour, 365 * 24 * hour, -365 * 24 * hour]

/** A tablet's clock is set, rightly or not, and its crystal drifts. */
export const jumpClock: Step = (play) => {
  const { clock, name } = anyTablet(play)
  clock.offset = play.rng.chance(0.4) ? 0 : play.rng.pick(jumps)
  clock.drift = play.rng.chance(0.5) ? 0 : (play.rng.next() - 0.5) / 5_000
  play.world.trace.say(name, `clock off by ${clock.offset / hour} h${clock.drift === 0 ? '' : ', drifts'}`)
}

/** Time passes. */
export const passTime: Step = ({ world, rng }) => world.sim.pass(rng.pick([2_000, 60_000, 600_000, 2 * hour]))

/** The network becomes another. */
export const changeWeather: Step = ({ world, rng }) => {
  world.network.weather = rng.chance(0.3) ? calm : drawWeather(rng)
}

/** A network as rough as the seed has it. */
export function drawWeather(rng: Rng): Weather {
  const share = (top: number) => (rng.chance(0.5) ? rng.next() * top : 0)
  return {
    ...{ lostRequest: share(0.15), lostAnswer: share(0.3), doubled: share(0.2), late: share(0.1) },
    ...{ slow: share(0.2), cutShort: share(0.1), halfOpen: share(0.15), portal: share(0.08) },
  }
}

/** A grant, or a whole tablet, is taken back. */
export const revoke: Step = ({ world, rng, progress }) => {
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

/** The next write finds no room (F29). */
export const fullDisk: Step = (play) => {
  const tablet = anyTablet(play)
  tablet.disk.isFull = true
  play.world.trace.say(tablet.name, 'disk full for one write')
}

/** Every page of a tablet ends and it starts again. */
export function reboot(world: World, tablet: Tablet): void {
  for (const tab of tablet.tabs) tab.proc.kill()
  tablet.clock.reboot()
  world.openTab(tablet)
}

/** The battery is empty: whatever was not on the disk is gone (F30). */
export const cutPower: Step = (play) => {
  const tablet = anyTablet(play)
  play.world.trace.say(tablet.name, 'power cut')
  for (const tab of tablet.tabs) tab.proc.kill()
  tablet.disk.cutPower()
  reboot(play.world, tablet)
}

/** The app is updated while edits wait: every page reloads and runs the new build on the rows of the one before (OFF-6). */
export const updateApp: Step = (play) => {
  const old = play.world.tablets.filter((tablet) => tablet.release === 'before')
  if (old.length === 0) return
  const tablet = play.rng.pick(old)
  const waiting = tablet.disk.rows('outcome').filter((act) => act.open === 1).length
  play.world.trace.say(tablet.name, `updates its app, ${waiting} acts wait`)
  const isSlow = play.rng.chance(0.4) // one page of the old build lingers beside the new one
  for (const tab of tablet.tabs.slice(isSlow ? 1 : 0)) tab.proc.kill()
  update(tablet)
  play.world.openTab(tablet)
}

/** A row is lost, or is an older one, beneath the app: nobody is told (what the digests are for, sync.md 4.6). */
export const rot: Step = (play) => {
  const tablet = anyTablet(play)
  const { disk, name } = tablet
  const settled = disk.rows('view').filter((row) => row.after === 0 && row.kind === 'case' && row.scopes.length > 0)
  if (settled.length === 0 || play.rng.chance(0.5)) return
  const row = play.rng.pick(settled)
  disk.lose('view', row.id)
  tablet.hasRotted = true
  play.world.trace.say(name, `a row rots: case ${tail(row.id)}`)
}

/** The server forgets what left its scopes long ago; a cursor older than that begins anew (R16). */
export const forgetLeaves: Step = ({ world, rng }) => {
  const horizon = world.db.forgetLeaves(world.sim.now - rng.pick([600_000, hour, 4 * hour]))
  world.trace.say('server', `forgets what left its scopes up to ${horizon}`)
}

/** A case that is over is put away and leaves its window's tablets (R16). */
export const archive: Step = ({ world, rng }) => {
  const deps = world.server.deps()
  const ended = [...world.db.images.values()].filter(({ kind, image }) => kind === 'case' && isOver(image))
  if (!deps || ended.length === 0) return
  const { id } = rng.pick(ended)
  void archiveOne(world, deps, id).then(
    (outcome) => world.trace.say('server', `puts away case ${tail(id)}: ${String(outcome)}`),
    (error: unknown) => world.sim.fail(error),
  )
}

function isOver(image: unknown): boolean {
  const { endedAt, archivedEnd } = image as { endedAt?: number | null; archivedEnd?: number }
  return typeof endedAt === 'number' && archivedEnd !== endedAt
}
