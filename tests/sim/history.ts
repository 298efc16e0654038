import { windows } from './hall-data.ts'
import {
  allAttributed,
  allConverged,
  allDecided,
  allKept,
  allRestored,
  allTrulyTold,
  chainsHold,
  numbersUnique,
  refusalsShown,
  updatesDrained,
  type Confirmed,
} from './invariants-rest.ts'
import { owesLook } from '../../client/sync/recheck.ts'
import { digestsEqual } from './invariants-digest.ts'
import { PullWatch } from './invariants-pull.ts'
import { ServerWatch } from './invariants-server.ts'
import { TabletWatch } from './invariants-tablet.ts'
import { marksOf, type Marks } from './marks.ts'
import type { MemoryDisk } from './memory-store.ts'
import { calm } from './network.ts'
import { mixSeeds, Rng } from './random.ts'
import { startSync } from './leader.ts'
import type { Play } from './play.ts'
import { drawWeather } from './steps-faults.ts'
import { steps } from './steps.ts'
import { buildBefore, update } from './tablet.ts'
import { takeChecks, Violation, type Checks } from './violation.ts'
import { soundParts, World, type Parts } from './world.ts'

/** One history: its seed, the steps left out by the shrinker, and the planted bug if there is one. */
export interface Plan {
  seed: number
  skip?: ReadonlySet<number>
  /** Play no step from here on. */
  until?: number
  parts?: () => Parts
  /** Tell the whole history, also when it holds. */
  keepsTrace?: boolean
}

/** How a history ended: the failure if any, and what it went through. */
export interface Ended {
  seed: number
  failure: { invariant: string; message: string; stack: string } | null
  /** Steps played until it ended or failed. */
  steps: number
  turns: number
  logged: number
  marks: Marks
  /** How often each invariant was looked at. */
  checks: Checks
  trace: string[]
}

const maxRounds = 10

/** Play the history of a seed: the same seed gives the same history, always. */
export async function playHistory({
  seed,
  skip = new Set(),
  until = Infinity,
  parts = () => soundParts,
  keepsTrace = false,
}: Plan): Promise<Ended> {
  takeChecks()
  const rng = new Rng(mixSeeds(seed, 0))
  const world = buildWorld(rng, parts())
  const confirmed: Confirmed[] = []
  const count = rng.between(150, 250)
  let failure: Ended['failure'] = null
  let played = 0
  try {
    await enrol({ world, confirmed, rng, progress: 0 })
    for (; played < Math.min(count, until); played += 1) {
      if (!skip.has(played)) await playStep({ world, confirmed }, { seed, i: played, count })
    }
    world.sim.rng = new Rng(mixSeeds(seed, 1_000_003))
    await comeToRest({ world, confirmed, rng: world.sim.rng, progress: 1 })
    atRest(world, confirmed)
  } catch (error) {
    failure = failureOf(error)
    world.trace.say('FAILURE', failure.message)
  }
  return {
    seed,
    failure,
    steps: played,
    turns: world.sim.turns,
    logged: world.db.log.length,
    marks: marksOf(world),
    checks: takeChecks(),
    trace: failure || keepsTrace ? world.trace.lines : [],
  }
}

function buildWorld(rng: Rng, parts: Parts): World {
  const world = new World(rng, parts)
  world.sim.directShare = 0.3 + rng.next() * 0.65
  world.server.pageLimit = rng.pick([500, 500, 7, 3])
  world.isContended = rng.chance(0.2)
  addDevices(world, rng)
  new ServerWatch(world)
  const isMixed = rng.chance(0.3)
  for (const tablet of world.tablets) {
    if (isMixed && rng.chance(0.6)) tablet.release = 'before'
    new TabletWatch(world, tablet)
    new PullWatch(world, tablet)
    for (let i = world.isContended ? 2 : rng.between(1, 2); i > 0; i -= 1) world.openTab(tablet)
  }
  return world
}

/** Two to eight tablets, mostly of one window, and often the supervisor's PC; some have a grant for a few hours only. */
function addDevices(world: World, rng: Rng): void {
  const { isContended } = world
  const isOneWindow = isContended || rng.chance(0.8)
  const grantHours = rng.pick([168, 168, 168, 6])
  for (let i = isContended ? 2 : rng.weighted(howMany); i > 0; i -= 1) {
    const window = isOneWindow || rng.chance(0.6) ? windows[0] : windows[1]
    world.addTablet(window, { grantHours, people: isContended ? 2 : rng.between(1, 3) })
  }
  if (isContended || rng.chance(0.5)) world.addTablet(null, { grantHours, people: 1 })
}

/** How many tablets, and how often: few meet more often in the same number of steps. */
const howMany: [number, number][] = [
  ...([
    [2, 30],
    [3, 25],
    [4, 18],
    [5, 10],
    [6, 8],
    [7, 5],
    [8, 4],
  ] as [number, number][]),
]

/** Most tablets have taken in the hall when the day begins; some begin with nothing. */
async function enrol(play: Play): Promise<void> {
  const { world, rng } = play
  for (const tablet of world.tablets) if (rng.chance(0.85)) startSync(world, tablet.tabs[0]!, 'pull')
  await world.sim.pass(10_000)
  world.network.weather = { ...drawWeather(rng), ...(world.isContended ? { slow: 0.4 } : {}) } // answers cross each other
}

async function playStep(
  { world, confirmed }: Pick<Play, 'world' | 'confirmed'>,
  { seed, i, count }: { seed: number; i: number; count: number },
): Promise<void> {
  const rng = new Rng(mixSeeds(seed, i + 1))
  world.sim.rng = rng
  const step = rng.weighted(steps)
  await step({ world, rng, confirmed, progress: i / count })
  await world.sim.pump(rng.chance(0.2) ? 200 : rng.below(40))
  if (i % 16 === 0) allKept(confirmed)
}

/** Everything heals: late requests arrive, then each tablet syncs until nothing waits, in a bounded number of rounds (I4). */
async function comeToRest(play: Play): Promise<void> {
  const { world } = play
  world.trace.say('—', 'the network heals')
  world.network.weather = calm
  world.server.diesAt = null
  world.server.start()
  for (const tab of world.tabs) tab.proc.fuse = null
  for (const tablet of world.tablets) {
    tablet.isCut = false
    tablet.disk.isFull = false
    for (const tab of tablet.tabs) if (tab.engine.app === buildBefore) tab.proc.kill()
    update(tablet)
    if (tablet.tabs.length === 0) world.openTab(tablet)
  }
  await world.sim.pass(5 * 3_600_000)
  await rounds(world, () => isAtRest(world))
  if (!world.tablets.some((tablet) => tablet.hasRotted)) return
  await world.sim.pass(25 * 3_600_000) // rows are counted again once a day, and compared at the pull after
  await rounds(world, () => false)
}

async function rounds(world: World, isDone: () => boolean): Promise<void> {
  for (let round = 0; round < maxRounds && !isDone(); round += 1) {
    for (const tablet of world.tablets) startSync(world, tablet.tabs[0]!, 'both')
    await world.sim.pass(300_000)
  }
}

function isAtRest({ tablets, db }: World): boolean {
  return tablets.every(({ disk, device }) => {
    if (device.revokedAt !== null) return disk.rows('outcome').every((act) => act.state !== 'pending')
    const isCaughtUp = disk
      .rows('scope')
      .every(({ cursor, stamp, digest }) => cursor === db.log.length && stamp === null && digest)
    return isCaughtUp && owesNoLook(disk) && disk.rows('outcome').every((act) => act.open === 0)
  })
}

/** Whether no stream is left that a restored server is to be asked about. */
function owesNoLook(disk: MemoryDisk): boolean {
  const server = disk.row('meta', 'server')
  return server?.key === 'server' && !owesLook(server)
}

function atRest(world: World, confirmed: readonly Confirmed[]): void {
  allKept(confirmed)
  allRestored(world)
  allDecided(world)
  allTrulyTold(world)
  updatesDrained(world)
  allAttributed(world, confirmed)
  allConverged(world)
  digestsEqual(world)
  refusalsShown(world)
  numbersUnique(world)
  chainsHold(world)
}

function failureOf(error: unknown): NonNullable<Ended['failure']> {
  const thrown = error instanceof Error ? error : new Error(String(error))
  const invariant = thrown instanceof Violation ? thrown.invariant : 'bug'
  return { invariant, message: thrown.message, stack: thrown.stack ?? '' }
}
