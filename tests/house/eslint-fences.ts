import type { Linter } from 'eslint'

type Package = 'dexie' | 'workbox-*' | 'postgres' | 'drizzle-orm'
const homes: Record<Package, string> = {
  dexie: 'client/local',
  'workbox-*': 'client/worker',
  postgres: 'server/db',
  'drizzle-orm': "server/db and a room's table.ts or reports.ts",
}

const fence = (files: string[], allowed: Package[] = []): Linter.Config => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: (Object.keys(homes) as Package[])
          .filter((name) => !allowed.includes(name))
          .map((name) => ({ group: [name, `${name}/**`], message: `Only in ${homes[name]} (house rule 3).` })),
      },
    ],
  },
})

/** Rule 3: a package that reaches a store or the network has one home. Tests import anything. */
export const imports: Linter.Config[] = [
  fence(['{client,server,shared}/**/*.{ts,vue}']),
  fence(['client/local/**/*.ts'], ['dexie']),
  fence(['client/worker/**/*.ts'], ['workbox-*']),
  fence(['server/db/**/*.ts'], ['postgres', 'drizzle-orm']),
  fence(['server/*/{table,reports}.ts'], ['drizzle-orm']),
]

const wires = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource']
const wireMessage = 'Only client/sync talks to the server (house rule 3).'

/** Rule 3: `fetch` and its kin only in client/sync; the worker stands between every page and the server. */
export const onlyOnlineTalks: Linter.Config[] = [
  {
    files: ['client/**/*.{ts,vue}'],
    ignores: ['client/sync/**', 'client/worker/**'],
    rules: {
      'no-restricted-globals': ['error', ...wires.map((name) => ({ name, message: wireMessage }))],
      'no-restricted-properties': [
        'error',
        ...['window', 'globalThis', 'self'].flatMap((object) =>
          wires.map((property) => ({ object, property, message: wireMessage })),
        ),
        { object: 'navigator', property: 'sendBeacon', message: wireMessage },
      ],
    },
  },
]

const oneStatement = 'Every write is one statement (reliability D1); only server/db/migrate.ts may open a transaction.'

/** D1: no transaction is held open over two statements, but for the migrations. */
export const oneStatementWrites: Linter.Config[] = [
  {
    files: ['server/**/*.ts'],
    ignores: ['server/db/migrate.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression > MemberExpression[property.name=/^(begin|reserve|transaction)$/]',
          message: oneStatement,
        },
        {
          selector: 'CallExpression > MemberExpression[property.value=/^(begin|reserve|transaction)$/]',
          message: oneStatement,
        },
        {
          selector: 'TaggedTemplateExpression TemplateElement[value.raw=/^\\s*(begin|start transaction)\\b/i]',
          message: oneStatement,
        },
        { selector: 'CallExpression > Literal[value=/^\\s*(begin|start transaction)\\b/i]', message: oneStatement },
      ],
    },
  },
]

const impure = 'shared is pure: time, chance and place come in as ctx (house rule 6).'
const impureGlobals = ['crypto', 'console', 'performance', 'Intl', 'fetch', 'process', 'globalThis', 'window', 'self']

/** Rule 6: no clock, no chance, no locale and no I/O in shared. */
export const pureShared: Linter.Config[] = [
  {
    files: ['shared/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals.map((name) => ({ name, message: impure }))],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: impure },
        { object: 'Math', property: 'random', message: impure },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"][arguments.length!=1]', message: impure },
        { selector: 'CallExpression[callee.name="Date"]', message: impure },
        { selector: 'MemberExpression[property.name=/^(toLocale|localeCompare)/]', message: impure },
        {
          selector:
            'MemberExpression[property.name=/^[gs]et(FullYear|Month|Date|Day|Hours|Minutes|Seconds|TimezoneOffset)$/]',
          message: `${impure} These read the machine's time zone: use the UTC forms.`,
        },
      ],
    },
  },
]

/** A stopped test is worse than none: no only, skip, todo or condition on a test. */
export const noStoppedTests: Linter.Config[] = [
  {
    files: ['tests/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'MemberExpression[object.name=/^(test|it|describe|suite)$/][property.name=/^(only|skip|todo|skipIf|runIf|fails)$/]',
          message: 'Every test runs, always.',
        },
        {
          selector: 'CallExpression[callee.name=/^(xit|xtest|xdescribe|fit|fdescribe)$/]',
          message: 'Every test runs, always.',
        },
        {
          selector: 'CallExpression[callee.name=/^(test|it|describe)$/] Property[key.name=/^(only|skip|todo|fails)$/]',
          message: 'Every test runs, always.',
        },
        {
          selector: 'CallExpression > MemberExpression[object.name=/^(t|ctx|context)$/][property.name="skip"]',
          message: 'Every test runs, always.',
        },
      ],
    },
  },
]
