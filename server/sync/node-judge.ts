import { setTimeout as wait } from 'node:timers/promises'
import { errorFields } from '../http/log.ts'
import type { Deps } from '../http/env.ts'
import { sha256Hex, verifyAhead, verifyP256 } from './crypto.ts'
import type { JudgeDeps } from './judge-types.ts'

/** The judge's tools on a real server: Node's crypto, clock and timers; what is held for an engineer goes to the log. */
export function nodeJudge({ store, now, log }: Pick<Deps, 'store' | 'now' | 'log'>): JudgeDeps {
  return {
    store,
    now,
    hash: sha256Hex,
    verify: verifyP256,
    verifyAhead,
    random: () => Math.random(),
    wait: async (ms) => {
      await wait(ms)
    },
    alarm: ({ cmdId, seq, code, why, error }) => {
      const thrown = error === undefined ? {} : { at: errorFields(error).at }
      log.error({ id: cmdId, count: seq, problem: code, error: why, ...thrown }, 'command held')
    },
  }
}
