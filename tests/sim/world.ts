import { nbuProfile } from '../../shared/profiles/nbu.ts'
import type { Engine } from '../../client/local/engine.ts'
import type { DeviceMeta, LocalStore, OutcomeRow } from '../../client/local/store.ts'
import type { Role } from '../../shared/core/roles.ts'
import { commands } from '../../shared/commands.ts'
import { hallId, publishHall, type Window } from './hall-data.ts'
import { HallServer, type ServerParts } from './hall-server.ts'
import { publicKeyOf, sha256, signWith } from './keys.ts'
import { MemoryDb, type Backup, type LogRow } from './memory-db.ts'
import { keepsAsBefore, saysAsBefore } from './release-before.ts'
import { MemoryDisk } from './memory-store.ts'
import { Network, type FrameSize } from './network.ts'
import type { Rng } from './random.ts'
import { Proc, Scheduler } from './scheduler.ts'
import { TabletClock, type Person, type Tab, type Tablet } from './tablet.ts'
import { Trace } from './trace.ts'

export type { Person, Tab, Tablet } from './tablet.ts'

/** What a planted bug may wrap; a sound world wraps nothing. */
export interface Parts extends ServerParts {
  local(store: LocalStore, proc: Proc): LocalStore
  net(net: Engine['net'], store: LocalStore): Engine['net']
  disk(disk: MemoryDisk): void
}
export const soundParts: Parts = {
  store: (store) => store,
  deps: (deps) => deps,
  local: (store) => store,
  net: (net) => net,
  disk: () => undefined,
}

/** Monday 09:00 in the hall. */
const opening = Date.UTC(2026, 10, 23, 1)

/** The hall, its server, its network and its tablets. */
export class World {
  readonly sim: Scheduler
  readonly trace: Trace
  readonly db: MemoryDb
  readonly server: HallServer
  readonly network: Network
  readonly tablets: Tablet[] = []
  readonly parts: Parts
  /** A day of quarrels: everybody works on the same case, and the supervisor settles. */
  isContended = false
  /** The frames that a tab was brought last; which of them it takes in now, pages asked for ahead leave open. */
  readonly answers = new WeakMap<Proc, readonly FrameSize[]>()
  /** How often the server was put back to an older state, and what it forgot then. */
  restores = 0
  readonly forgotten = new Map<string, LogRow>()
  /** An older state of the server, to be put back. */
  backup: Backup | null = null
  #ids = 0

  constructor(rng: Rng, parts: Parts) {
    this.sim = new Scheduler(opening, rng)
    this.trace = new Trace(() => this.sim.now)
    this.parts = parts
    this.db = new MemoryDb(hallId, this.uuid())
    publishHall(this.db, opening - 86_400_000)
    this.server = new HallServer(this.db, { sim: this.sim, trace: this.trace, parts })
    this.network = new Network({ sim: this.sim, server: this.server, trace: this.trace })
  }

  /** Ids are counted, so that a trace can be read; the protocol may not read anything in them. */
  uuid(): string {
    this.#ids += 1
    return `00000000-0000-7000-8000-${this.#ids.toString(16).padStart(12, '0')}`
  }

  get tabs(): Tab[] {
    return this.tablets.flatMap((tablet) => tablet.tabs)
  }

  /** The log's row of a tablet's act; one the server has forgotten counts until it is there again. */
  logged({ cmdId }: Pick<OutcomeRow, 'cmdId'>): LogRow | undefined {
    return this.db.byCmdId(cmdId) ?? this.forgotten.get(cmdId)
  }

  /** A restored server is sent the acts of one tablet before those of another, on which they may rest. */
  isIncomplete(aggId: string): boolean {
    if (this.restores === 0) return false
    return [...this.forgotten.values()].some((lost) => lost.aggId === aggId && !this.db.byCmdId(lost.cmdId))
  }

  /** Whether a tablet has learnt that the server was put back. */
  knowsLife({ disk }: Tablet): boolean {
    const server = disk.row('meta', 'server')
    if (server?.key !== 'server') return false
    return server.epoch === this.db.epoch && (server.life ?? 0) >= this.restores
  }

  addTablet(window: Window | null, { grantHours, people }: { grantHours: number; people: number }): Tablet {
    const n = this.tablets.length + 1
    const follows = ['hall', ...(window ? [`window:${window.id}`] : ['supervisor'])]
    const tablet: Tablet = {
      ...{
        name: window ? `T${n}` : 'PC',
        device: { id: this.uuid(), hallId, follows, revokedAt: null },
        window,
        follows,
      },
      ...{
        isCut: false,
        people: [],
        tabs: [],
        opened: 0,
        streamId: this.uuid(),
        isAnswered: false,
        release: 'this',
        hasUpdated: false,
        hasRotted: false,
        old: null,
        forks: 0,
      },
      disk: new MemoryDisk(this.sim),
      clock: new TabletClock(this.sim),
    }
    this.parts.disk(tablet.disk)
    const lane = window ? `L${n}` : null
    this.db.openStream(tablet.streamId, { deviceId: tablet.device.id, lane })
    this.tablets.push(tablet)
    this.#enrol(tablet, lane)
    const staff: [string, Role][] = window ? crew.slice(0, people) : [['S', 'supervisor']]
    for (const [who, role] of staff) tablet.people.push(this.#grant(tablet, { who, role, hours: grantHours }))
    return tablet
  }

  #enrol(tablet: Tablet, lane: string | null): void {
    const { streamId, window } = tablet
    const meta: DeviceMeta = {
      ...{ key: 'device', deviceId: tablet.device.id, token: 'token', kind: window ? 'tablet' : 'browser', hallId },
      ...{
        hallName: '示例大厅',
        windowIds: window ? [window.id] : [],
        lanes: lane ? [lane, this.db.lanes.give(tablet.device.id)] : [],
        serverKey: {},
      },
    }
    tablet.disk.seed('meta', [
      meta,
      { key: 'stream', streamId, lane, nextSeq: 1, chainHead: sha256(streamId), n: 0 },
      { key: 'server', epoch: this.db.epoch, samples: [], halted: null },
    ])
    tablet.disk.seed(
      'scope',
      tablet.follows.map((scope) => ({ scope, cursor: 0, stamp: null })),
    )
  }

  #grant(tablet: Tablet, { who, role, hours }: { who: string; role: Role; hours: number }): Person {
    const home = tablet.window?.id ?? null
    const actorId = `${who}-${home ?? 'hall'}`
    const secret = `${actorId}@${tablet.name}`
    const id = this.uuid()
    const [from, to] = [this.sim.now, this.sim.now + hours * 3_600_000]
    const grant = {
      ...{ id, hallId, deviceId: tablet.device.id, actorId, name: `${who}（示例）`, from, to },
      roles: [{ role, windowId: home, ...(role === 'roleB' ? { mayNot: nbuProfile.settings.roleBMayNot.value } : {}) }],
      publicKey: publicKeyOf(secret),
    }
    this.db.grants.set(id, {
      ...{ id, deviceId: tablet.device.id, actorId, displayName: grant.name, roles: grant.roles },
      ...{ fromAt: from, toAt: to, publicKey: grant.publicKey, issuedText: '', issuedSig: '', revokedAt: null },
    })
    return { name: who, role, windowId: home, secret, signer: { grant, sign: async (text) => signWith(secret, text) } }
  }

  /** Open a page of a tablet. */
  openTab(tablet: Tablet): Tab {
    const name = `${tablet.name}.${String.fromCharCode(97 + (tablet.opened % 26))}`
    tablet.opened += 1
    const proc = new Proc(name)
    const plain = tablet.disk.openFor(proc)
    const old = tablet.release === 'before'
    const store = this.parts.local(old ? keepsAsBefore(plain) : plain, proc)
    const net = this.network.netFor(tablet, proc)
    const engine: Engine = {
      ...{ store, clock: tablet.clock, register: commands, app: `sim-${tablet.release}` },
      net: this.parts.net(old ? saysAsBefore(net) : net, plain),
      isOnline: () => tablet.isAnswered,
      report: (event, facts) => this.trace.say(name, `report ${event} ${JSON.stringify(facts)}`),
      entropy: {
        uuid: () => this.uuid(),
        salt: () => `salt-${this.uuid()}`,
        random: () => this.sim.rng.next(),
        sha256: async (text) => {
          await this.sim.pause(proc)
          return sha256(text)
        },
      },
    }
    const tab: Tab = { name, tablet, proc, engine, signedIn: tablet.people[0]!, isSyncing: false, hasLed: false }
    tablet.tabs.push(tab)
    proc.atDeath(() => {
      tablet.tabs = tablet.tabs.filter((other) => other !== tab)
      this.trace.say(name, 'killed')
    })
    this.network.onFrame(proc, (size) => this.answers.set(proc, [...(this.answers.get(proc) ?? []).slice(-2), size]))
    return tab
  }
}

/** Who is on duty at a window, at one tablet: up to three. */
const crew: [string, Role][] = [
  ['A', 'roleA'],
  ['B', 'roleB'],
  ['C', 'roleA'],
]
