import { schemaNumber } from '../../shared/core/envelope.ts'
import { Frame } from '../../shared/wire/frame.ts'
import { maxSeq, type PushBody } from '../../shared/wire/push.ts'
import { NetFault, type Engine } from '../local/engine.ts'
import { serverMeta, streamMeta } from '../local/meta.ts'
import { firstKept, recheckPlace } from '../local/new-epoch.ts'
import { openingLane, type StreamPlace } from '../local/order.ts'
import type { ServerMeta, StreamMeta } from '../local/store.ts'

/** How a stream or branch is named on the wire. An old server knows neither branches nor lanes: only where they matter. */
export function addressOf(
  { streamId, branch }: StreamPlace,
  stream: StreamMeta,
): Pick<PushBody, 'streamId' | 'branch' | 'lane'> {
  const lane = openingLane(stream, streamId)
  return { streamId, ...(branch > 0 ? { branch } : {}), ...(lane === undefined || branch > 0 ? {} : { lane }) }
}

/** Whether streams are left that a restored server is to be asked about (sync.md 3.5). */
export const owesLook = ({ recheck }: ServerMeta): boolean => (recheck ?? []).length > 0

/**
 * Ask what a restored server has of each stream, and how it was decided: what it lacks waits again (R13). Before any row
 * of its new life is taken in, or what only such a stream holds would be out of sight until it is sent (I25).
 */
export async function recheckPlaces(engine: Engine): Promise<void> {
  const [stream, { recheck = [], epoch }] = await engine.store.transact('read', ['meta'], async (tx) => [
    await streamMeta(tx),
    await serverMeta(tx),
  ])
  if (!stream) return
  for (const place of recheck) {
    const from = await engine.store.transact('read', ['outcome'], (tx) => firstKept(tx, place))
    const frame = await lookUp(engine, { ...addressOf(place, stream), firstUnsettled: from ?? maxSeq })
    if (frame === null || frame.epoch === epoch) await recheckPlace(engine, place, frame)
  }
}

/** A push without commands; null: the stream is not this device's any more, nothing of it can be sent. */
async function lookUp(
  engine: Engine,
  asked: ReturnType<typeof addressOf> & Pick<PushBody, 'firstUnsettled'>,
): Promise<Frame | null> {
  const clock = { t0: Math.floor(engine.clock.wall()) }
  const body = { ...asked, fromSeq: 1, schema: schemaNumber, commands: [], clock }
  try {
    const answer = Frame.safeParse(await engine.net.push(body))
    if (!answer.success) throw new NetFault('portal')
    return answer.data
  } catch (error) {
    if (error instanceof NetFault && error.status === 403) return null
    throw error
  }
}
