import { expect, test } from 'vitest'
import { buildName, buildsToDrop, isStopped, newestBuild } from '../../client/worker/builds.ts'
import { isClientStopped, wantedClients } from '../../shared/core/releases.ts'

const nobody = { minClient: null, stoppedClients: [] }

test('[F39] a client is stopped by name, or by being older than the least', () => {
  expect(isClientStopped('1.4.0', nobody)).toBe(false)
  expect(isClientStopped('1.4.0', { ...nobody, stoppedClients: ['1.3.9', '1.4.0'] })).toBe(true)
  const least = { ...nobody, minClient: '1.10.2' }
  const stopped = ['0.1.0', '1.9.9', '1.10.1'].filter((version) => isClientStopped(version, least))
  expect(stopped).toEqual(['0.1.0', '1.9.9', '1.10.1'])
  expect(['1.10.2', '1.10.3', '2.0.0'].some((version) => isClientStopped(version, least))).toBe(false)
})

test('[F40] an older server, or an answer that is none, stops nobody', () => {
  for (const said of [null, 'portal', { version: '0.1.0', schema: 1 }, { minClient: 7, stoppedClients: 'all' }]) {
    expect(wantedClients(said)).toEqual(nobody)
  }
  expect(wantedClients({ minClient: 'latest', stoppedClients: ['1.0.0', '<b>'] })).toEqual({
    ...nobody,
    stoppedClients: ['1.0.0'],
  })
})

test('[F37] of the builds kept on a tablet the one before stays, older ones go; other caches are nobody’s business', () => {
  const files = [{ url: 'index.html', revision: 'a' }]
  const [first, second, third] = ['1.0.0', '1.0.1', '1.0.2'].map((version) => buildName(version, files))
  const names = [first ?? '', 'other', second ?? '', third ?? '']
  expect(buildsToDrop(names, third ?? '')).toEqual([first])
  expect(newestBuild(names, third ?? '')).toBe(second)
  expect(newestBuild([third ?? ''], third ?? '')).toBeNull()
  expect(buildName('1.0.0', [{ url: 'index.html', revision: 'b' }])).not.toBe(first)
  expect(isStopped(second ?? '', { minClient: null, stoppedClients: ['1.0.1'] })).toBe(true)
})
