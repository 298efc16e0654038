import { commitActs } from '../../client/local/commit.ts'
import type { ActDraft } from '../../client/local/act-types.ts'
import type { TableName } from '../../client/local/store.ts'
import { exchange, type Exchanged } from '../../client/sync/exchange.ts'
import { pullOnce } from '../../client/sync/pull.ts'
import { pushOnce } from '../../client/sync/push.ts'
import { nbuItems } from '../../shared/profiles/items/nbu.ts'
import { windows } from '../sim/hall-data.ts'
import { Rng } from '../sim/random.ts'
import type { Tab, Tablet } from '../sim/tablet.ts'
import { soundParts, World } from '../sim/world.ts'

/** The item received. */
const item = nbuItems.find((one) => one.id === 'nbu:XG-001@1')!

/** A hall with tablets that are caught up; nothing is random but the order of turns, which the seed gives. */
export class Hall {
  readonly world = new World(new Rng(7), soundParts)

  async run<R>(work: Promise<R>): Promise<R> {
    let isDone = false
    const end = () => (isDone = true)
    work.then(end, end)
    for (let i = 0; i < 200 && !isDone; i += 1) await this.world.sim.pump(200)
    return work
  }

  async tablet(): Promise<Tab> {
    const tablet = this.world.addTablet(
      windows.find((one) => one.id === item.windowId)!,
      { grantHours: 168, people: 1 },
    )
    const tab = this.world.openTab(tablet)
    await this.sync(tab)
    return tab
  }

  async push(tab: Tab): Promise<void> {
    while ((await this.run(pushOnce(tab.engine))).sent > 0);
  }

  async sync(tab: Tab): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) {
      await this.push(tab)
      for (let i = 0; i < 12; i += 1) await this.run(pullOnce(tab.engine))
    }
  }

  async act(tab: Tab, ...drafts: ActDraft[]): Promise<string[]> {
    const { signer, role, windowId } = tab.tablet.people[0]!
    const kept = await this.run(commitActs(tab.engine, { signer, role, windowId, shiftId: null }, drafts))
    if (!kept.kept) throw new Error(`not kept: ${kept.code}`)
    return kept.acts.map((one) => one.cmdId)
  }

  receive(tab: Tab): Promise<string[]> {
    return this.act(tab, received(this.world.uuid()))
  }
}

/** One turn of a leader's loop. */
export const turn = (hall: Hall, { engine }: Tab): Promise<Exchanged> =>
  hall.run(exchange(engine, new AbortController().signal))

/** A receipt with every material there. */
export const received = (aggId: string): ActDraft => ({
  ...{ type: 'case.receive', kind: 'case', aggId, itemId: item.id },
  args: (mint) => ({
    ...{ number: `XS-261120-${String(mint.lane)}-${String(mint.next())}`, itemId: item.id, ticket: null },
    student: { name: '示例·王同学', studentNo: '2024000117', phone: '' },
    materials: item.materials.map(({ id }) => ({ id, state: 'present' })),
  }),
})
/** A note on a case. */
export const note = (aggId: string, text: string): ActDraft => ({
  ...{ type: 'case.note', kind: 'case', aggId, itemId: item.id, args: { text } },
})
/** The phone put right. */
export const phone = (aggId: string, to: string): ActDraft => ({
  ...{ type: 'case.correct', kind: 'case', aggId, itemId: item.id, args: { fields: { phone: to } } },
})

type Disk = Map<TableName, Map<string, never>>
/** All that is on the disk. */
export const copyOf = ({ disk }: Tablet): Disk =>
  new Map([...disk.tables].map(([name, rows]) => [name, new Map(rows) as Map<string, never>]))

/** The power was cut: the disk is as it was at the last flush, the page starts anew. */
export function cutBack(hall: Hall, tab: Tab, disk: Disk): Tab {
  for (const [name, rows] of tab.tablet.disk.tables) {
    rows.clear()
    for (const [key, row] of disk.get(name)!) rows.set(key, row)
  }
  tab.proc.kill()
  return hall.world.openTab(tab.tablet)
}

/** The tablet's acts in the order they were done. */
export const outcomes = ({ tablet }: Tab) =>
  tablet.disk.rows('outcome').toSorted((a, b) => (a.ord ?? a.seq) - (b.ord ?? b.seq))
/** Where each act is. */
export const words = (tab: Tab) => outcomes(tab).map((act) => `${act.state} ${String(act.outcome)}`)
/** What the tablet shows of a case. */
export const caseOf = (tab: Tab, id: string) => tab.tablet.disk.row('view', id)
/** The acts that a case shows. */
export const actsIn = (tab: Tab, id: string) =>
  ((caseOf(tab, id)?.image['acts'] ?? []) as { cmdId: string }[]).map((one) => one.cmdId)
/** Where acts stand in the log. */
export const placesOf = (hall: Hall, ids: string[]) =>
  ids.map((id) => hall.world.db.byCmdId(id)).map((row) => [row?.streamId, row?.branch, row?.seq, row?.outcome])
/** Every case number of the hall. */
export const numbers = (hall: Hall) =>
  [...hall.world.db.images.values()]
    .filter(({ kind }) => kind === 'case')
    .map(({ image }) => (image as { number: string }).number)

/** A tablet that lost two acts to a power cut, which the server has. */
export async function forked() {
  const hall = new Hall()
  let tab = await hall.tablet()
  const first = await hall.receive(tab)
  await hall.push(tab)
  const disk = copyOf(tab.tablet)
  const lost = [...(await hall.receive(tab)), ...(await hall.receive(tab))]
  await hall.push(tab)
  tab = cutBack(hall, tab, disk)
  return { hall, tab, first, lost, stream: tab.tablet.streamId }
}
