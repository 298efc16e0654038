import { nbuProfile } from '../../shared/profiles/nbu.ts'
import type { Engine, Signer } from '../../client/local/engine.ts'
import type { DeviceMeta } from '../../client/local/store.ts'
import type { Role } from '../../shared/core/roles.ts'
import { hallId, publishHall, windows, type Window } from './hall-data.ts'
import { HallServer, type ServerParts } from './hall-server.ts'
import { publicKeyOf, sha256, signWith } from './keys.ts'
import { MemoryDb } from './memory-db.ts'
import { MemoryDisk } from './memory-store.ts'
import { Network, type Line } from './network.ts'
import type { Rng } from './random.ts'
import { Proc, Scheduler } from './scheduler.ts'
import { Trace } from './trace.ts'
import type { LocalStore } from '../../client/local/store.ts'
import { commands } from '../../shared/commands.ts'

/** A person with the key and grant they have on one tablet. */
export interface Person {
  name: string
  role: Role
  windowId: string | null
  secret: string
  signer: Signer
}

/** One open page of a tablet. */
export interface Tab {
  name: string
  tablet: Tablet
  proc: Proc
  engine: Engine
  signedIn: Person
  /** One push and one pull in flight at most, as the leader's loop has it. */
  isSyncing: boolean
}

/** An enrolled tablet, or the browser of the supervisor's PC. */
export interface Tablet extends Line {
  disk: MemoryDisk
  window: Window | null
  follows: string[]
  people: Person[]
  tabs: Tab[]
  streamId: string
  clock: TabletClock
  isAnswered: boolean
}

/** What a planted bug may wrap; a sound world wraps nothing. */
export interface Parts extends ServerParts {
  local(store: LocalStore, proc: Proc): LocalStore
  net(net: Engine['net'], store: LocalStore): Engine['net']
}
export const soundParts: Parts = {
  store: (store) => store,
  deps: (deps) => deps,
  local: (store) => store,
  net: (net) => net,
}

/** A tablet's clocks: the wall may jump and drift, the monotonic one only runs. */
export class TabletClock {
  offset = 0
  drift = 0
  boot = 'boot-1'
  #bootedAt: number
  readonly #sim: Scheduler

  constructor(sim: Scheduler) {
    this.#sim = sim
    this.#bootedAt = sim.now
  }

  wall(): number {
    return Math.floor(this.#sim.now + this.offset + (this.#sim.now - this.#bootedAt) * this.drift)
  }

  mono(): number {
    return Math.floor((this.#sim.now - this.#bootedAt) * (1 + this.drift))
  }

  reboot(): void {
    this.boot = `boot-${Number(this.boot.slice(5)) + 1}`
    this.#bootedAt = this.#sim.now
  }
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

  addTablet(window: Window | null, grantHours: number): Tablet {
    const n = this.tablets.length + 1
    const name = window ? `T${n}` : 'PC'
    const follows = ['hall', ...(window ? [`window:${window.id}`] : ['supervisor'])]
    const device = { id: this.uuid(), hallId, follows, revokedAt: null }
    const tablet: Tablet = {
      ...{
        name,
        device,
        window,
        follows,
        isCut: false,
        people: [],
        tabs: [],
        streamId: this.uuid(),
        isAnswered: false,
      },
      disk: new MemoryDisk(this.sim),
      clock: new TabletClock(this.sim),
    }
    const lane = window ? `L${n}` : null
    this.db.openStream(tablet.streamId, { deviceId: device.id, lane })
    this.tablets.push(tablet)
    this.#enrol(tablet, lane)
    const roles: [string, Role][] = window
      ? [
          ['A', 'roleA'],
          ['B', 'roleB'],
        ]
      : [['S', 'supervisor']]
    for (const [who, role] of roles) tablet.people.push(this.#grant(tablet, { who, role, hours: grantHours }))
    return tablet
  }

  #enrol(tablet: Tablet, lane: string | null): void {
    const meta: DeviceMeta = {
      ...{
        key: 'device',
        deviceId: tablet.device.id,
        token: 'token',
        kind: tablet.window ? 'tablet' : 'browser',
        hallId,
      },
      ...{
        hallName: '示例大厅',
        windowIds: tablet.window ? [tablet.window.id] : [],
        lanes: lane ? [lane] : [],
        serverKey: {},
      },
    }
    const { streamId } = tablet
    tablet.disk.seed('meta', [
      meta,
      { key: 'stream', streamId, lane, nextSeq: 1, chainHead: sha256(streamId), n: 0 },
      { key: 'server', epoch: this.db.epoch, samples: [], resendFrom: null, halted: null },
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
      ...{
        id,
        deviceId: tablet.device.id,
        actorId,
        displayName: grant.name,
        roles: grant.roles,
        fromAt: from,
        toAt: to,
      },
      ...{ publicKey: grant.publicKey, issuedText: '', issuedSig: '', revokedAt: null },
    })
    return { name: who, role, windowId: home, secret, signer: { grant, sign: async (text) => signWith(secret, text) } }
  }

  /** Open a page of a tablet. */
  openTab(tablet: Tablet): Tab {
    const name = `${tablet.name}.${String.fromCharCode(97 + tablet.tabs.length)}`
    const proc = new Proc(name)
    const plain = tablet.disk.openFor(proc)
    const store = this.parts.local(plain, proc)
    const engine: Engine = {
      ...{ store, clock: tablet.clock, register: commands, app: 'sim' },
      net: this.parts.net(this.network.netFor(tablet, proc), plain),
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
    const tab: Tab = { name, tablet, proc, engine, signedIn: tablet.people[0]!, isSyncing: false }
    tablet.tabs.push(tab)
    return tab
  }

  /** The page ends where it stands. */
  killTab(tab: Tab): void {
    tab.proc.kill()
    tab.tablet.tabs = tab.tablet.tabs.filter((other) => other !== tab)
  }

  window(id: string): Window {
    return windows.find((window) => window.id === id)!
  }
}
