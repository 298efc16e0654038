import { writeFileSync } from 'node:fs'
import type { SystemAct } from '../../server/sync/index.ts'
import type { Json } from '../../shared/core/canonical.ts'
import type { Envelope, SignedCommand } from '../../shared/core/envelope.ts'
import type { Role } from '../../shared/core/roles.ts'
import {
  act,
  forgeSigner,
  forgeTablet,
  readEnv,
  type ActPlan,
  type ForgedSigner,
  type ForgedTablet,
} from '../support/forge.ts'
import { ctxv, item, serverNow } from './forged-hall.ts'
import type { RecordedCommands, RecordedPart } from './recorded-commands.ts'

const day = 86_400_000

/** What a plan of recordings/ records with: one tablet at the item's window, its people, and the server's own acts. */
export interface Recorder {
  readonly tablet: ForgedTablet
  /** A person with a grant: a role at the tablet's window or, with `windowId` null, in the whole hall. */
  who(id: string, role: Role, windowId?: string | null): ForgedSigner
  /** Sign the tablet's next act, half a minute after the one before. */
  sign(who: ForgedSigner, plan: ActPlan): Envelope
  /** What has been signed since goes out in one push. */
  sent(): void
  /** The server does something by itself, after what was sent. */
  system(acts: readonly SystemAct[]): void
}

/** What a recording is made of: the lane it prints numbers from (its own), and what does not stand, if anything. */
export interface RecordingPlan {
  readonly lane: string
  /** Acts that are held or rejected on purpose, as `type outcome code`. */
  readonly others?: readonly string[]
  /** Outcomes of the server's own acts, in order. */
  readonly system?: readonly string[]
}

/** An act of a plan; `ctxv` are the versions the hall of the tests stands at. */
export const doing = (
  type: string,
  aggId: string,
  args: Record<string, Json>,
  more: Partial<ActPlan> = {},
): ActPlan => ({
  ...{ type, aggId, args, at: 0, ctxv },
  ...more,
})

/**
 * Record signed envelopes of commands this build ships into the file named on the command line. The file is committed
 * and, once released, never made again: commands that are new get a plan and a file of their own (I26, F40).
 */
export function record({ lane, ...expected }: RecordingPlan, plan: (recorder: Recorder) => void): void {
  const tablet = forgeTablet({ hallId: 'nbu', windowId: item.windowId, lane })
  const people: ForgedSigner[] = []
  const parts: RecordedPart[] = []
  let going: SignedCommand[] = []
  /** Seconds before the server's now: each act a little later than the one before. */
  let ago = 6_000
  const sent = (): void => {
    if (going.length > 0) parts.push({ from: tablet.seq - going.length + 1, commands: going })
    going = []
  }
  plan({
    tablet,
    sent,
    who: (id, role, windowId) => {
      const term = { from: serverNow - day, to: serverNow + 5 * day }
      const signer = forgeSigner(tablet, { id, role, ...term, ...(windowId === undefined ? {} : { windowId }) })
      people.push(signer)
      return signer
    },
    sign: (who, act_) => {
      ago -= 30
      const command = act(tablet, who, { ...act_, at: serverNow - ago * 1_000 })
      going.push(command)
      return readEnv(command)
    },
    system: (acts) => {
      sent()
      parts.push({ system: [...acts] })
    },
  })
  sent()
  const { deviceId, streamId, windowId } = tablet
  const recorded: RecordedCommands = {
    ...{ madeAt: serverNow, hallId: 'nbu', tablet: { deviceId, streamId, lane, windowId } },
    ...{ grants: people.map(({ grant }) => grant), parts, ...expected },
  }
  writeFileSync(process.argv[2] ?? '/dev/stdout', `${JSON.stringify(recorded, null, 2)}\n`)
}
