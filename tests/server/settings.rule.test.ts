import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readSettings, SettingsError } from '../../server/settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'changkai-'))
const pem = join(folder, 'a.pem')
writeFileSync(pem, 'example')
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readSettings(env)
    return []
  } catch (error) {
    if (error instanceof SettingsError) return error.faults
    throw error
  }
}

const clients = { minClient: null, stoppedClients: [], isWorkerOff: false }
const nothing = { database: null, tls: null, proxies: [], mail: null }
const defaults = { port: 8787, host: '127.0.0.1', dataDir: resolve('data'), ...nothing, clients }

test('nothing set gives the defaults, and an empty setting counts as unset', () => {
  expect(readSettings({})).toEqual(defaults)
  const empty = {
    PORT: '',
    HOST: ' ',
    DATABASE_URL: '',
    DATABASE_OWNER_URL: '',
    DATABASE_LISTEN_URL: '',
    DATA_DIR: '',
    TLS_CERT: '',
    TLS_KEY: '',
  }
  expect(readSettings(empty)).toEqual(defaults)
})

test('all set are taken as they are; paths become absolute', () => {
  const env = {
    PORT: '0',
    HOST: '::1',
    DATA_DIR: 'somewhere',
    DATABASE_URL: 'postgres://app:x@db.example:6432/hall',
    DATABASE_OWNER_URL: 'postgresql://owner:x@db.example/hall',
    DATABASE_LISTEN_URL: 'postgres://app:x@db.example:5432/hall',
    TLS_CERT: pem,
    TLS_KEY: pem,
    PROXIES: '127.0.0.1, fd00::5',
    SMTP_URL: 'smtp://hall:x@mail.example.edu.cn:587?requireTLS=true',
    MAIL_FROM: 'hall@example.edu.cn',
    PUBLIC_URL: 'https://hall.example.edu.cn/',
  }
  expect(readSettings(env)).toEqual({
    port: 0,
    host: '::1',
    dataDir: resolve('somewhere'),
    database: {
      appUrl: env.DATABASE_URL,
      ownerUrl: env.DATABASE_OWNER_URL,
      listenUrl: env.DATABASE_LISTEN_URL,
    },
    tls: { cert: pem, key: pem },
    proxies: ['127.0.0.1', 'fd00::5'],
    clients,
    mail: { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM, publicUrl: 'https://hall.example.edu.cn' },
  })
})

test('without DATABASE_OWNER_URL the server’s role migrates too', () => {
  const url = 'postgres://app@localhost/hall'
  expect(readSettings({ DATABASE_URL: url }).database).toEqual({ appUrl: url, ownerUrl: url, listenUrl: url })
})

test('each fault is one sentence that names the setting', () => {
  const portFault = ['PORT must be a whole number from 0 to 65535.']
  for (const PORT of ['abc', '-1', '80.5', '65536', '8787x', '1e3']) expect(faultsOf({ PORT })).toEqual(portFault)
  for (const DATABASE_URL of ['localhost', 'http://a/b', 'postgres://host', 'postgres:///hall']) {
    expect(faultsOf({ DATABASE_URL })).toEqual([expect.stringMatching(/^DATABASE_URL must be a Postgres address.*\.$/)])
  }
  expect(faultsOf({ HOST: 'a b' })).toEqual([expect.stringMatching(/^HOST must be/)])
  for (const PROXIES of ['nginx', '10.0.0.0/8', '10.0.0.5,'])
    expect(faultsOf({ PROXIES })).toEqual(['PROXIES must be addresses, as 127.0.0.1,10.0.0.5.'])
  expect(faultsOf({ TLS_CERT: pem })).toEqual(['TLS_CERT and TLS_KEY go together: set both, or neither.'])
  expect(faultsOf({ TLS_CERT: pem, TLS_KEY: join(folder, 'none') })).toEqual([
    'TLS_KEY must name a PEM file that this user can read.',
  ])
  expect(faultsOf({ DATABASE_OWNER_URL: 'postgres://a/b' })).toEqual([
    expect.stringMatching(/^DATABASE_OWNER_URL is set without DATABASE_URL/),
  ])
  expect(faultsOf({ DATABASE_LISTEN_URL: 'postgres://a/b' })).toEqual([
    expect.stringMatching(/^DATABASE_LISTEN_URL is set without DATABASE_URL/),
  ])
})

test('[issue B.4] behind a pooler the tables are made over the direct way, unless an owner is named', () => {
  const [pooled, direct] = ['postgres://app@pool:6432/hall', 'postgres://app@db:5432/hall']
  expect(readSettings({ DATABASE_URL: pooled, DATABASE_LISTEN_URL: direct }).database).toEqual({
    ...{ appUrl: pooled, ownerUrl: direct, listenUrl: direct },
  })
})

test('several faults are all told at once, without the secret of an address', () => {
  const faults = faultsOf({ PORT: 'x', DATABASE_URL: 'mysql://u:geheim@h/d', HOST: '/' })
  expect(faults).toHaveLength(3)
  expect(faults.join('')).not.toContain('geheim')
})

test('[F39] which clients may run: a least release, releases that are stopped, the worker taken away', () => {
  const read = readSettings({ CLIENT_MIN: '1.2.0', CLIENT_STOPPED: '1.3.0, 1.3.1', CLIENT_WORKER: 'off' })
  expect(read.clients).toEqual({ minClient: '1.2.0', stoppedClients: ['1.3.0', '1.3.1'], isWorkerOff: true })
  expect(faultsOf({ CLIENT_MIN: 'latest', CLIENT_STOPPED: '1.3', CLIENT_WORKER: 'no' })).toHaveLength(3)
})

test('letters need all three of their settings, each of its own form', () => {
  expect(faultsOf({ SMTP_URL: 'smtp://mail.example.edu.cn' })).toEqual([
    'SMTP_URL, MAIL_FROM and PUBLIC_URL go together: set all three, or none.',
  ])
  const faults = faultsOf({ SMTP_URL: 'mail.example.edu.cn:25', MAIL_FROM: 'Hall <a@b.cn>', PUBLIC_URL: 'ftp://x' })
  expect(faults.map((fault) => fault.split(' ')[0])).toEqual(['SMTP_URL', 'MAIL_FROM', 'PUBLIC_URL'])
})
