import { localDay } from '../../shared/calendar/day.ts'
import type { Refs } from '../../shared/core/command.ts'
import type { ContextVersions } from '../../shared/core/envelope.ts'
import { currentVersions } from './current-versions.ts'
import { deviceMeta, serverMeta, streamMeta } from './meta.ts'
import { readRefs } from './refs.ts'
import type {
  DeviceMeta,
  LocalStore,
  RowChange,
  ServerMeta,
  StreamMeta,
  TableName,
  Tables,
  Tx,
  ViewRow,
} from './store.ts'

/** As many rows as a person has on the screen at once, and some. */
const rowsKept = 256

/** The kinds a command is decided with, whatever aggregate it is on. */
const ruleKinds: readonly string[] = ['profile', 'calendar', 'item']

/** The tablet itself and its stream, as they stood at the last look. */
export interface Self {
  device: DeviceMeta
  stream: StreamMeta
  server: ServerMeta
}

/** The versions in force on a day, and their images. */
export interface Rules {
  day: string
  ctxv: Omit<ContextVersions, 'item'>
  refs: Map<string | null, Refs>
}

/**
 * What a tab remembers of its store, so that an ordinary act reads nothing before it is signed. It may be out of date
 * (another tab writes too): the one transaction that keeps the act looks again, and refuses what has moved.
 */
export class Held {
  self: Self | null = null
  readonly #views = new Map<string, ViewRow>()
  #rules: Rules | null = null

  /** The row of an aggregate, if it is known here. */
  view(id: string): ViewRow | undefined {
    return this.#views.get(id)
  }

  /** Remember a row as the last one used. */
  keep(row: ViewRow): void {
    this.#views.delete(row.id)
    this.#views.set(row.id, row)
    const [oldest] = this.#views.keys()
    if (this.#views.size > rowsKept && oldest !== undefined) this.#views.delete(oldest)
  }

  /** What acts on these sheets are decided with at `at` (UTC ms); null when some of it is not known here. */
  rulesAt(at: number, itemIds: ReadonlySet<string | null>): Rules | null {
    const rules = this.#rules
    if (rules?.day !== localDay(at)) return null
    return [...itemIds].every((id) => rules.refs.has(id)) ? rules : null
  }

  async readRules(tx: Tx, at: number, itemIds: ReadonlySet<string | null>): Promise<Rules> {
    const ctxv = await currentVersions(tx, at)
    const known = this.#rules?.day === localDay(at) ? this.#rules.refs : []
    const read = [...itemIds].map(async (item) => [item, await readRefs(tx, { ...ctxv, item })] as const)
    const rules = { day: localDay(at), ctxv, refs: new Map([...known, ...(await Promise.all(read))]) }
    this.#rules = rules
    return rules
  }

  async readSelf(tx: Tx): Promise<Self> {
    const [device, stream, server] = await Promise.all([deviceMeta(tx), streamMeta(tx), serverMeta(tx)])
    if (!device || !stream) throw new Error('this browser is not enrolled')
    this.self = { device, stream, server }
    return this.self
  }

  /** This tab has kept these rows, or (null) another has changed these tables. */
  hear(own: readonly RowChange[] | null, tables: ReadonlySet<TableName>): void {
    if (own === null) {
      if (tables.has('meta')) this.self = null
      if (tables.has('view')) this.#forgetRows()
      return
    }
    for (const change of own) {
      if (change.table === 'meta') this.#hearSelf(change.row as Tables['meta'] | null)
      if (change.table === 'view') this.#hearRow(change.key as string, change.row as ViewRow | null)
    }
  }

  /** It has proved out of date. */
  forget(): void {
    this.self = null
    this.#forgetRows()
  }

  #forgetRows(): void {
    this.#views.clear()
    this.#rules = null
  }

  #hearSelf(row: Tables['meta'] | null): void {
    if (!row || !this.self) this.self = null
    else if (row.key === 'device') this.self = { ...this.self, device: row }
    else if (row.key === 'stream') this.self = { ...this.self, stream: row }
    else if (row.key === 'server') this.self = { ...this.self, server: row }
  }

  #hearRow(id: string, row: ViewRow | null): void {
    if (!row || ruleKinds.includes(row.kind)) this.#rules = null
    if (!row) this.#views.delete(id)
    else if (row.after > 0) this.keep(row)
    else if (this.#views.has(id)) this.#views.set(id, row)
  }
}

const heldByStore = new WeakMap<LocalStore, Held>()

/** What this tab remembers of a store. */
export function heldOf(store: LocalStore): Held {
  const known = heldByStore.get(store)
  if (known) return known
  const held = new Held()
  heldByStore.set(store, held)
  store.hear?.((own, tables) => held.hear(own, tables))
  return held
}
