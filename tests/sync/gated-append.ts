import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openGate } from '../../server/db/gate.ts'
import { openClient, overClient, type Client } from '../../server/db/pg.ts'
import { createStore } from '../../server/db/store.ts'
import { StoreConflict, type AppendBatch, type Store } from '../../server/sync/store-verbs.ts'
import type { TestDatabase } from '../support/postgres.ts'

const sql = readFileSync(join(import.meta.dirname, '../../server/db/append-batch.sql'), 'utf8')

/** Where an append can be stopped: its stream is locked, its images are, the hall is and all of it is written. */
export const gates = ['stream', 'images', 'hall'] as const
export type Gate = (typeof gates)[number]

const patient = openGate({ slots: 4, waitMs: 60_000, answerMs: 60_000 })

/** The name of a gate of one writer, as both sides hash it. */
const keyOf = (writer: string, gate: Gate): string => `${writer}:${gate}`

/** `append_batch` as it is, but that it waits at each gate for an advisory lock named by the batch's `gates`. */
function gatedSql(): string {
  const stop = (gate: Gate) =>
    `if b ? 'writer' then perform pg_advisory_xact_lock_shared(hashtext((b->>'writer') || ':${gate}')); end if;`
  const [body = ''] = sql.split('end $$;')
  return `${body
    .replace('-- gate: stream', stop('stream'))
    .replace('-- gate: images', stop('images'))
    .replace('  return v_start + v_count;', `  ${stop('hall')}\n  return v_start + v_count;`)}end $$;`
}

/** Put the test build of `append_batch` into a test's own database. */
export async function gateAppends(pg: TestDatabase): Promise<void> {
  const gated = gatedSql()
  if (gated.split('pg_advisory_xact_lock_shared').length !== gates.length + 1) throw new Error('a gate is missing')
  await pg.ownerSql.unsafe(gated)
}

/** What a writer writes, anew each time it has loaded. */
export type Make = (store: Store) => Promise<AppendBatch | null>

/** A connection that pushes: load, decide, append, and again when somebody was first; it stops at each gate not opened. */
export class Writer {
  readonly name: string
  readonly store: Store
  readonly #client: Client
  readonly #gateKeeper: Client
  #pid = 0
  #batch: AppendBatch | null = null
  #make: Make = async () => null
  #done: Promise<void> = Promise.resolve()
  isOver = true
  error: unknown = null

  constructor(pg: TestDatabase, name: string) {
    this.name = name
    const options = { max: 1, statementTimeoutMs: 0, lasting: true }
    this.#client = openClient(pg.urls.appUrl, { ...options, name: `changkai-${name}` })
    this.#gateKeeper = openClient(pg.urls.appUrl, { ...options, name: `changkai-${name}-gates` })
    this.store = createStore(overClient(this.#client), patient)
  }

  /** Close all gates and load. */
  async load(make: Make): Promise<void> {
    this.#pid = await this.#backend()
    await this.#gateKeeper`select pg_advisory_unlock_all()`
    for (const gate of gates) await this.#gateKeeper`select pg_advisory_lock(hashtext(${keyOf(this.name, gate)}))`
    this.#make = make
    this.#batch = await make(this.store)
    this.isOver = false
    this.error = null
  }

  /** A connection that was killed says so at its next statement, and is another one at the one after it. */
  async #backend(): Promise<number> {
    for (let tries = 0; ; tries += 1) {
      try {
        const [row] = await this.#client`select pg_backend_pid() as pid`
        return Number(row?.['pid'])
      } catch (error) {
        if (tries > 5) throw error
      }
    }
  }

  /** Begin to append, as far as the first gate that is closed. */
  async append(): Promise<void> {
    this.#done = this.#push().then(
      () => {
        this.isOver = true
      },
      (error: unknown) => {
        this.isOver = true
        this.error = error
      },
    )
    await this.settle()
  }

  async #push(): Promise<void> {
    for (let batch = this.#batch; batch; batch = await this.#make(this.store)) {
      try {
        await this.store.append({ ...batch, writer: this.name } as AppendBatch)
        return
      } catch (error) {
        if (!(error instanceof StoreConflict)) throw error
      }
    }
  }

  async open(gate: Gate): Promise<void> {
    await this.#gateKeeper`select pg_advisory_unlock(hashtext(${keyOf(this.name, gate)}))`
    await this.settle()
  }

  /** Until it stands at a gate, waits for the other writer, or is done. */
  async settle(): Promise<void> {
    while (!this.isOver) {
      const [row] = await this.#gateKeeper`
        select count(*)::int as n from pg_locks l left join pg_locks h
          on h.locktype = 'advisory' and h.granted and h.objid = l.objid and h.classid = l.classid and h.mode = 'ExclusiveLock'
        where l.pid = ${this.#pid} and not l.granted and (l.locktype <> 'advisory' or h.pid is not null)`
      if (Number(row?.['n']) > 0) return
      await sleep(1)
    }
  }

  /** The backend is killed where it stands. */
  async kill(): Promise<void> {
    await this.#gateKeeper`select pg_terminate_backend(${this.#pid})`
    await this.#done
  }

  async finished(): Promise<void> {
    await this.#done
  }

  async close(): Promise<void> {
    await Promise.all([this.#client.end({ timeout: 1 }), this.#gateKeeper.end({ timeout: 1 })])
  }
}
