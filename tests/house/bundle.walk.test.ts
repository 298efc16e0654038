import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { root, sources } from './tree.ts'

const built = join(root, 'dist/client')
const budget = 200_000 // bytes as a browser gets them, squeezed by brotli, before the window screen (product.md, speed)

type Chunk = { file: string; isEntry?: boolean; imports?: string[] }

const manifest = (): Record<string, Chunk> =>
  JSON.parse(readFileSync(join(built, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>

/** What the browser fetches before `start` can run: its chunk and all it imports statically. */
function needed(chunks: Record<string, Chunk>, start: string, seen = new Set<string>()): Set<string> {
  if (seen.has(start)) return seen
  seen.add(start)
  for (const next of chunks[start]?.imports ?? []) needed(chunks, next, seen)
  return seen
}

const weigh = (chunks: Record<string, Chunk>, keys: Iterable<string>): [string, number][] =>
  [...new Set([...keys].map((key) => chunks[key]?.file ?? ''))]
    .filter((file) => file.endsWith('.js'))
    .map((file) => [file, brotliCompressSync(readFileSync(join(built, file))).length])

test('the script before the window screen is at most 200 kB as it travels', () => {
  const chunks = manifest()
  const screens = sources
    .filter((path) => /\/Window(?:Page|Screen)\.vue$/.test(path))
    .map((path) => path.replace('client/', ''))
  expect(screens, 'the window screen has another name now').toHaveLength(1)
  const window = [...screens, 'app/AppShell.vue'].filter((key) => key in chunks) // absent: in the entry itself
  const entries = Object.keys(chunks).filter((key) => chunks[key]?.isEntry)
  expect(entries.length).toBeGreaterThan(0)
  const sizes = weigh(
    chunks,
    [...entries, ...window].flatMap((key) => [...needed(chunks, key)]),
  )
  const sum = sizes.reduce((total, [, size]) => total + size, 0)
  expect(sum, JSON.stringify(sizes)).toBeLessThanOrEqual(budget)
  expect(sum).toBeGreaterThan(20_000) // a weighing that found nothing is no weighing
})

test('the worker precaches every script that was built', () => {
  expect(existsSync(join(built, 'sw.js'))).toBe(true)
  const worker = readFileSync(join(built, 'sw.js'), 'utf8')
  const missing = Object.values(manifest()).filter(({ file }) => /\.(js|css)$/.test(file) && !worker.includes(file))
  expect(missing).toEqual([])
})
