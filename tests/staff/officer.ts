import { sha256Hex } from '../../server/sync/crypto.ts'
import type { Json } from '../../shared/core/canonical.ts'
import { signIn, type Under } from '../http/app-under-test.ts'
import { pushed, signerOf, type ServedTablet } from '../http/served-person.ts'
import { act, type ForgedSigner } from '../support/forge.ts'

/** A hall's officer in a browser of their own: signs what its page would, and asks with its cookie. */
export interface Officer {
  readonly cookie: string
  /** Sends one act; gives its outcome. */
  do(type: string, aggId: string, args: object, saw?: unknown): Promise<string>
}

/** Signs a supervisor in from a fresh browser. */
export async function officerOf(under: Under, login: string): Promise<Officer> {
  const { body } = await signIn(under.app, login)
  const { device } = body
  if (!device) throw new Error('a browser is given a device')
  const { deviceId, deviceToken: token, streamId, hallId } = device
  const browser: ServedTablet = {
    ...{ deviceId, streamId, hallId, token, windowId: '', lane: '', seq: 0, prev: sha256Hex(streamId), n: 0 },
  }
  const signer: ForgedSigner & { cookie: string } = await signerOf(under, browser, login)
  const ctxv = { profile: `${hallId}@1`, item: null, calendars: [] }
  return {
    cookie: signer.cookie,
    async do(type, aggId, args, saw) {
      const plan = { type, aggId, args: args as Record<string, Json>, at: under.deps.clock.now, ctxv }
      const command = act(browser, signer, saw === undefined ? plan : { ...plan, saw })
      const outcomes = await pushed(under, browser, { from: browser.seq, commands: [command] })
      return outcomes.at(-1) ?? ''
    },
  }
}
