import { startSync } from './leader.ts'
import { anyTab, anyTablet, type Step } from './play.ts'
import * as fault from './steps-faults.ts'
import * as lives from './steps-lives.ts'
import * as people from './steps-people.ts'

const sync: Step = (play) => {
  const tab = anyTab(play)
  if (tab) startSync(play.world, tab, play.rng.pick(['push', 'pull', 'both', 'both']))
}

/** Two leaders at once, or several tablets at the same moment. */
const syncAll: Step = (play) => {
  const tabs = play.rng.chance(0.5) ? play.world.tabs : anyTablet(play).tabs
  for (const tab of tabs) startSync(play.world, tab, 'both')
}

/** Every kind of step, with how often it comes. */
export const steps: [Step, number][] = [
  [people.act, 50],
  [sync, 30],
  [syncAll, 8],
  [people.changeHands, 5],
  [people.poisonTap, 1],
  [people.forge, 1],
  [fault.cutLine, 6],
  [fault.killTab, 5],
  [fault.openTab, 6],
  [fault.killServer, 2.5],
  [fault.startServer, 4],
  [fault.jumpClock, 2],
  [fault.passTime, 6],
  [fault.changeWeather, 2],
  [fault.revoke, 0.7],
  [fault.fullDisk, 0.7],
  [fault.cutPower, 0.7],
  [fault.updateApp, 1],
  [fault.rot, 0.3],
  [fault.forgetLeaves, 0.5],
  [fault.archive, 1.5],
  [lives.keepDisk, 1.2],
  [lives.fork, 0.8],
  [lives.backUp, 0.8],
  [lives.restore, 0.5],
]
