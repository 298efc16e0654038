import { createReadStream, createWriteStream } from 'node:fs'
import { access, chmod, constants, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib'

const root = resolve(import.meta.dirname, '../..')
const bundle = resolve(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../..')

/** The files of an uncompressed tar archive: enough of the format for a bundle of libraries (short names, plain files). */
function* filesOf(tar: Buffer): Generator<{ name: string; content: Buffer }> {
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const field = (from: number, length: number) =>
      tar.toString('latin1', at + from, at + from + length).split('\0')[0] ?? ''
    const size = Number.parseInt(field(124, 12), 8)
    if (field(156, 1) === '0') yield { name: field(0, 100), content: tar.subarray(at + 512, at + 512 + size) }
    at += 512 + Math.ceil(size / 512) * 512
  }
}

async function unpackInto(folder: string): Promise<void> {
  const binary = join(folder, 'chromium')
  await pipeline(createReadStream(join(bundle, 'bin/chromium.br')), createBrotliDecompress(), createWriteStream(binary))
  await mkdir(join(folder, 'lib'))
  for (const file of filesOf(brotliDecompressSync(await readFile(join(bundle, 'bin/al2023.tar.br'))))) {
    await writeFile(join(folder, 'lib', basename(file.name)), file.content)
  }
  for (const path of [folder, binary]) await chmod(path, 0o755) // another user may run the tests of this clone
}

const isThere = (path: string, mode = constants.F_OK): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  )

/** Where what tests make once is kept: beside the packages, so that it goes with them. */
export async function cacheFolder(): Promise<string> {
  const own = join(root, 'node_modules/.cache')
  await mkdir(own, { recursive: true }).catch(() => undefined) // a read-only clone uses the system's folder
  return (await isThere(own, constants.W_OK)) ? own : tmpdir()
}

/**
 * Unpacks the browser and its libraries from the npm package, once per version. Not by the package's own function, which
 * writes to a shared temporary folder for its first user only. Several at once are safe: each unpacks aside, then renames.
 */
export async function unpackChromium(): Promise<{ path: string; libraries: string }> {
  const { version } = JSON.parse(await readFile(join(bundle, 'package.json'), 'utf8')) as { version: string }
  const name = `chromium-${version}`
  const places = [
    join(root, 'node_modules/.cache', name),
    join(tmpdir(), `changkai-${String(process.getuid?.())}-${name}`),
  ]
  for (const folder of places) {
    if (await isThere(join(folder, 'chromium'), constants.X_OK))
      return { path: join(folder, 'chromium'), libraries: join(folder, 'lib') }
  }
  const cache = await cacheFolder()
  const folder = (cache === tmpdir() ? places[1] : places[0]) ?? cache
  const aside = await mkdtemp(`${folder}-`)
  await unpackInto(aside)
  await rename(aside, folder).catch(() => rm(aside, { recursive: true })) // someone else was first
  return { path: join(folder, 'chromium'), libraries: join(folder, 'lib') }
}
