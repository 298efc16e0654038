import type { Net } from '../../client/local/engine.ts'
import { Frame } from '../../shared/wire/frame.ts'
import { envelopeOf } from './fold.ts'
import { sha256 } from './keys.ts'
import { streamKey } from './memory-streams.ts'
import type { Parts } from './world.ts'

/** What stands at a known seq counts as ours, whatever its hash (R6). */
export function forkIsSame(net: Net): Net {
  return {
    ...net,
    push: async (body) => {
      const answer = await net.push(body)
      const { data } = Frame.safeParse(answer)
      if (data?.stop?.code !== 'fork') return answer
      const own = new Map(body.commands.map(({ env }) => [envelopeOf(env).seq, env]))
      const results = data.results.map((result) => {
        const env = own.get(result.seq)
        return env ? { ...result, cmdId: envelopeOf(env).cmdId, hash: sha256(env) } : result
      })
      const { stop: _stop, ...rest } = data
      return { ...rest, results }
    },
  }
}

/** No tablet looks whether the server has gone back: neither the epoch nor what it had acknowledged before (R13). */
export function restoreIgnored(): Pick<Parts, 'net'> {
  const seen = new Map<string, number>()
  let epoch: string | null = null
  const highest = (key: string, value: number): number => {
    seen.set(key, Math.max(seen.get(key) ?? 0, value))
    return seen.get(key)!
  }
  const asBefore = (answer: unknown, place: string): unknown => {
    const { data } = Frame.safeParse(answer)
    if (!data) return answer
    epoch ??= data.epoch
    return { ...data, epoch, lastSeq: highest(place, data.lastSeq), pos: highest('pos', data.pos) }
  }
  return {
    net: (net) => ({
      ...net,
      push: async (body) => asBefore(await net.push(body), streamKey(body.streamId, body.branch)),
      pull: async (query) =>
        asBefore(await net.pull(query), streamKey(String(query.stream), Number(query.branch ?? 0))),
    }),
  }
}
