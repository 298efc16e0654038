import { schemaNumber, type SignedCommand } from '../../shared/core/envelope.ts'
import type { Outcome } from '../../shared/core/outcome.ts'
import type { Stop } from '../../shared/wire/frame.ts'
import { maxBatch, maxPushBytes } from '../../shared/wire/push.ts'
import type { RescueLine, RescueResult } from '../../shared/wire/rescue.ts'
import { loggedActs, streamOwner, type LoggedAct } from '../db/rescue-queries.ts'
import { sha256Hex } from '../sync/crypto.ts'
import { judge, type Carrier } from '../sync/judge.ts'
import { numberOf } from '../sync/needs.ts'
import { nodeJudge } from '../sync/node-judge.ts'
import type { SyncDeps } from '../sync/push.route.ts'
import { readCommand } from '../sync/read-command.ts'

/** Acts of one stream (or branch of it) that follow each other without a gap, as one push carries them. */
interface Run {
  readonly streamId: string
  readonly branch: number
  readonly fromSeq: number
  readonly lines: readonly RescueLine[]
}

/**
 * Push a file's acts, each under its own stream and place, carried by the supervisor's device (sync.md 2.5). The judge
 * is the one every push has: what the server has already stays as it was decided, so a file may be loaded again.
 */
export async function pushRescue(
  deps: SyncDeps,
  carrier: Pick<Carrier, 'id' | 'hallId'>,
  lines: readonly RescueLine[],
): Promise<RescueResult[]> {
  const results: RescueResult[] = []
  for (const run of runsOf(lines)) results.push(...(await pushRun(deps, carrier, run)))
  return results
}

async function pushRun(deps: SyncDeps, carrier: Pick<Carrier, 'id' | 'hallId'>, run: Run): Promise<RescueResult[]> {
  const { streamId, branch, fromSeq, lines } = run
  const owner = await streamOwner(deps.db, { hallId: carrier.hallId, streamId, branch })
  if (!owner) return lines.map((line) => resultOf(line, { state: 'left', code: 'rescue.stream' }))
  const push = {
    ...{ streamId, fromSeq, firstUnsettled: fromSeq, schema: schemaNumber },
    ...{ clock: { t0: deps.now() }, commands: lines.map(commandOf) },
  }
  const judgement = await judge(
    nodeJudge(deps),
    { ...carrier, ownerId: owner.deviceId, revokedAt: owner.revokedAt },
    push,
  )
  if (judgement.pos !== null) deps.wake.appended(carrier.hallId, judgement.pos)
  const to = fromSeq + lines.length - 1
  const logged = await loggedActs(deps.db, { hallId: carrier.hallId, streamId, branch, from: fromSeq, to })
  const bySeq = new Map(logged.map((act) => [act.seq, act]))
  return lines.map((line) => {
    const act = bySeq.get(line.seq)
    if (act?.hash === sha256Hex(line.env)) return resultOf(line, takenOf(act, owner.lastSeq))
    return resultOf(line, { state: 'left', code: leftCode(judgement.stop) })
  })
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

/** Room in a push for what stands around its acts. */
const frameRoom = 2_048

/** As few pushes as hold the acts: each of one stream, in its order, as long and as large as a tablet's may be. */
function runsOf(lines: readonly RescueLine[]): Run[] {
  const runs: { streamId: string; branch: number; fromSeq: number; lines: RescueLine[]; bytes: number }[] = []
  for (const line of lines) {
    const bytes = Buffer.byteLength(JSON.stringify(commandOf(line)))
    const run = runs.at(-1)
    const isNext =
      run?.streamId === line.streamId && run.branch === line.branch && line.seq === run.fromSeq + run.lines.length
    if (isNext && run.lines.length < maxBatch && run.bytes + bytes < maxPushBytes - frameRoom) {
      run.lines.push(line)
      run.bytes += bytes
    } else runs.push({ streamId: line.streamId, branch: line.branch, fromSeq: line.seq, lines: [line], bytes })
  }
  return runs
}
