import type { RescueLine } from '../../shared/wire/rescue.ts'
import { verifyP256 } from '../sync/crypto.ts'
import { readCommand } from '../sync/read-command.ts'
import type { Store } from '../sync/store-verbs.ts'

interface Place {
  readonly hallId: string
  readonly deviceId: string
  readonly streamId: string
  readonly branch: number
}

/**
 * The acts of a run up to the last that its tablet's people signed. Anybody can seal a file in a tablet's name: what
 * stands behind the last signature would take places, or a lane, from that tablet's own acts (sync.md 2.5, T3).
 */
export async function provenOf(store: Store, at: Place, lines: readonly RescueLine[]): Promise<readonly RescueLine[]> {
  const { hallId, streamId, branch, deviceId } = at
  const envs = lines.map(({ env, sig, seq }) => readCommand({ env, sig }, seq, '').env)
  const grantIds = [...new Set(envs.flatMap((env) => (env?.grantId ? [env.grantId] : [])))]
  const nothing = { aggs: [], cmdIds: [], numbers: [], seqs: { from: 1, to: 0 } }
  const { grants } = await store.load({ hallId, streamId, branch, grantIds, ...nothing })
  const keys = new Map(grants.map((grant) => [grant.id, grant.deviceId === deviceId ? grant.publicKey : null]))
  const last = lines.findLastIndex(({ seq, env: text, sig }, i) => {
    const env = envs[i]
    const isHere = env?.streamId === streamId && env.seq === seq && env.deviceId === deviceId
    return isHere && verifyP256(keys.get(env.grantId ?? ''), text, sig)
  })
  return lines.slice(0, last + 1)
}
