import { timeEdits } from './edits.ts'
import { editAndSend, lead, openIds, whenShown } from './leading.ts'
import { timeLights, timeSearch } from '../list-samples.ts'
import { comeBack, reachPosition, standing, workDays } from './outage.ts'
import { catchUp, pullAll, rawCatchUp, rawPull, shareView } from './pulls.ts'
import { makeEdits, pushAll } from './pushes.ts'
import { receiveSome, signUp, streamId } from './tablet.ts'

const bench = {
  timeSearch,
  timeLights,
  signUp,
  receiveSome,
  streamId,
  pullAll,
  shareView,
  rawPull,
  catchUp,
  rawCatchUp,
  makeEdits,
  pushAll,
  timeEdits,
  lead,
  openIds,
  whenShown,
  editAndSend,
  workDays,
  comeBack,
  reachPosition,
  standing,
}

/** What the runner calls in the page: the app's own local store and sync, and raw IndexedDB beside it. */
export type BenchPage = typeof bench

declare global {
  interface Window {
    bench: BenchPage
  }
}

window.bench = bench
