import { aggKey, type AggRef, type PageRequest } from '../../server/sync/store-verbs.ts'
import { emptyDigest, movedDigest, type Digest, type DigestDelta } from '../../shared/core/digest.ts'

/** One entry of the scope index. */
export interface ScopeEntry extends AggRef {
  scope: string
  pos: number
  ver: number
  op: 'set' | 'leave'
}

/** A change that shows in several scopes of a request is one entry. */
export interface Grouped extends AggRef {
  pos: number
  set: string[]
  gone: string[]
}

/**
 * The scope index: one entry a scope and aggregate, each scope's in the order of their positions, so that a page reads
 * what changed and nothing else (I23). `reads` counts the entries looked at.
 */
export class ScopeIndex {
  reads = 0
  readonly #scopes: Map<string, Map<string, ScopeEntry>>
  /** Entries in order of position; an entry that was written again leaves a hole behind it. */
  readonly #ordered = new Map<string, ScopeEntry[]>()

  readonly #digests: Map<string, Digest>
  /** Entries of what left a scope are gone up to here (sync.md 4.5). */
  horizon = 0

  constructor(from?: ScopeIndex) {
    this.#digests = new Map(from?.digests())
    this.horizon = from?.horizon ?? 0
    this.#scopes = new Map([...(from?.all() ?? [])].map(([scope, entries]) => [scope, new Map(entries)]))
    for (const [scope, entries] of this.#scopes) this.#ordered.set(scope, inOrder(entries))
  }

  all(): ReadonlyMap<string, ReadonlyMap<string, ScopeEntry>> {
    return this.#scopes
  }

  digests(): ReadonlyMap<string, Digest> {
    return this.#digests
  }

  digestOf(scope: string): Digest {
    return this.#digests.get(scope) ?? emptyDigest
  }

  moveDigest({ scope, ...delta }: DigestDelta): void {
    this.#digests.set(scope, movedDigest(this.digestOf(scope), delta))
  }

  /** What left a scope up to a position is forgotten, and the horizon rises over it. */
  forgetLeaves(upTo: number): void {
    this.horizon = Math.max(this.horizon, upTo)
    for (const [scope, entries] of this.#scopes) {
      for (const [key, { op, pos }] of entries) if (op === 'leave' && pos <= this.horizon) entries.delete(key)
      this.#ordered.set(scope, inOrder(entries))
    }
  }

  /** Whether a cursor has nothing to go on from; a snapshot's later pages go on from where the hall stood at its first. */
  isPast({ since, isSnapshot, began }: Pick<PageRequest, 'since' | 'isSnapshot' | 'began'>): boolean {
    const from = isSnapshot ? (began ?? null) : since
    return since !== null && since > 0 && from !== null && from < this.horizon
  }

  /** Every entry of every scope. */
  values(): ScopeEntry[] {
    return [...this.#scopes.values()].flatMap((entries) => [...entries.values()])
  }

  get(scope: string, agg: AggRef): ScopeEntry | undefined {
    return this.#scopes.get(scope)?.get(aggKey(agg))
  }

  write(entry: ScopeEntry): void {
    const entries = this.#scopes.get(entry.scope) ?? new Map<string, ScopeEntry>()
    this.#scopes.set(entry.scope, entries)
    entries.set(aggKey(entry), entry)
    const list = this.#ordered.get(entry.scope) ?? []
    list.push(entry)
    // entries of one batch come in the order of its aggregates, not of its positions
    for (let at = list.length - 1; at > 0 && list[at - 1]!.pos > list[at]!.pos; at -= 1) {
      ;[list[at - 1], list[at]] = [list[at]!, list[at - 1]!]
    }
    this.#ordered.set(entry.scope, list.length > 2 * entries.size + 8 ? inOrder(entries) : list)
  }

  /** The entries of one scope after a position, oldest first. */
  after(scope: string, since: number): ScopeEntry[] {
    const entries = this.#scopes.get(scope)
    const list = this.#ordered.get(scope) ?? []
    let from = list.length
    while (from > 0 && list[from - 1]!.pos > since) from -= 1
    return list.slice(from).filter((entry) => entries?.get(aggKey(entry)) === entry)
  }

  touched({ scopes, touched }: Pick<PageRequest, 'scopes' | 'touched'>): Grouped[] {
    const found = scopes.flatMap((scope) => touched.flatMap((agg) => this.#scopes.get(scope)?.get(aggKey(agg)) ?? []))
    this.reads += found.length
    return group(found, aggKey)
  }

  changed(request: Pick<PageRequest, 'scopes' | 'limit' | 'since' | 'isSnapshot' | 'began'>, since: number): Grouped[] {
    if (this.isPast(request)) return []
    const { scopes, limit } = request
    const found = scopes.flatMap((scope) =>
      this.after(scope, since)
        .filter((one) => since > 0 || one.op === 'set')
        .slice(0, limit),
    )
    this.reads += found.length
    return group(found, (one) => `${one.pos} ${aggKey(one)}`).slice(0, limit)
  }
}

function inOrder(entries: ReadonlyMap<string, ScopeEntry>): ScopeEntry[] {
  return [...entries.values()].sort((a, b) => a.pos - b.pos)
}

function group(entries: readonly ScopeEntry[], keyOf: (entry: ScopeEntry) => string): Grouped[] {
  const groups = new Map<string, Grouped>()
  for (const entry of entries) {
    const { kind, id, pos, scope, op } = entry
    const key = keyOf(entry)
    const held = groups.get(key) ?? { kind, id, pos, set: [], gone: [] }
    held.pos = Math.max(held.pos, pos)
    ;(op === 'set' ? held.set : held.gone).push(scope)
    groups.set(key, held)
  }
  return [...groups.values()].toSorted((a, b) => a.pos - b.pos)
}
