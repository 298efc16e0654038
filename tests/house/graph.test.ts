import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fixedFolders, root, sources } from './tree.ts'

type Cruise = {
  modules: { source: string; dependencies: { resolved: string }[] }[]
  summary: { violations: { rule: { name: string }; from: string; to: string }[] }
}

const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
const places = ['client', 'server', 'shared', 'tests', 'vite.config.ts']
const command = [cruiser, '--config', 'tests/house/graph.cjs', '--output-type', 'json', ...places]

const cruise = (): Cruise => {
  try {
    return JSON.parse(
      execFileSync(process.execPath, command, { cwd: root, encoding: 'utf8', maxBuffer: 1e9 }),
    ) as Cruise
  } catch (error) {
    const { stdout } = error as { stdout?: string } // it ends with the number of violations, having said them
    if (!stdout) throw error
    return JSON.parse(stdout) as Cruise
  }
}

const { modules, summary } = cruise()

test('nobody imports what the house rules forbid', () => {
  expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([])
})

test('the cruise saw every source file there is', () => {
  const seen = modules.map(({ source }) => source).filter((path) => sources.includes(path))
  expect(seen.sort()).toEqual([...sources])
  expect(modules.some(({ source, dependencies }) => source.endsWith('.ts') && dependencies.length > 0)).toBe(true)
})

const roomOf = (path: string): string | undefined => {
  const [runtime = '', folder = '', inside] = path.split('/')
  const isRoom = inside !== undefined && runtime !== 'tests' && fixedFolders[runtime]?.includes(folder) === false
  return isRoom ? `${runtime}/${folder}` : undefined
}

/** A way round from a room back to itself, if there is one. */
function cycle(graph: Map<string, Set<string>>): string[] | undefined {
  const done = new Set<string>()
  const visit = (room: string, way: string[]): string[] | undefined => {
    if (way.includes(room)) return [...way.slice(way.indexOf(room)), room]
    if (done.has(room)) return undefined
    for (const next of graph.get(room) ?? []) {
      const found = visit(next, [...way, room])
      if (found) return found
    }
    done.add(room)
    return undefined
  }
  return [...graph.keys()].map((room) => visit(room, [])).find((found) => found !== undefined)
}

test('the graph of rooms has no cycle', () => {
  const graph = new Map<string, Set<string>>()
  for (const { source, dependencies } of modules) {
    const from = roomOf(source)
    for (const { resolved } of dependencies) {
      const to = roomOf(resolved)
      if (from && to && from !== to) graph.set(from, (graph.get(from) ?? new Set()).add(to))
    }
  }
  expect(cycle(graph)).toBeUndefined()
})
