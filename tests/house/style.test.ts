import { expect, test } from 'vitest'
import { files, read, sources } from './tree.ts'

const texts = files.filter(
  (path) => !/\.(png|jpg|webp|ico|xlsx|woff2|csv)$/.test(path) && !['package-lock.json', 'LICENSE'].includes(path),
)
const generated = (path: string): boolean => path.startsWith('server/db/migrations/')

test('a source file has at most 250 lines', () => {
  const long = sources.filter((path) => !generated(path) && read(path).trimEnd().split('\n').length > 250)
  expect(long).toEqual([])
})

test('a component has a name of two words, any other source file is in kebab-case', () => {
  const name = (path: string): string => path.split('/').at(-1) ?? ''
  const components = sources.filter(
    (path) => path.endsWith('.vue') && !/^(?:[A-Z][a-z0-9]+){2,}\.vue$/.test(name(path)),
  )
  const others = sources.filter(
    (path) => path.endsWith('.ts') && !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+)*\.ts$/.test(name(path)),
  )
  expect([...components, ...others]).toEqual([])
})

test('contributing and decisions stay short', () => {
  const lines = (path: string): number => read(path).trimEnd().split('\n').length
  expect(lines('CONTRIBUTING.md')).toBeLessThanOrEqual(150)
  const decisions = files.filter((path) => /^docs\/adr\/\d{4}-/.test(path))
  expect(decisions.filter((path) => lines(path) > 60)).toEqual([])
})

const foreign = [
  /(?<![\w.$}])\/(?:home|Users|root|work|tmp)\/[\w.]/, // a machine's paths
  /\.\.\/shared\/(?:spec|design|regulations)/, // what the project was planned with lies outside the clone
  /\bregistry\.[a-z]|_authToken|\/-\/[\w.-]+\.tgz/, // a package registry
  /\bco-authored-by\b|\bgenerated (?:with|by) (?!drizzle)|\blanguage model\b/i, // tools that leave their name
]

test('nothing speaks of the machine or the tools it was made with', () => {
  const mine = 'tests/house/style.test.ts' // it has to name them
  const found = texts
    .filter((path) => path !== mine)
    .flatMap((path) => foreign.filter((pattern) => pattern.test(read(path))).map((pattern) => `${path}: ${pattern}`))
  expect(found).toEqual([])
})

test('the lock names no host and has an entry for each optional package', () => {
  const lock = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { resolved?: string; optionalDependencies?: Record<string, string> }>
  }
  expect(Object.values(lock.packages).flatMap(({ resolved }) => resolved ?? [])).toEqual([])
  const optional = Object.values(lock.packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
  const installed = new Set(Object.keys(lock.packages).map((path) => path.split('node_modules/').at(-1)))
  expect(optional.filter((name) => !installed.has(name))).toEqual([])
})

test('every package is pinned to one version', () => {
  const { dependencies, devDependencies, optionalDependencies, overrides } = JSON.parse(read('package.json')) as Record<
    string,
    Record<string, string>
  >
  const versions = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies, ...overrides })
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+[\w.-]*$/.test(version))).toEqual([])
})
