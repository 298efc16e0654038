import { localDay } from '../../shared/calendar/day.ts'
import { readPath } from '../../shared/core/apply.ts'
import { canonicalJson } from '../../shared/core/canonical.ts'
import { decideCommand, type Decision, type Row } from '../../shared/core/kernel.ts'
import { releaseType } from '../../shared/core/release.ts'
import { held, type Flag, type Verdict } from '../../shared/core/outcome.ts'
import type { Stop } from '../../shared/wire/frame.ts'
import { actInterval, type Interval } from './act-interval.ts'
import { checkCommand, type Checked } from './check-command.ts'
import { clockFlags, deadlineFlags, readingOf } from './clock-flags.ts'
import { olderData } from './data-in-force.ts'
import type { Attempt, Bench, Judged, Tools } from './judge-types.ts'
import { logEntry } from './log-entry.ts'
import { numberOf, releasedBy } from './needs.ts'
import type { Received } from './read-command.ts'
import { releaseOf } from './release-held.ts'
import { pointing } from './rests-on.ts'
import { aggKey, type AggRef, type AppendBatch } from './store-verbs.ts'
import { imagesOf, scopesOf } from './writes.ts'

/** Judge the commands of a batch in their order over one snapshot (sync.md 3.1). Pure but for what it is given. */
export function judgeBatch(tools: Tools, attempt: Attempt): Judged {
  const bench = benchFor(tools, attempt)
  const touched = new Map<string, AggRef>()
  let stop: Stop | null = null
  for (const received of attempt.received) {
    stop = stopAt(bench, received)
    if (stop) break
    if (received.seq > attempt.stream.lastSeq) judgeOne(bench, received)
    if (received.env) touched.set(keyOf(received.env), { kind: received.env.kind, id: received.env.aggId })
  }
  const scopes = [...touched].flatMap(([key, { kind }]) =>
    scopesOf(tools.aggregates, kind, bench.rows.get(key) ?? null),
  )
  const { alarms } = bench
  return { stop, batch: batchOf(bench), touched: [...touched.values()], scopes: [...new Set(scopes)], alarms }
}

function keyOf({ kind, aggId }: { kind: string; aggId: string }): string {
  return aggKey({ kind, id: aggId })
}

function benchFor(tools: Tools, attempt: Attempt): Bench {
  const { loaded, stream } = attempt
  return {
    ...{ tools, attempt, changed: new Map(), read: new Map(), log: [], alarms: [], released: new Set<string>() },
    rows: new Map([...loaded.images].map(([key, stored]) => [key, stored as NonNullable<Row>])),
    cmdIds: new Set(loaded.knownCmdIds),
    numbers: new Set(loaded.knownNumbers),
    chain: stream.chain,
    floor: stream.lastLo,
    before: readingOf(stream.lastEnv),
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

interface Sifted {
  readonly received: Received
  readonly checked: Checked
  readonly interval: Interval
}

function judgeOne(bench: Bench, received: Received): void {
  const interval = actInterval(received.env, { floor: floorOf(bench, received), receivedAt: bench.attempt.now })
  const sifted = { received, checked: checkCommand(bench, received, interval), interval }
  const { decision, text } = decided(bench, sifted)
  bench.log.push(logEntry(bench, { ...sifted, decision, text }))
  bench.chain = received.hash
  bench.floor = interval.lo
  bench.before = received.env ?? bench.before
  keep(bench, received, decision)
}

/** Not before the act before it, nor before the grant was given whose key signed it. */
function floorOf({ floor, attempt }: Bench, { env }: Received): number | null {
  const from = env ? attempt.loaded.grants.find(({ id }) => id === env.grantId)?.fromAt : undefined
  return from === undefined ? floor : Math.max(floor ?? from, from)
}

/** The decision and its canonical text. Whatever throws on the way parks this command alone (sync.md 3.3, F47). */
function decided(bench: Bench, sifted: Sifted): { decision: Decision; text: string } {
  const { env } = sifted.received
  const row = env ? (bench.rows.get(keyOf(env)) ?? null) : null
  try {
    return written(bench, sifted, pointing(bench, env, decide(bench, sifted, row)))
  } catch (error) {
    const why = error instanceof Error ? error.name : 'unknown'
    return written(bench, sifted, { verdict: held('crash', { why }), row }, error)
  }
}

function decide(bench: Bench, { received, checked }: Sifted, row: Row): Decision {
  const { env, signed } = received
  if (checked.verdict || !env || !checked.actor) return { verdict: checked.verdict ?? held('quarantine'), row }
  const { actor, refs } = checked
  const cmd = { env, pii: signed.pii ?? {}, actor, refs }
  const isRelease = env.type === releaseType
  const decision = isRelease ? releaseOf(bench, cmd, row) : decideCommand(bench.tools.register, row, cmd)
  canonicalJson(decision.verdict.changes) // what cannot be kept in an image is the rule's fault: it throws here
  return decision
}

// eslint-disable-next-line max-params -- the error is only there when a rule threw
function written(bench: Bench, sifted: Sifted, decision: Decision, error?: unknown) {
  const { received } = sifted
  const { verdict } = decision
  const flags = [...noted(bench, sifted, decision), ...verdict.flags]
  const text = verdictText(bench, { ...decision, verdict: { ...verdict, flags } }, sifted)
  if (verdict.code === 'quarantine' || verdict.code === 'crash') bench.alarms.push(alarmOf(received, verdict, error))
  return { decision, text }
}

/** What the judge sees beside the rule: the tablet's clocks, the versions it used, a deadline inside the interval. */
function noted(bench: Bench, sifted: Sifted, { row }: Decision): Flag[] {
  const { attempt, before, rows } = bench
  const { received, checked, interval } = sifted
  const { env } = received
  if (!env || env.role === 'system' || !checked.isSigned) return []
  return [
    ...clockFlags(env, { before, interval, profile: checked.refs.profile }),
    ...olderData(attempt.loaded.versions, env, interval.lo),
    ...deadlineFlags(dueOf(bench, sifted), { before: rows.get(keyOf(env)) ?? null, after: row }, interval),
  ]
}

/** When what the act is about was due, as its own kind reckons it. */
function dueOf({ tools, rows }: Bench, { received, checked, interval }: Sifted): string | null {
  const { env } = received
  const row = env && rows.get(keyOf(env))
  const def = env && tools.aggregates.get(env.kind)
  try {
    return (row && def?.dueOn?.(row.image, checked.refs, localDay(interval.hi))) ?? null
  } catch {
    return null // a calendar without working days names no day; the act itself stands
  }
}

function verdictText({ attempt }: Bench, { verdict, row }: Decision, { interval, received }: Sifted): string {
  const { lo, hi } = interval
  const { outcome, code, detail, flags } = verdict
  return canonicalJson({
    ...{ outcome, code: code ?? null, detail: detail ?? null, flags, ver: row?.ver ?? 0 },
    ...{ carrier: attempt.carrier.id, receivedAt: attempt.now, lo, hi },
    ...(received.prior ? { prior: received.prior } : {}),
  })
}

function alarmOf({ seq, cmdId }: Received, { code, detail }: Verdict, error: unknown) {
  const why = typeof detail?.why === 'string' ? detail.why : ''
  return { cmdId: cmdId ?? '', seq, code: code ?? '', why, error }
}

function keep(bench: Bench, { env, cmdId }: Received, { row }: Decision): void {
  if (cmdId !== null) bench.cmdIds.add(cmdId)
  if (!env) return
  const key = keyOf(env)
  if (!row || bench.rows.get(key) === row) {
    bench.read.set(key, { kind: env.kind, id: env.aggId })
    return
  }
  const released = releasedBy(env)
  if (released !== null) bench.released.add(released)
  const number = numberOf(env) ?? (released === null ? null : readPath(row.image, 'number'))
  if (typeof number === 'string') bench.numbers.add(number)
  const before = (bench.attempt.loaded.images.get(key) ?? null) as Row
  bench.rows.set(key, row)
  bench.changed.set(key, { kind: env.kind, id: env.aggId, before, after: row, ord: bench.log.length })
}

function batchOf({ attempt, log, chain, changed, read, tools }: Bench): AppendBatch | null {
  if (log.length === 0) return null
  const { images } = attempt.loaded
  const only = [...read].filter(([key]) => !changed.has(key))
  const reads = only.map(([key, agg]) => ({ ...agg, ver: images.get(key)?.ver ?? 0 }))
  const { hallId, streamId, branch } = attempt.request
  const { lastSeq } = attempt.stream
  const stream = { hallId, streamId, branch, lastSeq, seq: lastSeq + log.length, chain }
  return { ...stream, log, reads, ...imagesOf(tools.aggregates, [...changed.values()]) }
}
