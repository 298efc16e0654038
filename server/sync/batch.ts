import { canonicalJson } from '../../shared/core/canonical.ts'
import type { AnyAggregate, CommandRegister } from '../../shared/core/command.ts'
import { decideCommand, type Decision, type Row } from '../../shared/core/kernel.ts'
import { held, type Verdict } from '../../shared/core/outcome.ts'
import type { Stop } from '../../shared/wire/frame.ts'
import { actInterval, type Interval } from './act-interval.ts'
import { checkCommand, type Checked } from './check-command.ts'
import { logEntry } from './log-entry.ts'
import type { Carrier, JudgeDeps } from './judge.ts'
import { numberOf } from './needs.ts'
import type { Received } from './read-command.ts'
import { imagesOf, scopesOf, type Touched } from './writes.ts'
import { aggKey, type AppendBatch, type Loaded, type LoadRequest, type LogEntry, type StreamState } from './store-verbs.ts'

/** What a batch is judged with: the tools and both registers. */
export type Tools = Pick<JudgeDeps, 'hash' | 'verify'> & {
  readonly register: CommandRegister
  readonly aggregates: ReadonlyMap<string, AnyAggregate>
}

/** One attempt: the commands as read, and the snapshot they are judged over. */
export interface Attempt {
  readonly carrier: Carrier
  readonly received: readonly Received[]
  readonly request: LoadRequest
  readonly loaded: Loaded
  readonly stream: StreamState
  readonly now: number
}

/** The judged batch; `batch` is null when nothing of it is new. */
export interface Judged {
  readonly stop: Stop | null
  readonly batch: AppendBatch | null
  readonly touched: ReadonlySet<string>
  readonly scopes: ReadonlySet<string>
  readonly alarms: readonly { event: string; facts: Record<string, string | number> }[]
}

/** The working copy the commands are decided on, one after another. */
export interface Bench {
  readonly tools: Tools
  readonly attempt: Attempt
  readonly rows: Map<string, Row>
  readonly changed: Map<string, Touched>
  readonly cmdIds: Set<string>
  readonly numbers: Set<string>
  readonly log: LogEntry[]
  readonly alarms: { event: string; facts: Record<string, string | number> }[]
  chain: string
  floor: number | null
}

/** Judge the commands of a batch in their order over one snapshot (sync.md 3.1). Pure but for what it is given. */
export function judgeBatch(tools: Tools, attempt: Attempt): Judged {
  const bench = benchFor(tools, attempt)
  let stop: Stop | null = null
  const touched = new Set<string>()
  for (const received of attempt.received) {
    stop = stopAt(bench, received)
    if (stop) break
    if (received.seq > attempt.stream.lastSeq) judgeOne(bench, received)
    if (received.env) touched.add(aggKey({ kind: received.env.kind, id: received.env.aggId }))
  }
  const rows = [...touched].map((key) => ({ key, row: bench.rows.get(key) ?? null }))
  const scopes = rows.flatMap(({ key, row }) => scopesOf(tools.aggregates, key, row))
  return { stop, batch: batchOf(bench), touched, scopes: new Set(scopes), alarms: bench.alarms }
}

function benchFor(tools: Tools, attempt: Attempt): Bench {
  const { loaded, stream } = attempt
  return {
    ...{ tools, attempt, changed: new Map(), log: [], alarms: [] },
    rows: new Map([...loaded.images].map(([key, stored]) => [key, stored as NonNullable<Row>])),
    cmdIds: new Set(loaded.knownCmdIds),
    numbers: new Set(loaded.knownNumbers),
    chain: stream.chain,
    floor: stream.lastLo,
  }
}

/** Why reading ends at this command: another act stands there, an act is missing before it, or it is newer than we are. */
function stopAt({ attempt, log }: Bench, { seq, hash, fault }: Received): Stop | null {
  const last = attempt.stream.lastSeq
  if (seq <= last) {
    const stored = attempt.loaded.results.find((result) => result.seq === seq)
    return stored?.hash === hash ? null : { code: 'fork', seq }
  }
  if (seq > last + log.length + 1) return { code: 'gap', seq: last + log.length + 1 }
  return fault === 'newer' ? { code: 'server-too-old', seq } : null
}

function judgeOne(bench: Bench, received: Received): void {
  const interval = actInterval(received.env, { floor: bench.floor, receivedAt: bench.attempt.now })
  const checked = checkCommand(bench, received, interval)
  const { decision, text } = decided(bench, { received, checked, interval })
  bench.log.push(logEntry(bench, { received, checked, interval, decision, text }))
  bench.chain = received.hash
  bench.floor = interval.lo
  keep(bench, received, decision)
  if (decision.verdict.outcome === 'held') alarm(bench, received, decision.verdict)
}

interface Sifted {
  readonly received: Received
  readonly checked: Checked
  readonly interval: Interval
}

/** The decision and its canonical text. Whatever throws on the way parks this command alone (sync.md 3.3, F47). */
function decided(bench: Bench, sifted: Sifted): { decision: Decision; text: string } {
  const row = rowOf(bench, sifted.received)
  try {
    const decision = decide(bench, sifted, row)
    return { decision, text: verdictText(bench, decision, sifted.interval) }
  } catch (error) {
    const why = error instanceof Error ? error.name : 'unknown'
    if (error instanceof Error) bench.alarms.push({ event: 'rule-threw', facts: { message: error.message.slice(0, 200) } })
    const decision = { verdict: held('crash', { why }), row }
    return { decision, text: verdictText(bench, decision, sifted.interval) }
  }
}

function decide({ tools }: Bench, { received, checked }: Sifted, row: Row): Decision {
  const { env, signed } = received
  if (checked.verdict || !env || !checked.actor) return { verdict: checked.verdict ?? held('quarantine'), row }
  const decision = decideCommand(tools.register, row, { env, pii: signed.pii ?? {}, actor: checked.actor, refs: checked.refs })
  if (decision.row !== row) canonicalJson(decision.row)
  return decision
}

function rowOf(bench: Bench, { env }: Received): Row {
  return env ? (bench.rows.get(aggKey({ kind: env.kind, id: env.aggId })) ?? null) : null
}

function verdictText({ attempt }: Bench, { verdict, row }: Decision, { lo, hi }: Interval): string {
  const { outcome, code, detail, flags } = verdict
  const ver = row?.ver ?? 0
  return canonicalJson({
    ...{ outcome, code: code ?? null, detail: detail ?? null, flags, ver, carrier: attempt.carrier.id },
    ...{ receivedAt: attempt.now, lo, hi },
  })
}

function keep(bench: Bench, { env, cmdId }: Received, { row }: Decision): void {
  if (cmdId) bench.cmdIds.add(cmdId)
  if (!env || !row) return
  const key = aggKey({ kind: env.kind, id: env.aggId })
  if (bench.rows.get(key) === row) return
  const number = numberOf(env)
  if (number !== null) bench.numbers.add(number)
  const before = bench.attempt.loaded.images.get(key) as NonNullable<Row> | undefined
  bench.rows.set(key, row)
  bench.changed.set(key, { kind: env.kind, id: env.aggId, before: before ?? null, after: row, ord: bench.log.length })
}

function alarm(bench: Bench, { seq, cmdId }: Received, { code, detail }: Verdict): void {
  if (code !== 'quarantine' && code !== 'crash') return
  const why = detail?.why
  const facts = { cmdId: cmdId ?? '', seq, code, why: typeof why === 'string' ? why : '' }
  bench.alarms.push({ event: 'held', facts })
}

function batchOf({ attempt, log, chain, changed, tools }: Bench): AppendBatch | null {
  if (log.length === 0) return null
  const { hallId, streamId, branch } = attempt.request
  const { lastSeq } = attempt.stream
  const touched = [...changed.values()]
  return {
    ...{ hallId, streamId, branch, lastSeq, seq: lastSeq + log.length, chain, log },
    ...imagesOf(tools.aggregates, touched),
  }
}
