import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  chownSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

/** A step the recorder has told (tests/support/fsync-shim.c), or a note of the test among them (`a`). */
export interface Step {
  readonly kind: string
  readonly path: string
  readonly other: string
  readonly at: number
  readonly data: Buffer
}

/** Builds the recorder of F53 (tests/support/fsync-shim.c), to be preloaded with SHIM_LOG and SHIM_ROOT set. */
export function buildRecorder(to: string): void {
  const source = join(import.meta.dirname, 'fsync-shim.c')
  const { error, status, stderr } = spawnSync('cc', ['-O1', '-shared', '-fPIC', '-o', to, source, '-ldl'], {
    encoding: 'utf8',
  })
  if (error)
    throw new Error('No C compiler (cc) is here to build the recorder of F53: apt-get install -y gcc libc6-dev')
  if (status !== 0) throw new Error(stderr)
  chmodSync(to, 0o755)
}

const headBytes = 21

/** Reads a recording; a record that is not whole yet is left out. */
export function readSteps(file: string): Step[] {
  const log = readFileSync(file)
  const steps: Step[] = []
  for (let from = 0; from + headBytes <= log.length;) {
    const [path, other] = [log.readUInt16LE(from + 1), log.readUInt16LE(from + 3)]
    const bytes = Number(log.readBigUInt64LE(from + 13))
    const names = from + headBytes
    const end = names + path + other + bytes
    if (end > log.length) break
    steps.push({
      kind: String.fromCharCode(log[from] ?? 0),
      path: log.toString('utf8', names, names + path),
      other: log.toString('utf8', names + path, names + path + other),
      at: Number(log.readBigInt64LE(from + 5)),
      data: log.subarray(end - bytes, end),
    })
    from = end
  }
  return steps
}

/** A note as the recorder would write it. */
export function noteOf(text: string): Buffer {
  const head = Buffer.alloc(headBytes)
  head.write('a')
  head.writeUInt16LE(Buffer.byteLength(text), 1)
  return Buffer.concat([head, Buffer.from(text)])
}

/** A write, a cut to length or a reservation that no fsync has covered yet. */
type Waiting = Pick<Step, 'kind' | 'at' | 'data'>

const sector = 512

function apply(file: string, step: Waiting, isKept: () => boolean): void {
  if (!existsSync(file)) return
  const fd = openSync(file, 'r+')
  try {
    const { size } = fstatSync(fd)
    if (step.kind === 't' && isKept()) ftruncateSync(fd, step.at)
    if (step.kind === 'f' && size < step.at && isKept()) ftruncateSync(fd, step.at)
    if (step.kind !== 'w') return
    for (let from = 0; from < step.data.length; from += sector) {
      if (isKept()) writeSync(fd, step.data.subarray(from, from + sector), 0, undefined, step.at + from)
    }
  } finally {
    closeSync(fd)
  }
}

/** A folder as a power cut leaves it: names as they were, of the bytes what was synced and a random part of the rest. */
class Disk {
  readonly #root: string
  readonly #waiting = new Map<string, Waiting[]>()
  readonly #syncing = new Map<string, number>()

  constructor(root: string) {
    this.#root = root
  }

  take(step: Step): void {
    const { kind, path, other, at } = step
    const file = join(this.#root, path)
    if ('wtfc'.includes(kind)) this.#wait(path, step)
    else if (kind === 's') this.#syncing.set(`${path}:${at}`, this.#of(path).length)
    else if (kind === 'S') this.#sync(path, this.#syncing.get(`${path}:${at}`) ?? 0)
    else if (kind === 'r') this.#rename(path, other)
    else if ('uD'.includes(kind)) this.#remove(path)
    else if (kind === 'd') this.#own(file, () => mkdirSync(file, { recursive: true, mode: 0o700 }))
  }

  /** The moment of the cut. */
  cut(random: () => number): void {
    for (const [path, steps] of this.#waiting) {
      const share = random()
      for (const step of steps) apply(join(this.#root, path), step, () => random() < share)
    }
  }

  #of(path: string): Waiting[] {
    const waiting = this.#waiting.get(path) ?? []
    this.#waiting.set(path, waiting)
    return waiting
  }

  #wait(path: string, step: Step): void {
    const file = join(this.#root, path)
    if (!existsSync(file) && existsSync(dirname(file))) this.#own(file, () => closeSync(openSync(file, 'a', 0o600)))
    if (step.kind !== 'c') this.#of(path).push(step)
  }

  #sync(path: string, count: number): void {
    for (const step of this.#of(path).splice(0, count)) apply(join(this.#root, path), step, () => true)
    // Another may have begun to sync the same file meanwhile: what it waits for is partly there now.
    for (const [who, left] of this.#syncing) {
      if (who.startsWith(`${path}:`)) this.#syncing.set(who, Math.max(0, left - count))
    }
  }

  #remove(path: string): void {
    rmSync(join(this.#root, path), { recursive: true, force: true })
    this.#waiting.delete(path)
  }

  #rename(from: string, to: string): void {
    if (!existsSync(join(this.#root, from))) return
    renameSync(join(this.#root, from), join(this.#root, to))
    this.#waiting.set(to, this.#of(from))
    this.#waiting.delete(from)
  }

  #own(file: string, make: () => void): void {
    make()
    const { uid, gid } = statSync(this.#root)
    chownSync(file, uid, gid)
  }
}

/** Copies `base`, as it was when the recording began, to `to` and lets the first `count` steps and a power cut happen. */
export function rebuild(
  { base, to }: { base: string; to: string },
  steps: readonly Step[],
  random: () => number,
): void {
  rmSync(to, { recursive: true, force: true })
  const { status, stderr } = spawnSync('cp', ['-a', base, to], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  const disk = new Disk(to)
  for (const step of steps) disk.take(step)
  disk.cut(random)
  rmSync(join(to, 'postmaster.pid'), { force: true })
}
