import { expect, test } from 'vitest'
import { aggregates } from '../../shared/aggregates.ts'
import { commands } from '../../shared/commands.ts'
import { upcasters } from '../../shared/upcasters.ts'
import { anyKind, type CommandRegister } from '../../shared/core/command.ts'
import { windowCommands } from '../../shared/window-commands.ts'
import { mergeRules } from '../../shared/merge-rules.ts'
import { recordings, shippedIn } from '../sync/recorded-commands.ts'
import { read } from './tree.ts'

const inOrder = (register: CommandRegister): string[] => [...register.values()].map(({ type, v }) => `${type}@${v}`)
const types = inOrder(commands)
const kinds = [...aggregates.keys()]
const words = new Set(
  [...read('docs/glossary.md').matchAll(/^\| `([\w.]+)` \| [^|]*\p{Script=Han}[^|]* \|/gmu)].map(([, word]) => word),
)

test('the registers stand in order, so that two branches meet in different lines', () => {
  expect(types).toEqual(types.toSorted())
  expect(kinds).toEqual(kinds.toSorted())
})

test('what a tablet has at once is part of the whole register', () => {
  expect([...windowCommands].filter(([key, def]) => commands.get(key) !== def)).toEqual([])
})

test('each command and each aggregate is in the glossary with its 中文', () => {
  const needed = [...[...commands.values()].map(({ type }) => type), ...kinds]
  expect(needed.filter((word) => !words.has(word))).toEqual([])
})

test('a command is named aggregate.act after an aggregate there is', () => {
  const about = [...commands.values()].filter(({ on }) => on !== anyKind)
  const strange = about.filter(({ type, on }) => !kinds.includes(on) || !type.startsWith(`${on}.`))
  expect(strange.map(({ type }) => type)).toEqual([])
})

test('a merge rule speaks of a command there is', () => {
  const known = new Set([...commands.values()].map(({ type }) => type))
  expect(mergeRules.filter(({ command }) => !known.has(command))).toEqual([])
})

const shipped = read('tests/house/shipped-commands.txt')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))

test('[OFF-6] a command that was shipped stays: a tablet may still hold one', () => {
  expect(shipped).toEqual([...new Set(shipped)].toSorted())
  expect(shipped.filter((line) => !types.includes(line) && !upcasters.has(line))).toEqual([])
  expect(types.filter((line) => !shipped.includes(line))).toEqual([])
})

test('[I26] [OFF-6] every command that was shipped stands in a recording that a server of today is given', () => {
  const recorded = recordings().flatMap(([, one]) => shippedIn(one))
  expect(shipped.filter((line) => !recorded.includes(line))).toEqual([])
})
