import type { CommandRegister, Refs } from '../../shared/core/command.ts'
import { Envelope } from '../../shared/core/envelope.ts'
import { decideCommand, type Row } from '../../shared/core/kernel.ts'
import { newest } from '../../shared/core/upcast.ts'
import { upcasters } from '../../shared/upcasters.ts'
import type { OutboxRow } from '../local/store.ts'

/**
 * Fold this tablet's unsettled acts, in seq order, over the confirmed row: what the view shows (I8). An act its rule
 * no longer admits leaves no trace here; its author learns of it by the server's outcome.
 */
export function rebase(
  register: CommandRegister,
  confirmed: Row,
  acts: readonly { act: OutboxRow; refs: Refs }[],
): Row {
  return acts.reduce<Row>((row, { act, refs }) => {
    const sent = Envelope.parse(JSON.parse(act.env))
    try {
      const env = newest(upcasters, sent)
      return decideCommand(register, row, { env, pii: act.pii, actor: act.actor, refs }).row
    } catch {
      return row
    }
  }, confirmed)
}
