import { expect, test } from 'vitest'
import { settleFrame } from '../../client/local/settle.ts'
import type { OutcomeRow } from '../../client/local/store.ts'
import type { Frame } from '../../shared/wire/frame.ts'
import { Rng } from './random.ts'
import { soundParts, World } from './world.ts'

const row = (ver: number): Frame['rows'][number] => ({
  ...{ kind: 'calendar', id: 'R', ver, scopes: ['supervisor'] },
  image: { year: 2026, ver },
})
const leave = { kind: 'calendar', id: 'R', scope: 'supervisor' }

const settledAct = (ver: number): OutcomeRow => ({
  ...{ cmdId: 'act', streamId: 's', seq: 1, hash: 'h', kind: 'calendar', aggId: 'R', type: 'calendar.set' },
  ...{ actorId: 'p', actorName: '示例', at: 1, state: 'settled', open: 0 },
  ...{ outcome: 'applied', code: null, detail: null, ver, acknowledged: 1 },
})

interface Page extends Partial<Pick<Frame, 'rows' | 'leaves' | 'isLast'>> {
  stamp?: string | null
  since?: number
  /** A push's answer moves no cursor. */
  isPush?: boolean
}

/** The supervisor's PC, caught up to position 5, and a way to hand it page answers in any order. */
function caughtUpPc() {
  const world = new World(new Rng(1), soundParts)
  const pc = world.addTablet(null, { grantHours: 168, people: 1 })
  pc.disk.seed('scope', [{ scope: 'supervisor', cursor: 5, stamp: null }])
  const { engine } = world.openTab(pc)
  const take = async (
    pos: number,
    { rows = [], leaves = [], stamp = null, since = 5, isLast = true, isPush }: Page,
  ) => {
    const clock = { t1: 0, t2: 0 }
    const frame: Frame = {
      ...{
        epoch: world.db.epoch,
        lastSeq: 0,
        results: [],
        rows,
        leaves,
        pos,
        cursor: pos,
        isLast,
        clock,
        minSchema: 1,
      },
    }
    const { streamId } = pc
    const cursorScopes = isPush === true ? [] : ['supervisor']
    const asked = { streamId, scopes: ['supervisor'], stamp, sample: null, cursorScopes, since }
    const settled = settleFrame(engine, frame, asked)
    await world.sim.pump(200)
    await settled
  }
  return { pc, take }
}

test('[I10] [I20] a leave in an answer older than what is held takes nothing away', async () => {
  const { pc, take } = caughtUpPc()
  await take(12, { rows: [row(3)] })
  await take(11, { leaves: [leave] })
  expect(pc.disk.row('view', 'R')?.ver).toBe(3)
  expect(pc.disk.row('scope', 'supervisor')?.cursor).toBe(12)
})

test('[I6] [I20] a row in an answer older than its leave does not come back', async () => {
  const { pc, take } = caughtUpPc()
  await take(9, { rows: [row(2)] })
  await take(11, { leaves: [leave] })
  await take(9, { rows: [row(2)] })
  expect(pc.disk.row('view', 'R')).toBeUndefined()
})

test('[I25] what an own act put out of sight does not come back by a late answer from before that act', async () => {
  const { pc, take } = caughtUpPc()
  pc.disk.seed('outcome', [settledAct(3)])
  await take(12, { isPush: true })
  await take(11, { rows: [row(2)], isPush: true })
  expect(pc.disk.row('view', 'R')).toBeUndefined()
  await take(11, { rows: [row(3)], isPush: true })
  expect(pc.disk.row('view', 'R')?.ver).toBe(3)
})

test('[I10] [I20] a snapshot that another tab began anew ends with all its rows, whatever the first one still brings', async () => {
  const { pc, take } = caughtUpPc()
  pc.disk.seed('scope', [{ scope: 'supervisor', cursor: 0, stamp: 'second' }])
  await take(3, { rows: [row(1)], stamp: 'second', since: 0, isLast: false })
  await take(3, { rows: [row(1)], stamp: 'first', since: 0, isLast: false })
  await take(6, { stamp: 'second', since: 3 })
  expect(pc.disk.row('view', 'R')?.ver).toBe(1)
  await take(7, { stamp: 'first', since: 3 })
  expect(pc.disk.row('view', 'R')?.ver).toBe(1)
  expect(pc.disk.row('scope', 'supervisor')).toMatchObject({ scope: 'supervisor', cursor: 6, stamp: null })
})

test('[T2] a row or a leave of another kind under a known id takes nothing away, however new it is', async () => {
  const { pc, take } = caughtUpPc()
  await take(9, { rows: [row(2)] })
  await take(11, { rows: [{ ...row(7), kind: 'handover', image: { state: 'open', windowId: 'w', openedAt: 1 } }] })
  await take(12, { leaves: [{ ...leave, kind: 'handover' }] })
  expect(pc.disk.row('view', 'R')).toMatchObject({ kind: 'calendar', ver: 2, image: { year: 2026 } })
})
