import type { Frame } from '../../shared/wire/frame.ts'
import { NetFault, type Net } from '../../client/local/engine.ts'
import type { Answer, Device, HallServer } from './hall-server.ts'
import { Proc, type Scheduler } from './scheduler.ts'
import type { Trace } from './trace.ts'

/** How rough the network is, each a share of requests. */
export interface Weather {
  lostRequest: number
  lostAnswer: number
  doubled: number
  /** The tablet gives up, the request arrives hours later. */
  late: number
  slow: number
  cutShort: number
  /** The answer never comes and nobody says so: the tablet waits until it gives up. */
  halfOpen: number
  /** A portal answers 200 with something of its own. */
  portal: number
}

export const calm: Weather = {
  ...{ lostRequest: 0, lostAnswer: 0, doubled: 0, late: 0, slow: 0, cutShort: 0, halfOpen: 0, portal: 0 },
}

/** What a frame named: how many rows, leaves and results, the rows' ids, and the position it is of. */
export interface FrameSize {
  named: number
  ids: readonly string[]
  pos: number
}

const patience = 30_000

/** A tablet's line to the server. */
export interface Line {
  name: string
  device: Device
  isCut: boolean
}

interface Exchange {
  line: Line
  proc: Proc
  what: string
  call: (server: HallServer) => Promise<Answer>
  end: (act: () => void) => void
  resolve: (value: unknown) => void
  reject: (error: Error) => void
}

/** The network between tablets and server: it drops, delays, doubles, re-orders and cuts what it carries. */
export class Network {
  weather: Weather = calm
  readonly #sim: Scheduler
  readonly #server: HallServer
  readonly #trace: Trace
  readonly #hearers = new WeakMap<Proc, (size: FrameSize) => void>()
  /** The wire outlives tabs and servers. */
  readonly #wire = new Proc('wire')

  constructor({ sim, server, trace }: { sim: Scheduler; server: HallServer; trace: Trace }) {
    this.#sim = sim
    this.#server = server
    this.#trace = trace
  }

  /** The two requests of sync as one tab makes them. */
  netFor(line: Line, proc: Proc): Net {
    const ask = (what: string, call: Exchange['call']): Promise<unknown> =>
      new Promise((resolve, reject) => this.#send({ line, proc }, { what, call, resolve, reject }))
    return {
      push: (body) => {
        const text = JSON.stringify(body)
        const at = `push ${body.fromSeq}…${body.fromSeq + body.commands.length - 1}`
        return ask(at, (server) => server.push(line.device, text))
      },
      pull: (query) =>
        ask(`pull ${String(query.scopes)} since ${String(query.since)}`, (server) => server.pull(line.device, query)),
    }
  }

  /** Told of the size of each frame that a tab takes in. */
  onFrame(proc: Proc, hear: (size: FrameSize) => void): void {
    this.#hearers.set(proc, hear)
  }

  #send({ line, proc }: { line: Line; proc: Proc }, ask: Omit<Exchange, 'end' | 'line' | 'proc'>): void {
    let isOpen = true
    const giveUp = this.#sim.after(proc, patience, () => exchange.end(() => ask.reject(new NetFault('unreachable'))))
    const exchange: Exchange = {
      ...{ ...ask, line, proc },
      end: (act) => {
        if (!isOpen) return
        isOpen = false
        giveUp()
        act()
      },
    }
    if (line.isCut) {
      this.#later(this.#sim.rng.between(1, 50), () => this.#fault(exchange, 'no network'))
      return
    }
    const fate = this.#fate()
    this.#trace.say(proc.name, `→ ${ask.what}${fate === 'plain' ? '' : ` [${fate}]`}`)
    this.#carry(exchange, fate)
  }

  #fate(): keyof Weather | 'plain' {
    const { rng } = this.#sim
    let left = rng.next()
    for (const [fate, share] of Object.entries(this.weather) as [keyof Weather, number][]) {
      left -= share
      if (left < 0) return fate
    }
    return 'plain'
  }

  #carry(exchange: Exchange, fate: keyof Weather | 'plain'): void {
    const { rng } = this.#sim
    const way = fate === 'slow' ? rng.between(1_000, 40_000) : rng.between(1, 80)
    if (fate === 'portal') return this.#later(way, () => exchange.end(() => exchange.resolve({ ok: true })))
    if (fate === 'lostRequest') return this.#later(way, () => this.#fault(exchange, 'request lost'))
    if (fate === 'late') this.#later(way, () => this.#fault(exchange, 'line dead'))
    this.#later(fate === 'late' ? rng.between(60_000, 4 * 3_600_000) : way, () => this.#arrive(exchange, fate))
    if (fate === 'doubled') this.#later(rng.between(1, 5_000), () => this.#arrive(exchange, 'plain'))
  }

  #arrive(exchange: Exchange, fate: keyof Weather | 'plain'): void {
    const { life } = this.#server
    if (!life || (exchange.line.isCut && fate !== 'late'))
      return this.#fault(exchange, life ? 'line cut' : 'server down')
    life.atDeath(() => this.#later(20, () => this.#fault(exchange, 'server died')))
    void exchange.call(this.#server).then(
      (answer) => this.#later(this.#sim.rng.between(1, 80), () => this.#back(exchange, fate, answer)),
      (error: unknown) => this.#sim.fail(error),
    )
  }

  #back(exchange: Exchange, fate: keyof Weather | 'plain', { status, text }: Answer): void {
    if (fate === 'halfOpen') return this.#trace.say(exchange.line.name, `… ${exchange.what}: no answer, half-open`)
    if (fate === 'lostAnswer' || exchange.line.isCut) return this.#fault(exchange, 'answer lost')
    if (fate === 'cutShort') return this.#fault(exchange, 'answer cut short')
    exchange.end(() => {
      this.#trace.say(exchange.line.name, `← ${status} ${exchange.what}`)
      if (status === 200) this.#take(exchange, JSON.parse(text))
      else exchange.reject(new NetFault(status === 503 ? 'busy' : 'refused', { status }))
    })
  }

  #take({ proc, resolve }: Exchange, frame: Partial<Frame>): void {
    const { rows = [], leaves = [], results = [], pos = 0 } = frame
    const named = rows.length + leaves.length + results.length
    this.#hearers.get(proc)?.({ named, ids: rows.map(({ id }) => id), pos })
    resolve(frame)
  }

  #fault(exchange: Exchange, why: string): void {
    exchange.end(() => {
      this.#trace.say(exchange.line.name, `✗ ${exchange.what}: ${why}`)
      exchange.reject(new NetFault('unreachable'))
    })
  }

  #later(ms: number, act: () => void): void {
    this.#sim.after(this.#wire, ms, act)
  }
}
