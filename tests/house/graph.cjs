/** Who may import whom (house rules 1 and 2), for dependency-cruiser. tests/house/graph.test.ts runs it and counts what it saw. */
const fixed = {
  shared: 'core|calendar|profiles|wire',
  client: 'app|ui|local|sync|worker',
  server: 'db|http|ops|seed|sync',
}
const fixedFolder = Object.entries(fixed).map(([runtime, names]) => `^${runtime}/(${names})/`)
const anyRoom = { path: '^(client|server|shared)/[^/]+/', pathNot: fixedFolder }
const error = (name, from, to) => ({ name, severity: 'error', from, to })

const runtimes = [
  error('shared stands alone', { path: '^shared/' }, { pathNot: ['^shared/', '^node_modules/zod/'] }),
  error('client never imports server', { path: '^client/' }, { path: '^server/' }),
  error('server never imports client', { path: '^server/' }, { path: '^client/' }),
  error('nothing imports tests', { pathNot: '^tests/' }, { path: '^tests/' }),
  error(
    'the worker knows no rows',
    { path: '^client/worker/' },
    { path: '^(client|shared)/', pathNot: ['^client/worker/', '^shared/core/releases[.]ts$'] },
  ),
  error('ui is dumb', { path: '^client/ui/' }, { path: ['^client/(app|local|sync|worker)/', '^shared/[^/]+[.]ts$'] }),
]

const rooms = [
  error(
    'own room or a front door',
    { path: '^(client|server|shared)/([^/]+)/', pathNot: ['^client/app/', '^server/http/'] },
    {
      ...anyRoom,
      path: '^$1/[^/]+/',
      pathNot: [...fixedFolder, '^$1/$2/', '/(index|table)[.]ts$', '^client/[^/]+/routes[.]ts$'],
    },
  ),
  error(
    "another room's shared part by its front door",
    { path: '^(client|server)/([^/]+)/' },
    { path: '^shared/[^/]+/', pathNot: [...fixedFolder, '^shared/$2/', '/index[.]ts$'] },
  ),
  error(
    'wiring enters rooms by a front door',
    { path: ['^client/app/', '^server/(http|seed)/', '^(client|server|shared)/[^/]+[.]ts$'] },
    { ...anyRoom, pathNot: [...fixedFolder, '/(index|routes|table|merge|follow-ups)[.]ts$'] },
  ),
  error(
    'a fixed folder knows no rooms',
    { path: fixedFolder, pathNot: ['^client/app/', '^server/(http|seed)/', '^server/db/schema[.]ts$'] },
    anyRoom,
  ),
  error(
    'the schema gathers tables',
    { path: '^server/db/schema[.]ts$' },
    { ...anyRoom, pathNot: [...fixedFolder, '/table[.]ts$'] },
  ),
  error(
    'nobody leans on those who look at everyone',
    {
      path: '^(client|server|shared)/([^/]+)/',
      pathNot: ['^client/app/', '^server/(http|seed)/', '^server/db/schema[.]ts$'],
    },
    { path: '^[^/]+/(appraisal|statistics|audit)/', pathNot: '^[^/]+/$2/' },
  ),
]

const starts =
  '^(client/app/main|client/worker/sw|client/[^/]+/routes|server/main|server/ops/[^/]+|server/db/drizzle[.]config|shared/merge-rules)[.]ts$'

const shape = [
  // A type is gone before anything runs: a file may know the type of what uses it.
  error('no cycle', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
  error('no orphan', { orphan: true, pathNot: ['^tests/', '^client/public/', '[.]d[.]ts$', '[.]css$'] }, {}),
  // The router finds each room's routes by a pattern, which the cruiser cannot follow: they are starts of their own.
  error(
    'no dead file',
    {
      path: starts,
    },
    { path: '^(client|server|shared)/.*[.](ts|vue)$', pathNot: [starts, '[.]d[.]ts$'], reachable: false },
  ),
  error('every import resolves', {}, { couldNotResolve: true, pathNot: '^(virtual:|vue-router/auto)' }),
]

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [...runtimes, ...rooms, ...shape],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
