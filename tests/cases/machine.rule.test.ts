import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  beforeEnd,
  caseMachine,
  caseMoves,
  moveFrom,
  statesAtWork,
  statesEnded,
  type CaseMove,
  type CaseState,
} from '../../shared/cases/index.ts'
import { commands } from '../../shared/commands.ts'
import type { Json } from '../../shared/core/canonical.ts'
import type { Decision } from '../../shared/core/kernel.ts'
import type { Role } from '../../shared/core/roles.ts'
import { personA, personB, playCase, supervisor, uuidOf, type Step } from '../support/play.ts'

const states: readonly CaseState[] = [...statesAtWork, ...statesEnded]
const moves = Object.keys(caseMoves) as CaseMove[]
const root = join(import.meta.dirname, '../..')

type Play = ReturnType<typeof playCase>
const system = { id: 'system', name: '系统', role: 'system' as Role, device: 9 }

/** One case at the campus card window, with everything brought; the card is charged for. */
function received(): Play {
  const play = playCase('nbu', '校园卡补办')
  play.receive()
  return play
}

const say: Record<CaseMove, (play: Play) => Record<string, Json>> = {
  accept: () => ({ workingDays: 2, on: '2026-11-24', level: 'ordinary', reason: '示例：制卡', beyondReason: null }),
  notice: () => ({ missing: [], matters: ['示例：请先挂失'] }),
  complete: ({ item }) => ({ materials: item.materials.map(({ id }) => ({ id, state: 'present' })) }),
  conclude: () => ({ result: '示例：已办', resultNote: '' }),
  decline: (play) => refusing(play, 'door'),
  refuse: (play) => refusing(play, 'study'),
  giveBack: () => ({ why: 'elsewhere', reason: '示例：由学院受理' }),
  withdraw: () => ({ reason: '示例：不办了' }),
  pause: () => ({ reason: '示例：系统升级' }),
  resume: () => ({}),
  resumeWaiting: () => ({}),
  transfer: () => ({ to: 'careers', text: '示例：请接着办' }),
  takeOver: () => ({}),
  charge: () => ({ amount: 1500, basis: '示例：校内标准', standard: '每张 15 元', payAt: '示例·财务处' }),
  receiptNo: () => ({ receiptNumber: 'HZ-1001', paidOn: '2026-11-20' }),
  appeal: () => ({ about: 'shouldHaveAccepted', text: '示例：材料齐了' }),
  uphold: (play) => ({ key: play.image().appeals?.[0]?.key ?? '', outcome: 'upheld', reason: '示例：应当办理' }),
  join: () => ({ conflictId: `twin:${uuidOf(77)}`, choice: 'join', reason: '示例：同一件' }),
  reopen: (play) => ({ conflictId: play.image().conflicts[0]?.id ?? '', choice: 'reopen', reason: '示例：重办' }),
}

function refusing({ item }: Play, stage: string): Record<string, Json> {
  const [ground] = item.grounds
  return { stage, groundId: ground?.id ?? '', ground: ground?.text ?? '', reason: '示例：不符合' }
}

const doing = (play: Play, move: CaseMove, how: Step = {}): Decision =>
  play.step(caseMoves[move].command, say[move](play), how)

/** The shortest way into each state. */
const reached: Record<CaseState, CaseMove[]> = {
  ...{ open: [], waiting: ['notice'], paused: ['pause'], disputed: ['withdraw', 'conclude'] },
  ...{ concluded: ['conclude'], refused: ['refuse'], declined: ['decline'], returned: ['giveBack'] },
  ...{ withdrawn: ['withdraw'], voided: [] },
}

/** What a move needs before it, whatever the state it is then tried in. */
const needs: Partial<Record<CaseMove, (play: Play) => unknown>> = {
  receiptNo: (play) => doing(play, 'charge'),
  takeOver: (play) => doing(play, 'transfer'),
  join: (play) => play.step('case.twin', twin, { by: system }),
  resumeWaiting: (play) => doing(play, 'notice'),
}

function inState(state: CaseState, move: CaseMove): Play {
  const play = received()
  needs[move]?.(play)
  for (const before of reached[state]) doing(play, before, { saw: play.row() })
  if (state === 'voided') play.step('case.undo', { act: play.image().acts[0]?.cmdId ?? '' })
  if (move === 'uphold') doing(play, 'appeal')
  return play
}

const twin = {
  other: {
    ...{ caseId: uuidOf(77), number: 'TS-261120-K7-9', cmdId: uuidOf(78), actorId: 'b', actorName: '示例·乙' },
    ...{ role: 'roleB', deviceId: uuidOf(2), at: 0, online: true },
  },
  stands: 'earlier',
}

const by: Partial<Record<CaseMove, Step>> = {
  uphold: { by: supervisor },
  reopen: { by: supervisor },
  takeOver: { by: personB, window: 'careers' },
}

// What the way into a state changes on its own: a voided receipt has had no other act, so some moves never meet it.
const impossible = (state: CaseState, move: CaseMove): boolean =>
  state === 'voided' && ['receiptNo', 'takeOver', 'uphold', 'join', 'resumeWaiting'].includes(move)

const cells = states.flatMap((state) =>
  moves.filter((move) => !impossible(state, move)).map((move) => [state, move] as const),
)

test.each(cells)('[NBU-7] [SSC-20.2] %s × %s: the command does what the table of states says', (state, move) => {
  const play = inState(state, move)
  // 恢复 of a case that waits for the student is a matter of how it was paused.
  const before = play.image().state
  if (before !== state) return expect([state, move, before]).toEqual(['open', 'resumeWaiting', 'waiting'])
  const { to, is } = moveFrom(state, move)
  const { verdict } = doing(play, move, by[move] ?? { by: personA })
  expect([move, play.image().state]).toEqual([move, to])
  if (is === 'refused') return expect(verdict.outcome).toBe('rejected')
  if (is === 'offered') expect([verdict.outcome, verdict.flags.filter((flag) => flag.stops)]).toEqual(['applied', []])
  else expect([verdict.outcome === 'applied', verdict.flags.length === 0]).not.toEqual([true, true])
})

const drawing = readFileSync(join(root, 'docs/case-states.md'), 'utf8')
const arrows = [...drawing.matchAll(/^ {2}(\w+) --> (\w+): (.+)$/gm)].flatMap(([, from, to, words = '']) =>
  words.split('；').map((word) => `${from ?? ''} → ${to ?? ''}: ${word}`),
)

test('[NBU-7] [SSC-20.2] the drawing of the states shows every move the table offers that leads elsewhere, and no other', () => {
  const offered = cells
    .map(([state, move]) => ({ state, move, ...moveFrom(state, move) }))
    .filter(({ state, to, is }) => is === 'offered' && state !== to)
    .map(({ state, move, to }) => `${state} → ${to}: ${caseMoves[move].word}`)
  expect(arrows.toSorted()).toEqual(offered.toSorted())
  for (const state of states) expect(drawing).toMatch(new RegExp(`^ {2}state "[^"]+" as ${state}$`, 'm'))
  for (const state of statesEnded) expect(drawing).toContain(`  ${state} --> [*]`)
})

test('[SSC-20.2] [SSC-20.3] the drawing says what must stand before 办结, kind by kind, as the rule has it', () => {
  const words = { instant: '即办件', committed: '承诺件', joint: '联办件' }
  for (const [kind, before] of Object.entries(beforeEnd)) {
    const line = `| ${words[kind as keyof typeof words]} | ${before.length > 0 ? before.join('、') : '材料齐全'} |`
    expect(drawing).toContain(line)
  }
  const play = playCase('nbu')
  play.receive()
  const early = play.step('case.conclude', say.conclude(play))
  expect(early.verdict.flags.map(({ code }) => code)).toContain('notInstant')
})

test('only commands of the table move a case: no other file of the room writes its state', () => {
  const moving = new Set<string>(Object.values(caseMoves).map(({ command }) => command))
  const known = new Set([...commands.values()].map(({ type }) => type))
  expect([...moving].filter((type) => !known.has(type))).toEqual([])
  const beside = new Set(['case.receive', 'case.undo', 'case.resolve', ...moving])
  const folder = join(root, 'shared/cases')
  const writing = readdirSync(folder).filter((name) =>
    /set\('state'|endChanges\('/.test(readFileSync(join(folder, name), 'utf8')),
  )
  const types = writing.flatMap(
    (name) => /type: '(case\.[\w.]+)'/.exec(readFileSync(join(folder, name), 'utf8'))?.[1] ?? [],
  )
  expect(types.filter((type) => !beside.has(type))).toEqual([])
})

test('[ZJJ-24] the table is whole: every state answers every move', () => {
  expect(Object.keys(caseMachine).toSorted()).toEqual(states.toSorted())
  for (const row of Object.values(caseMachine)) expect(Object.keys(row).toSorted()).toEqual(moves.toSorted())
})
