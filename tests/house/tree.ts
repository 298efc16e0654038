import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'

/** The project's folder. */
export const root = resolve(import.meta.dirname, '../..')

const unseen = new Set(['node_modules', 'dist', 'data', 'coverage', '.git', 'test-results'])

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (unseen.has(entry.name)) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* walk(path)
    else yield relative(root, path).split(sep).join('/')
  }
}

/** Every file of the project by its path from the root, sorted; nothing installed, built or stored. */
export const files: readonly string[] = [...walk(root)].sort()

/** A file's text, by its path from the root. */
export const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** The code: what is typed, linted and cruised. */
export const sources = files.filter(
  (path) => /^(client|server|shared|tests)\/.*\.(ts|vue)$/.test(path) || path === 'vite.config.ts',
)

/** The test files. */
export const testFiles = sources.filter((path) => path.endsWith('.test.ts'))

/** The ids of docs/requirements.md in their order. */
export const requirementIds = [
  ...read('docs/requirements.md').matchAll(/^\| ((?:NBU|SSC|SZIT|ZJJ|REF|OFF|SUP)-[\w.]+) \|/gm),
].map(([, id = '']) => id)

const titled = /(?:\b(?:test|it)\(|\.each\([^`]*?\)\(|\.each`[^`]*`\()\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/gs

/** The titles of a test file's tests, as written. */
export const titlesOf = (path: string): string[] => [...read(path).matchAll(titled)].map(([, , title = '']) => title)

/** The folders that are mechanisms, not rooms: they never import a room. tests/house/graph.cjs says the same to the cruiser. */
export const fixedFolders: Readonly<Record<string, readonly string[]>> = {
  shared: ['calendar', 'core', 'profiles', 'wire'],
  client: ['app', 'local', 'sync', 'ui', 'worker'],
  server: ['db', 'http', 'ops', 'seed', 'sync'],
  tests: ['bench', 'house', 'server', 'sim', 'support'],
}
