/** Count and XOR of the row hashes of one scope: what a replica is compared by (sync.md 4.6). `x` = 16 hex digits. */
export interface Digest {
  readonly n: number
  readonly x: string
}

/** A row as a digest knows it: the kind belongs to its identity, ids of items and profiles are words (ADR 0008). */
export interface DigestRow {
  readonly kind: string
  readonly id: string
  readonly ver: number
}

/** What moved in one scope: rows more or fewer, and the XOR of all hashes that came or went. */
export interface DigestDelta {
  readonly scope: string
  readonly dn: number
  readonly dx: string
}

/** The digest of no rows. */
export const emptyDigest: Digest = { n: 0, x: '0000000000000000' }

interface Sum {
  n: number
  hi: number
  lo: number
}

/**
 * 64 bits of `kind:id:ver` as two 32-bit lanes over the UTF-16 units: xor and multiply as FNV-1a does, each lane with an
 * offset and prime of its own, closed by the avalanche of xxHash32 (their published constants), without which the XOR of
 * neighbouring versions would cancel out. No cryptography: it finds faults, not forgers. `hall.row_hash` is the same in SQL.
 */
function addHash(sum: Sum, { kind, id, ver }: DigestRow): void {
  const text = `${kind}:${id}:${String(ver)}`
  let hi = 0x811c9dc5
  let lo = 0x9747b28c
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    hi = Math.imul(hi ^ unit, 0x9e3779b1)
    lo = Math.imul(lo ^ unit, 0x27d4eb2f)
  }
  sum.hi ^= avalanche(hi)
  sum.lo ^= avalanche(lo)
}

function avalanche(lane: number): number {
  let h = Math.imul(lane ^ (lane >>> 15), 0x85ebca77)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae3d)
  return h ^ (h >>> 16)
}

/** Digests of several scopes, or what moves in them: rows are put in and taken out in any order. */
export class ScopeSums {
  readonly #sums = new Map<string, Sum>()

  put(scope: string, row: DigestRow): void {
    this.#move(scope, row, 1)
  }

  take(scope: string, row: DigestRow): void {
    this.#move(scope, row, -1)
  }

  /** The digest of a scope that began empty. */
  of(scope: string): Digest {
    const { n, hi, lo } = this.#sums.get(scope) ?? { n: 0, hi: 0, lo: 0 }
    return { n, x: hexOf(hi) + hexOf(lo) }
  }

  /** Where anything moved. */
  deltas(): DigestDelta[] {
    return [...this.#sums.keys()]
      .map((scope) => ({ scope, dn: this.of(scope).n, dx: this.of(scope).x }))
      .filter(({ dn, dx }) => dn !== 0 || dx !== emptyDigest.x)
  }

  #move(scope: string, row: DigestRow, n: 1 | -1): void {
    const sum = this.#sums.get(scope) ?? { n: 0, hi: 0, lo: 0 }
    sum.n += n
    addHash(sum, row)
    this.#sums.set(scope, sum)
  }
}

/** A digest after a move. */
export function movedDigest({ n, x }: Digest, { dn, dx }: Pick<DigestDelta, 'dn' | 'dx'>): Digest {
  const lane = (from: number) => parse(x, from) ^ parse(dx, from)
  return { n: n + dn, x: hexOf(lane(0)) + hexOf(lane(8)) }
}

/** The digest of rows. */
export function digestOf(rows: Iterable<DigestRow>): Digest {
  const sums = new ScopeSums()
  for (const row of rows) sums.put('', row)
  return sums.of('')
}

function parse(x: string, from: number): number {
  return Number.parseInt(x.slice(from, from + 8), 16)
}

function hexOf(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, '0')
}
