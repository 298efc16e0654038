import * as lives from './bugs-lives.ts'
import * as server from './bugs-server.ts'
import * as tablet from './bugs-tablet.ts'
import { soundParts, type Parts } from './world.ts'

/** A bug planted by wrapping an adapter: no line of the product knows of it. */
export interface PlantedBug {
  name: string
  /** The invariants that must be the ones to fail. */
  invariants: readonly string[]
  parts(): Parts
}

const onTablet = (parts: Partial<Parts>) => (): Parts => ({ ...soundParts, ...parts })

/** Every bug that is planted. */
export const plantedBugs: readonly PlantedBug[] = [
  { name: 'a sequence as the cursor', invariants: ['I5', 'I6', 'I7', 'I10'], parts: server.sequenceCursor },
  { name: 'the cursor is saved before the rows', invariants: ['I10'], parts: onTablet({ local: tablet.cursorFirst }) },
  {
    name: 'envelope and view in two transactions',
    invariants: ['I1', 'I8'],
    parts: onTablet({ local: tablet.viewLater }),
  },
  {
    name: 'acts leave the outbox at the HTTP answer',
    invariants: ['I21'],
    parts: onTablet({ net: tablet.dropAtAnswer }),
  },
  { name: 'any 200 counts as an answer', invariants: ['I24'], parts: onTablet({ net: tablet.anyAnswerCounts }) },
  { name: 'a repeated push is decided again', invariants: ['I2'], parts: server.noDedupe },
  { name: 'two pushers: append does not look what has moved', invariants: ['I2', 'I15'], parts: server.unchecked },
  { name: 'acts are logged as the one who carries them', invariants: ['I11'], parts: server.carrierNamed },
  { name: 'a command that always fails does not advance the stream', invariants: ['I4'], parts: server.stuckPoison },
  { name: 'results and images are read at two moments', invariants: ['I25'], parts: server.twoMoments },
  { name: 'rights are read from what the tablet says', invariants: ['I12'], parts: server.rightsFromTablet },
  { name: 'a fact that meets another value is refused', invariants: ['I13'], parts: server.factRefused },
  { name: 'a wrong clock holds the act', invariants: ['I19'], parts: server.clockTrusted },
  { name: 'the log is edited after it was linked', invariants: ['I18'], parts: server.logEdited },
  {
    name: 'acts are answered before they are on the disk',
    invariants: ['I1'],
    parts: onTablet({
      disk: (disk) => {
        disk.isRelaxed = true
      },
    }),
  },
  { name: 'a page reads all that is stored', invariants: ['I23'], parts: onTablet({ local: tablet.readsAll }) },
  {
    name: "the server's digest is taken for the tablet's own",
    invariants: ['I6', 'I7', 'I10'],
    parts: () => ({ ...soundParts, ...tablet.adoptsDigests() }),
  },
  { name: 'a fork is accepted as the same', invariants: ['I24'], parts: onTablet({ net: lives.forkIsSame }) },
  {
    name: 'a restore is ignored',
    invariants: ['I4', 'I22'],
    parts: () => ({ ...soundParts, ...lives.restoreIgnored() }),
  },
  {
    name: 'the end of a snapshot takes rows with unsettled acts',
    invariants: ['I4', 'I8', 'I25'],
    parts: onTablet({ local: tablet.snapshotTakesAll }),
  },
]
