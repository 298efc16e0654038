import { readFileSync } from 'node:fs'
import { createServer as createHttp, type Server } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { createServer as createSocketServer } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Settings } from '../settings.ts'
import type { Api } from './define.ts'

/** A server that listens; `close` ends it: idle lines at once, answers in flight when done, live streams after `graceMs`. */
export interface Listening {
  readonly port: number
  close(graceMs: number): Promise<void>
}

// Slow or idle clients are cut off (F10): 10 s for the headers, 30 s for the whole request. Answers may last (live).
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 20_000,
  connectionsCheckingInterval: 2000,
}

const makeServer = (api: Api, tls: Settings['tls']): Server => {
  const { fetch } = api
  const made = tls
    ? createAdaptorServer({
        fetch,
        createServer: createHttps,
        serverOptions: { ...limits, cert: readFileSync(tls.cert), key: readFileSync(tls.key) },
      })
    : createAdaptorServer({ fetch, createServer: createHttp, serverOptions: limits })
  return made as Server
}

const closeServer = (server: Server, graceMs: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => {
      server.closeAllConnections()
    }, graceMs)
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
    server.closeIdleConnections()
  })

/** Whether the address can be had, asked before anything is started: rejects with the system's error if it cannot. */
export const probeAddress = ({ port, host }: Pick<Settings, 'port' | 'host'>): Promise<void> =>
  new Promise((resolve, reject) => {
    const probe = createSocketServer()
    probe.once('error', reject)
    probe.listen(port, host, () => {
      probe.close(() => {
        resolve()
      })
    })
  })

/** Listens on HTTP, or on HTTPS when a certificate is set. Rejects with the system's error (EADDRINUSE, EACCES …). */
export const listen = (api: Api, settings: Pick<Settings, 'host' | 'port' | 'tls'>): Promise<Listening> =>
  new Promise((resolve, reject) => {
    const server = makeServer(api, settings.tls)
    server.once('error', reject)
    server.listen(settings.port, settings.host, () => {
      server.off('error', reject)
      const address = server.address()
      const port = address !== null && typeof address === 'object' ? address.port : settings.port
      resolve({ port, close: (graceMs) => closeServer(server, graceMs) })
    })
  })
