import { anyTablet, type Step } from './play.ts'
import { reboot } from './steps-faults.ts'
import { buildBefore } from './tablet.ts'
import type { World } from './world.ts'

/** What a tablet's disk holds now is what it will hold again after a power cut. */
export const keepDisk: Step = (play) => {
  const tablet = anyTablet(play)
  if (tablet.release === 'this' && !tablet.hasUpdated) tablet.old = tablet.disk.image()
}

/** The disk had answered and not kept: it is as it was, and `seq` is used again (R6). */
export const fork: Step = (play) => {
  const { world, confirmed } = play
  const tablet = world.tablets.find(({ old, forks }) => old !== null && forks === 0)
  if (!tablet?.old) return
  for (const tab of tablet.tabs) tab.proc.kill()
  tablet.disk.put(tablet.old)
  tablet.old = null
  tablet.forks += 1
  const kept = confirmed.filter((act) => act.tablet !== tablet || tablet.disk.row('outcome', act.cmdId) !== undefined)
  world.trace.say(tablet.name, `disk put back, ${confirmed.length - kept.length} acts are gone`)
  confirmed.splice(0, confirmed.length, ...kept)
  reboot(world, tablet)
}

/** A copy of the server's database is made. */
export const backUp: Step = ({ world }) => {
  if (world.restores === 0) world.backup = world.db.backup()
}

/** The server is put back to it (F22, F48). */
export const restore: Step = ({ world }) => {
  const { backup, db } = world
  if (!backup || backup.log.length === db.log.length || hasBuildBefore(world)) return
  world.server.kill()
  for (const row of db.log.slice(backup.log.length)) world.forgotten.set(row.cmdId, row)
  world.backup = null
  world.restores += 1
  world.trace.say('server', `put back from ${db.log.length} to ${backup.log.length}`)
  db.restore(backup, world.uuid())
}

/** The release before knew nothing of a server's lives, nor do pages of it that linger after an update. */
const hasBuildBefore = ({ tablets, tabs }: World): boolean =>
  tablets.some(({ release }) => release === 'before') || tabs.some(({ engine }) => engine.app === buildBefore)
