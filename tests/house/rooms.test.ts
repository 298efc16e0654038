import { expect, test } from 'vitest'
import { files, fixedFolders, read, requirementIds, sources } from './tree.ts'

const rooms = [...read('docs/rooms.md').matchAll(/^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$/gm)].map(
  ([, room = '', rows = '']) => ({
    room,
    rows: rows.trim().split(' '),
  }),
)

test('each row has exactly one room', () => {
  const owned = rooms.flatMap(({ rows }) => rows)
  expect(owned.toSorted()).toEqual(requirementIds.toSorted())
})

test('each folder is a room of docs/rooms.md or a fixed folder', () => {
  const known = new Set([...rooms.map(({ room }) => room), ...Object.values(fixedFolders).flat()])
  const folders = new Set(sources.flatMap((path) => /^(?:client|server|shared|tests)\/([^/]+)\//.exec(path)?.[1] ?? []))
  expect([...folders].filter((folder) => !known.has(folder))).toEqual([])
})

test('a front door lists what the room offers, by name, in thirty lines', () => {
  const doors = sources.filter((path) => /^(client|server|shared)\/[^/]+\/index\.ts$/.test(path))
  const wrong = doors.filter((path) => /export \*/.test(read(path)) || read(path).trimEnd().split('\n').length > 30)
  expect(wrong).toEqual([])
})

test('the top folder holds nothing but the four runtimes, docs and what a tool demands there', () => {
  const named =
    'package.json package-lock.json tsconfig.json vite.config.ts README.md README.zh-CN.md CONTRIBUTING.md CHANGELOG.md LICENSE'
  const allowed = new Set([...named.split(' '), 'client', 'server', 'shared', 'tests', 'docs'])
  const top = new Set(files.map((path) => path.split('/')[0] ?? ''))
  expect([...top].filter((name) => !name.startsWith('.') && !allowed.has(name))).toEqual([])
})

test('no two decisions of docs/adr share a number, and each is headed by its own', () => {
  const decisions = files.filter((path) => path.startsWith('docs/adr/'))
  const numbers = decisions.map((path) => path.slice('docs/adr/'.length).split('-')[0])
  expect(numbers).toEqual([...new Set(numbers)])
  expect(decisions.map((path) => /^# (\d{4}) /.exec(read(path))?.[1])).toEqual(numbers)
})
