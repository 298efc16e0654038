import { accessSync, constants } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'
import { releasePattern, type WantedClients } from '../shared/core/releases.ts'

/** What the server runs with; paths are absolute. `database` null means the Postgres that comes with us. */
export interface Settings {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  readonly database: { readonly appUrl: string; readonly ownerUrl: string; readonly listenUrl: string } | null
  readonly tls: { readonly cert: string; readonly key: string } | null
  /** Addresses of reverse proxies whose `X-Forwarded-For` is believed. */
  readonly proxies: readonly string[]
  readonly clients: ClientPolicy
  readonly mail: MailSettings | null
}

/** The school's mail server, whom its letters are from, and our pages' address as readers reach it (no slash at the end). */
export interface MailSettings {
  readonly smtpUrl: string
  readonly from: string
  readonly publicUrl: string
}

/** Which pages of the app may go on running (reliability.md F39); what they have kept is always taken. */
export interface ClientPolicy extends WantedClients {
  /** Takes the service worker away, and with it every kept copy of the app. */
  readonly isWorkerOff: boolean
}

/** Nobody is stopped. */
export const anyClient: ClientPolicy = { minClient: null, stoppedClients: [], isWorkerOff: false }

/** The settings are wrong; one plain sentence a fault, ready to print. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(faults.join('\n'))
    this.faults = faults
  }
}

const portFault = 'PORT must be a whole number from 0 to 65535'
const port = z
  .string()
  .regex(/^\d{1,5}$/, portFault)
  .transform(Number)
  .refine((n) => n <= 65_535, portFault)

const isUrl = (text: string, protocols: RegExp): boolean => {
  const url = URL.canParse(text) ? new URL(text) : null
  return url !== null && protocols.test(url.protocol) && url.hostname !== ''
}

const postgresUrl = (name: string) =>
  z
    .string()
    .refine(
      (text) => isUrl(text, /^postgres(ql)?:$/) && new URL(text).pathname.length > 1,
      `${name} must be a Postgres address such as postgres://user:password@host:5432/database`,
    )

const readable = (name: string) =>
  z
    .string()
    .transform((path) => resolve(path))
    .refine((path) => {
      try {
        accessSync(path, constants.R_OK)
        return true
      } catch {
        return false
      }
    }, `${name} must name a PEM file that this user can read`)

const listOf = (isOne: (one: string) => boolean, fault: string) =>
  z
    .string()
    .transform((text) => text.split(',').map((one) => one.trim()))
    .refine((all) => all.every(isOne), fault)
    .default([])

const Environment = z
  .object({
    PORT: port.default(8787),
    HOST: z
      .string()
      .regex(/^[\w.:%-]+$/, 'HOST must be an address or a host name, without port')
      .default('127.0.0.1'),
    DATA_DIR: z
      .string()
      .default('./data')
      .transform((path) => resolve(path)),
    DATABASE_URL: postgresUrl('DATABASE_URL').optional(),
    DATABASE_OWNER_URL: postgresUrl('DATABASE_OWNER_URL').optional(),
    DATABASE_LISTEN_URL: postgresUrl('DATABASE_LISTEN_URL').optional(),
    TLS_CERT: readable('TLS_CERT').optional(),
    TLS_KEY: readable('TLS_KEY').optional(),
    PROXIES: listOf((one) => isIP(one) !== 0, 'PROXIES must be addresses, as 127.0.0.1,10.0.0.5'),
    CLIENT_MIN: z.string().regex(releasePattern, 'CLIENT_MIN must be a release such as 1.4.0').optional(),
    CLIENT_STOPPED: listOf((one) => releasePattern.test(one), 'CLIENT_STOPPED must be releases, as 1.4.0,1.4.1'),
    CLIENT_WORKER: z.enum(['on', 'off'], { error: 'CLIENT_WORKER must be on or off' }).default('on'),
    SMTP_URL: z
      .string()
      .refine(
        (text) => isUrl(text, /^smtps?:$/),
        'SMTP_URL must be a mail server such as smtp://user:password@host:587',
      )
      .optional(),
    MAIL_FROM: z.email('MAIL_FROM must be an e-mail address alone').optional(),
    PUBLIC_URL: z
      .string()
      .refine((text) => isUrl(text, /^https?:$/), 'PUBLIC_URL must be an address such as https://hall.example.edu.cn')
      .transform((text) => new URL(text).origin)
      .optional(),
  })
  .refine((e) => e.DATABASE_URL !== undefined || e.DATABASE_OWNER_URL === undefined, {
    error: 'DATABASE_OWNER_URL is set without DATABASE_URL: set both, or neither for the Postgres that comes with us',
  })
  .refine((e) => e.DATABASE_URL !== undefined || e.DATABASE_LISTEN_URL === undefined, {
    error:
      'DATABASE_LISTEN_URL is set without DATABASE_URL: it is the direct way to the same database, past its pooler',
  })
  .refine((e) => (e.TLS_CERT === undefined) === (e.TLS_KEY === undefined), {
    error: 'TLS_CERT and TLS_KEY go together: set both, or neither',
  })
  .refine((e) => new Set([e.SMTP_URL, e.MAIL_FROM, e.PUBLIC_URL].map((one) => one === undefined)).size === 1, {
    error: 'SMTP_URL, MAIL_FROM and PUBLIC_URL go together: set all three, or none',
  })

/** Reads the settings from the environment; an empty one counts as unset. Throws `SettingsError`. */
export const readSettings = (env: Readonly<Record<string, string | undefined>>): Settings => {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
  const read = Environment.safeParse(given)
  if (!read.success) throw new SettingsError([...new Set(read.error.issues.map((issue) => `${issue.message}.`))])
  const { PORT, HOST, DATA_DIR, TLS_CERT, TLS_KEY } = read.data
  return {
    port: PORT,
    host: HOST,
    dataDir: DATA_DIR,
    database: databaseOf(read.data),
    tls: TLS_CERT && TLS_KEY ? { cert: TLS_CERT, key: TLS_KEY } : null,
    proxies: read.data.PROXIES,
    clients: {
      minClient: read.data.CLIENT_MIN ?? null,
      stoppedClients: read.data.CLIENT_STOPPED,
      isWorkerOff: read.data.CLIENT_WORKER === 'off',
    },
    mail: mailOf(read.data),
  }
}

const mailOf = ({ SMTP_URL, MAIL_FROM, PUBLIC_URL }: z.infer<typeof Environment>): Settings['mail'] =>
  SMTP_URL && MAIL_FROM && PUBLIC_URL ? { smtpUrl: SMTP_URL, from: MAIL_FROM, publicUrl: PUBLIC_URL } : null

/** Without an owner of its own the tables are made over the direct way: a pooler keeps no lock between statements. */
const databaseOf = (e: z.infer<typeof Environment>): Settings['database'] => {
  if (!e.DATABASE_URL) return null
  const listenUrl = e.DATABASE_LISTEN_URL ?? e.DATABASE_URL
  return { appUrl: e.DATABASE_URL, ownerUrl: e.DATABASE_OWNER_URL ?? listenUrl, listenUrl }
}
