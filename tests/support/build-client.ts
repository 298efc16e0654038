import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const parts = ['client', 'shared', 'package.json', 'tsconfig.json', 'vite.config.ts']

/** A release of the client, built as `npm run build` builds it. */
export interface Release {
  readonly version: string
  /** Folder of the built files. */
  readonly folder: string
  drop(): void
}

/** Builds the client as it is now under another version; a broken one throws before it shows anything. */
export async function buildRelease(version: string, how: { isBroken?: boolean } = {}): Promise<Release> {
  const place = mkdtempSync(join(tmpdir(), 'changkai-release-'))
  for (const part of parts) cpSync(join(root, part), join(place, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'))
  const manifest = readFileSync(join(place, 'package.json'), 'utf8')
  writeFileSync(join(place, 'package.json'), manifest.replace(/"version": "[^"]+"/, `"version": "${version}"`))
  if (how.isBroken) appendFileSync(join(place, 'client/app/main.ts'), `\nthrow new Error('示例：这个版本打不开')\n`)
  const child = spawn(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build'], {
    cwd: place,
    env: { ...process.env, VITEST: '', NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (piece: Buffer) => (said += piece.toString()))
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`release ${version} was not built:\n${said}`)
  return {
    version,
    folder: join(place, 'dist/client'),
    drop: () => rmSync(place, { recursive: true, force: true, maxRetries: 3 }),
  }
}
