import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzipSync } from 'node:zlib'
import type { Context, Handler } from 'hono'
import type { Env } from './env.ts'
import { Fault, problemResponse } from './fault.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}
const packed = new Set(['.png', '.woff2', '.ico'])
const brotli = promisify(brotliCompress)

interface Asset {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: string
  readonly etag: string
  readonly cache: string
  /** Whether squeezing it gains anything; a picture is squeezed already. */
  readonly isPlain: boolean
  gzip: Uint8Array<ArrayBuffer> | null
  brotli: Uint8Array<ArrayBuffer> | 'asked' | null
}

const assetOf = (folder: string, file: string): Asset => {
  const bytes = new Uint8Array(readFileSync(file))
  const kind = extname(file)
  const isHashed = relative(folder, file).startsWith(`assets${sep}`)
  return {
    bytes,
    type: types[kind] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    // Names under assets/ hold their content's hash; everything else is asked for anew.
    cache: isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    isPlain: !packed.has(kind),
    ...{ gzip: null, brotli: null },
  }
}

// Only what was found at the start can be asked for: there is no path to climb out by (X19).
const readAll = (folder: string): Map<string, Asset> => {
  if (!existsSync(folder)) return new Map()
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files.map((entry) => {
      const file = join(entry.parentPath, entry.name)
      return [`/${relative(folder, file).split(sep).join('/')}`, assetOf(folder, file)]
    }),
  )
}

/** A sixth smaller than gzip, but a second of work for the largest file: done beside the requests, for those that come after. */
const brotliOf = (asset: Asset): Uint8Array<ArrayBuffer> | null => {
  if (asset.brotli === null) {
    asset.brotli = 'asked'
    const size = { [constants.BROTLI_PARAM_SIZE_HINT]: asset.bytes.length }
    brotli(asset.bytes, { params: size }).then(
      (small) => (asset.brotli = new Uint8Array(small)),
      () => undefined, // gzip does as well
    )
  }
  return asset.brotli === 'asked' ? null : asset.brotli
}

const send = (c: Context<Env>, asset: Asset): Response => {
  const headers = {
    'Content-Type': asset.type,
    'Cache-Control': asset.cache,
    ETag: asset.etag,
    Vary: 'Accept-Encoding',
  }
  if (c.req.header('if-none-match') === asset.etag) return new Response(null, { status: 304, headers })
  const accepted = asset.isPlain ? (c.req.header('accept-encoding') ?? '') : ''
  const small = /\bbr\b/.test(accepted) ? brotliOf(asset) : null
  if (small) return new Response(small, { headers: { ...headers, 'Content-Encoding': 'br' } })
  if (!/\bgzip\b/.test(accepted)) return new Response(asset.bytes, { headers })
  asset.gzip ??= new Uint8Array(gzipSync(asset.bytes, { level: 9 }))
  return new Response(asset.gzip, { headers: { ...headers, 'Content-Encoding': 'gzip' } })
}

const plainPath = /^\/(?:[\w@:-][\w.@:-]*\/)*(?:[\w@:-][\w.@:-]*)?$/

// `:` and `@` stand in an item's id and may arrive escaped; any other escape in a page's path stays roundabout.
const pagePath = (pathname: string): string => pathname.replaceAll(/%(?:3a|40)/gi, decodeURIComponent)

const notFound = (c: Context<Env>): Response => problemResponse(new Fault('not-found'), c.get('requestId'))

const unbuilt =
  '<!doctype html><meta charset="utf-8"><title>常开窗口</title><p>页面还没有构建：请运行 npm run build，或用 npm start 启动。'

/**
 * The built client. Pages of the app (paths without an extension) get index.html; an unknown file, a path under /api
 * or /sync, and any path written in a roundabout way get 404.
 */
export const staticFiles = (folder: string, { isWorkerOff }: { isWorkerOff: boolean }): Handler<Env> => {
  const assets = readAll(folder)
  const off = assets.get('/sw-off.js')
  if (isWorkerOff && off) assets.set('/sw.js', off)
  return (c) => {
    const { pathname } = new URL(c.req.url)
    const found = assets.get(pathname)
    if (found) return send(c, found)
    const isPage =
      plainPath.test(pagePath(pathname)) && extname(pathname) === '' && !/^\/(api|sync|assets)(\/|$)/.test(pathname)
    if (!isPage) return notFound(c)
    const index = assets.get('/index.html')
    return index ? send(c, index) : c.html(unbuilt, 503)
  }
}
