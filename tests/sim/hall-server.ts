import { judge, type JudgeDeps } from '../../server/sync/judge.ts'
import { frameOf } from '../../server/sync/frame.ts'
import type { AggRef, Page, PageRequest, Store } from '../../server/sync/store-verbs.ts'
import { commands } from '../../shared/commands.ts'
import type { CommandRegister } from '../../shared/core/command.ts'
import { PullQuery, PushBody } from '../../shared/wire/push.ts'
import { sha256, verify } from './keys.ts'
import type { MemoryDb } from './memory-db.ts'
import { Proc, type Scheduler } from './scheduler.ts'
import type { Trace } from './trace.ts'

/** An enrolled device as the server knows it. */
export interface Device {
  readonly id: string
  readonly hallId: string
  readonly follows: readonly string[]
  revokedAt: number | null
}

/** An answer of HTTP: what the network carries back. */
export interface Answer {
  status: number
  text: string
}

/** What a planted bug may wrap. */
export interface ServerParts {
  store(store: Store, db: MemoryDb): Store
  deps(deps: JudgeDeps): JudgeDeps
}

/** Words that make the server's own rule throw: the poison of F47. A tablet's rule does not know them. */
export const poison = '毒'
const poisonError = 'poison'

const poisoned: CommandRegister = new Map(
  [...commands].map(([key, def]) => [
    key,
    {
      ...def,
      decide: (image, args, ctx) => {
        if (JSON.stringify(args).includes(poison)) throw new RangeError(poisonError)
        return def.decide(image, args, ctx)
      },
    },
  ]),
)

/** The hall's server over one database: requests run side by side, and a kill ends all of them where they stand. */
export class HallServer {
  readonly db: MemoryDb
  life: Proc | null = new Proc('server')
  /** The next place at which it dies: before or after one of its three verbs. */
  diesAt: string | null = null
  /** The longest page it gives. */
  pageLimit = 500
  /** Told of each page before it is answered. */
  readonly afterPage: ((request: PageRequest, page: Page) => void)[] = []
  /** What a rule threw that was not poisoned. */
  readonly crashes: unknown[] = []
  readonly #sim: Scheduler
  readonly #trace: Trace
  readonly #parts: ServerParts
  readonly #store: Store

  constructor(db: MemoryDb, world: { sim: Scheduler; trace: Trace; parts: ServerParts }) {
    this.db = db
    this.#sim = world.sim
    this.#trace = world.trace
    this.#parts = world.parts
    this.#store = this.#parts.store(this.#verbs(), db)
  }

  start(): void {
    this.life ??= new Proc('server')
  }

  kill(place = 'where it stands'): void {
    if (!this.life) return
    this.#trace.say('server', `dies ${place}`)
    this.diesAt = null
    this.life.kill()
    this.life = null
  }

  /** Each verb is one moment; before and after it anything may happen. */
  #verbs(): Store {
    const at = async <R>(name: string, verb: () => R): Promise<R> => {
      const life = this.life!
      await this.#gate(life, `before ${name}`)
      const result = verb()
      await this.#gate(life, `after ${name}`)
      return result
    }
    return {
      load: (request) => at('load', () => this.db.load(request)),
      append: (batch) => at('append', () => this.db.append(batch)),
      page: (request) => at('page', () => this.db.page(request)),
      open: (request) => at('open', () => this.db.open(request)),
    }
  }

  async #gate(life: Proc, place: string): Promise<void> {
    if (this.diesAt === place) this.kill(place)
    await this.#sim.pause(life)
  }

  /** What the server judges its own acts with; null while it is down. */
  deps(): JudgeDeps | null {
    return this.life && this.#deps(this.life)
  }

  #deps(life: Proc): JudgeDeps {
    return this.#parts.deps({
      ...{ store: this.#store, hash: sha256, verify, register: poisoned },
      now: () => this.#sim.now,
      random: () => this.#sim.rng.next(),
      wait: (ms) => this.#sim.sleep(life, ms),
      alarm: ({ seq, code, why, error }) => {
        if (error && !(error instanceof RangeError && error.message === poisonError)) this.crashes.push(error)
        this.#trace.say('server', `alarm: seq ${seq} held ${code} ${why}`)
      },
    })
  }

  /** As `push.route.ts`: judge, then one page of results and touched images. */
  async push(device: Device, text: string): Promise<Answer> {
    const t1 = this.#sim.now
    const body = PushBody.safeParse(JSON.parse(text))
    if (!body.success) return problem(422, 'invalid')
    try {
      const { id, hallId, revokedAt } = device
      const done = await judge(this.#deps(this.life!), { id, hallId, revokedAt }, body.data)
      const { streamId, branch = 0, firstUnsettled, lane } = body.data
      const own = { device, streamId, branch, firstUnsettled, spareOf: lane === undefined ? null : id }
      const page = await this.#page({ ...own, since: null, limit: 1, touched: done.touched })
      return {
        status: 200,
        text: JSON.stringify(frameOf(page, { t1, t2: this.#sim.now, stop: done.stop })),
      }
    } catch (error) {
      return refused(error)
    }
  }

  /** As `pull.route.ts`: a revoked device gets nothing; a scope that is not its own is refused. */
  async pull(device: Device, query: Record<string, string>): Promise<Answer> {
    const t1 = this.#sim.now
    const asked = PullQuery.safeParse(query)
    if (!asked.success) return problem(422, 'invalid')
    const { stream, branch, firstUnsettled, since, snapshot, began } = asked.data
    const scopes = asked.data.scopes.split(',')
    if (device.revokedAt !== null || !scopes.every((scope) => device.follows.includes(scope)))
      return problem(403, 'forbidden')
    const limit = Math.min(asked.data.limit, this.pageLimit)
    const own = { device, streamId: stream, branch, firstUnsettled, isSnapshot: snapshot !== undefined, began }
    const page = await this.#page({ ...own, scopes, since, limit, touched: [] })
    return { status: 200, text: JSON.stringify(frameOf(page, { t1, t2: this.#sim.now })) }
  }

  async #page(
    ask: Omit<PageRequest, 'hallId' | 'scopes'> & { device: Device; scopes?: string[]; touched: readonly AggRef[] },
  ): Promise<Page> {
    const { device, ...rest } = ask
    const follows = device.revokedAt === null ? device.follows : []
    const request: PageRequest = { hallId: device.hallId, scopes: follows, ...rest }
    const page = await this.#store.page(request)
    for (const look of this.afterPage) look(request, page)
    return page
  }
}

function problem(status: number, code: string): Answer {
  return { status, text: JSON.stringify({ type: `/problems/${code}`, status }) }
}

function refused(error: unknown): Answer {
  if (!(error instanceof Error) || error.name !== 'Fault') throw error
  const { code } = error as Error & { code: string }
  return problem(code === 'busy' ? 503 : 403, code)
}
