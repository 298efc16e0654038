import type { ActDraft } from '../../client/local/act-types.ts'
import { formatCaseNumber, lastStanding, openConflicts, type Case } from '../../shared/cases/index.ts'
import type { Json } from '../../shared/core/canonical.ts'
import { items, promiseDay } from './hall-data.ts'
import type { Rng } from './random.ts'
import type { Tab, World } from './world.ts'

type Args = Record<string, Json>
type Item = (typeof items)[number]

/** What one person taps: acts that are kept together. */
export interface Tap {
  drafts: ActDraft[]
  what: string
}

const words = ['甲', '乙', '丙', '丁', '戊', '己']

/** One tap a person at this tab could make now, or null when there is nothing to do it on. */
export function drawTap(world: World, tab: Tab, rng: Rng): Tap | null {
  if (!tab.tablet.window) return rng.chance(0.9) ? resolveTap(tab, rng) : null
  const held = casesOn(tab)
  if (!items.every((item) => tab.tablet.disk.row('view', item.id))) return null // no sheet on screen yet
  if (held.length === 0 || rng.chance(receiveShare(world, held.length))) return receiveTap(world, tab, rng)
  if (rng.chance(0.12)) return handoverTap(world, tab, rng)
  return caseTap(world, tab, { held, rng })
}

/** An act on a case; the first cases are everybody's. */
function caseTap({ isContended }: World, tab: Tab, { held, rng }: { held: Case[]; rng: Rng }): Tap | null {
  const shared = held.slice(0, isContended ? 1 : 2)
  const target = rng.pick(rng.chance(isContended ? 0.9 : 0.5) ? shared : held)
  const kind = rng.weighted(isContended ? quarrels : onCase)
  const args = kind.args(target, rng, tab)
  return args ? { what: `${kind.type} #${target.number}`, drafts: [draftOn(target, kind.type, args)] } : null
}

function receiveShare({ isContended }: World, held: number): number {
  if (isContended) return 0.03
  return held < 3 ? 0.35 : 0.1
}

function casesOn(tab: Tab): Case[] {
  const found = tab.tablet.disk.rows('view').filter((row) => row.kind === 'case')
  return found.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((row) => row.image as unknown as Case)
}

function draftOn(target: Case, type: string, args: Args): ActDraft {
  return { type, kind: 'case', aggId: target.id, itemId: target.itemId, args }
}

interface OnCase {
  type: string
  args(target: Case, rng: Rng, tab: Tab): Args | null
}

const sheetOf = (target: Case): Item => items.find((item) => item.id === target.itemId)!

const accept = (rng: Rng, now: number): Args => {
  const workingDays = rng.between(1, 5)
  const on = rng.chance(0.1) ? `2026-12-${String(rng.between(10, 28))}` : promiseDay(now, workingDays)
  return { workingDays, on, level: 'ordinary', reason: `需审核${rng.pick(words)}`, beyondReason: null }
}
const conclude = (rng: Rng): Args => ({ result: rng.pick(['已办结', '已送达']), resultNote: rng.pick(words) })
const refuse = (item: Item, rng: Rng): Args => {
  const ground = item.grounds[0]!
  return {
    stage: rng.pick(['door', 'study']),
    groundId: ground.id,
    ground: ground.text,
    reason: `不符合${rng.pick(words)}`,
  }
}
const notice = (item: Item, rng: Rng): Args => {
  const lines = item.materials.filter(() => rng.chance(0.6))
  const missing = lines.map(({ id, name, how }) => ({
    materialId: id,
    name,
    how,
    state: rng.pick(['missing', 'unfit']),
  }))
  return { missing, matters: missing.length === 0 ? [`另请说明${rng.pick(words)}`] : [] }
}

const onCase: [OnCase, number][] = [
  [{ type: 'case.note', args: (_target, rng) => ({ text: `记事${rng.pick(words)}${rng.below(1000)}` }) }, 3],
  [{ type: 'case.correct', args: (_target, rng) => ({ fields: drawFields(rng) }) }, 3],
  [{ type: 'case.materialGiven', args: (target, rng) => ({ materials: drawMarks(sheetOf(target), rng) }) }, 3],
  [{ type: 'case.supplementNotice', args: (target, rng) => notice(sheetOf(target), rng) }, 2],
  [{ type: 'case.accept', args: (_target, rng, tab) => accept(rng, tab.engine.clock.wall()) }, 2],
  [{ type: 'case.conclude', args: (_target, rng) => conclude(rng) }, 3],
  [{ type: 'case.refuse', args: (target, rng) => refuse(sheetOf(target), rng) }, 1],
  [{ type: 'case.withdraw', args: (_target, rng) => ({ reason: `本人要求${rng.pick(words)}` }) }, 1],
  [{ type: 'case.take', args: () => ({}) }, 2],
  [{ type: 'case.undo', args: drawUndo }, 3],
  [{ type: 'case.resolve', args: drawChoice }, 2],
]

const apart = new Set(['case.correct', 'case.materialGiven', 'case.resolve'])
const quarrels = onCase.filter(([{ type }]) => apart.has(type))

function drawUndo(target: Case, _rng: Rng, tab: Tab): Args | null {
  const last = lastStanding(target.acts)
  return last?.actorId === tab.signedIn.signer.grant.actorId ? { act: last.cmdId } : null
}

function drawChoice(target: Case, rng: Rng): Args | null {
  const open = openConflicts(target)
  if (open.length === 0) return null
  return {
    conflictId: rng.pick(open).id,
    choice: rng.pick(['kept', 'other', 'reopen']),
    reason: `核实${rng.pick(words)}`,
  }
}

function drawFields(rng: Rng): Args {
  const all: [string, string][] = [
    ['name', `学生${rng.pick(words)}`],
    ['studentNo', `2026${String(1000 + rng.below(50))}`],
    ['phone', `1390000${String(1000 + rng.below(50))}`],
  ]
  const first = rng.pick(all)
  return Object.fromEntries([first, ...all.filter(() => rng.chance(0.2))])
}

function drawMarks(item: Item, rng: Rng): Json[] {
  const marked = item.materials.filter(() => rng.chance(0.5))
  const lines = marked.length > 0 ? marked : item.materials.slice(0, 1)
  return lines.map(({ id }) => ({ id, state: rng.pick(['present', 'present', 'unfit', 'missing', 'returned']) }))
}

/** 收件, alone or with its outcome in the same tap. */
function receiveTap(world: World, tab: Tab, rng: Rng): Tap {
  const window = tab.tablet.window!
  const itemId = rng.pick(window.items)
  const item = items.find((one) => one.id === itemId)!
  const aggId = world.uuid()
  const isComplete = rng.chance(0.6)
  const marks = item.materials.map(({ id }) => ({
    id,
    state: isComplete ? 'present' : rng.pick(['present', 'missing', 'unfit']),
  }))
  const student = { name: `学生${rng.pick(words)}`, studentNo: `2026${String(1000 + rng.below(50))}`, phone: '' }
  const receive: ActDraft = {
    ...{ type: 'case.receive', kind: 'case', aggId, itemId: item.id },
    args: ({ lane, next }) => {
      const number = formatCaseNumber({ windowCode: window.code, day: '2026-11-23', lane: lane ?? '', n: next() })
      return { number, itemId: item.id, ticket: null, student, materials: marks }
    },
  }
  const then = rng.weighted<[string, Args] | null>([
    [null, 2],
    [isComplete ? ['case.accept', accept(rng, world.sim.now)] : ['case.supplementNotice', notice(item, rng)], 2],
    [isComplete ? ['case.conclude', conclude(rng)] : ['case.refuse', refuse(item, rng)], 2],
  ])
  const outcome = then ? [{ type: then[0], kind: 'case', aggId, itemId: item.id, args: then[1] }] : []
  return { what: `case.receive ${item.code}${then ? ` + ${then[0]}` : ''}`, drafts: [receive, ...outcome] }
}

/** 交班 by one person, 接班 by the other. */
function handoverTap(world: World, tab: Tab, rng: Rng): Tap {
  const open = tab.tablet.disk.rows('view').filter((row) => row.kind === 'handover')
  const target = open.toSorted((a, b) => (a.id < b.id ? -1 : 1)).at(-1)
  const base = { kind: 'handover', itemId: null }
  if (target && rng.chance(0.6)) {
    const args = { remarks: rng.chance(0.3) ? [{ lineId: 'line-1', remark: `缺${rng.pick(words)}` }] : [] }
    return { what: 'handover.confirm', drafts: [{ ...base, type: 'handover.confirm', aggId: target.id, args }] }
  }
  const lines = [{ id: 'line-1', about: 'word', caseId: null, text: `转告${rng.pick(words)}` }]
  return { what: 'handover.open', drafts: [{ ...base, type: 'handover.open', aggId: world.uuid(), args: { lines } }] }
}

function resolveTap(tab: Tab, rng: Rng): Tap | null {
  const contended = casesOn(tab).filter((target) => openConflicts(target).length > 0)
  if (contended.length === 0) return null
  const target = rng.pick(contended)
  const args = drawChoice(target, rng)
  return args ? { what: `case.resolve #${target.number}`, drafts: [draftOn(target, 'case.resolve', args)] } : null
}
