import { schemaNumber, type SignedCommand } from '../../shared/core/envelope.ts'
import type { Outcome } from '../../shared/core/outcome.ts'
import type { Stop } from '../../shared/wire/frame.ts'
import { maxBatch, maxPushBytes } from '../../shared/wire/push.ts'
import type { RescueLine, RescueResult } from '../../shared/wire/rescue.ts'
import { loggedActs, streamOwner, type LoggedAct, type StreamOwner } from '../db/rescue-queries.ts'
import { Fault } from '../http/fault.ts'
import { sha256Hex } from '../sync/crypto.ts'
import { judge, type Carrier, type Judgement } from '../sync/judge.ts'
import { numberOf } from '../sync/needs.ts'
import { nodeJudge } from '../sync/node-judge.ts'
import type { SyncDeps } from '../sync/push.route.ts'
import { provenOf } from './proven.ts'
import { readCommand } from '../sync/read-command.ts'

/** Acts of one stream (or branch of it) that follow each other without a gap, as one push carries them. */
interface Run {
  readonly streamId: string
  readonly branch: number
  readonly lane: string | null
  readonly fromSeq: number
  readonly lines: readonly RescueLine[]
}

/** Who brings a file, and the tablet it was saved on: a stream the server does not have yet can only be that one's. */
type Bringer = Pick<Carrier, 'id' | 'hallId'> & { readonly tablet: StreamOwner | null }

/**
 * Push a file's acts, each under its own stream and place, carried by the supervisor's device (sync.md 2.5). The judge
 * is the one every push has: what the server has already stays as it was decided, so a file may be loaded again.
 */
export async function pushRescue(
  deps: SyncDeps,
  bringer: Bringer,
  lines: readonly RescueLine[],
): Promise<RescueResult[]> {
  const results: RescueResult[] = []
  const runs = runsOf(lines)
  if (runs.length > mostRuns)
    throw new Fault('invalid', { detail: '这个应急文件里的记录断续太多，不是平板导出的样子。' })
  for (const run of runs) results.push(...(await pushRun(deps, bringer, run)))
  return results
}

async function pushRun(deps: SyncDeps, { tablet, ...carrier }: Bringer, run: Run): Promise<RescueResult[]> {
  const { streamId, branch, fromSeq, lines } = run
  const at = { hallId: carrier.hallId, streamId, branch }
  const owner = (await streamOwner(deps.db, at)) ?? tablet
  const proven = owner ? await provenOf(deps.store, { ...at, deviceId: owner.deviceId }, lines) : []
  const judgement =
    owner &&
    (await judgeRun(
      deps,
      { ...carrier, ownerId: owner.deviceId, revokedAt: owner.revokedAt },
      { ...run, lines: proven },
    ))
  if (!judgement) return lines.map((line) => resultOf(line, { state: 'left', code: 'rescue.stream' }))
  if (judgement.pos !== null) deps.wake.appended(carrier.hallId, judgement.pos)
  const to = fromSeq + lines.length - 1
  const logged = await loggedActs(deps.db, { ...at, from: fromSeq, to })
  const bySeq = new Map(logged.map((act) => [act.seq, act]))
  return lines.map((line) => {
    const act = bySeq.get(line.seq)
    if (act?.hash === sha256Hex(line.env)) return resultOf(line, takenOf(act, owner.lastSeq))
    const isProven = line.seq < fromSeq + proven.length
    return resultOf(line, { state: 'left', code: isProven ? leftCode(judgement.stop) : 'rescue.proof' })
  })
}

/** The judge opens a branch, or a stream by its lane, as for the tablet itself. Null: it is no stream of that tablet. */
async function judgeRun(deps: SyncDeps, carrier: Carrier, run: Run): Promise<Judgement | null> {
  const { streamId, branch, lane, fromSeq, lines } = run
  if (lines.length === 0) return { touched: [], scopes: [], pos: null, done: [] }
  const push = {
    ...{ streamId, branch, lane, fromSeq, firstUnsettled: fromSeq, schema: schemaNumber },
    ...{ clock: { t0: deps.now() }, commands: lines.map(commandOf) },
  }
  try {
    return await judge(nodeJudge(deps), carrier, push)
  } catch (error) {
    if (error instanceof Fault && error.code === 'forbidden') return null
    throw error
  }
}

const leftCode = (stop: Stop | undefined): string => `rescue.${stop?.code ?? 'gap'}`

type Became = Pick<RescueResult, 'state' | 'code'> & Partial<Pick<RescueResult, 'outcome' | 'detail' | 'actorName'>>

function takenOf(act: LoggedAct, lastSeq: number): Became {
  const { outcome, code, detail, actorName } = act
  const state = act.seq <= lastSeq ? 'known' : 'new'
  return { state, outcome: outcome as Outcome, code, detail: detail as Became['detail'] & object, actorName }
}

function resultOf(line: RescueLine, became: Became): RescueResult {
  const { env, cmdId } = readCommand(commandOf(line), line.seq, '')
  return {
    ...{ streamId: line.streamId, seq: line.seq, cmdId, type: env?.type ?? '', number: env ? numberOf(env) : null },
    ...{ outcome: null, detail: null, actorName: null, ...became },
  }
}

const commandOf = ({ env, sig, pii }: RescueLine): SignedCommand => (pii ? { env, sig, pii } : { env, sig })

/** A full file is some hundred pushes; one act a push would keep the hall's server busy for an hour. */
const mostRuns = 1_000

/** Room in a push for what stands around its acts. */
const frameRoom = 2_048

/** As few pushes as hold the acts: each of one stream, in its order, as long and as large as a tablet's may be. */
function runsOf(lines: readonly RescueLine[]): Run[] {
  const runs: (Run & { lines: RescueLine[]; bytes: number })[] = []
  for (const line of lines) {
    const bytes = Buffer.byteLength(JSON.stringify(commandOf(line)))
    const run = runs.at(-1)
    const isNext =
      run?.streamId === line.streamId && run.branch === line.branch && line.seq === run.fromSeq + run.lines.length
    if (isNext && run.lines.length < maxBatch && run.bytes + bytes < maxPushBytes - frameRoom) {
      run.lines.push(line)
      run.bytes += bytes
    } else {
      const { streamId, branch, lane, seq } = line
      runs.push({ streamId, branch, lane, fromSeq: seq, lines: [line], bytes })
    }
  }
  return runs
}
