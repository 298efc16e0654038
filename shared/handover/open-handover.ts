import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, create } from '../core/outcome.ts'
import { filledText, plainId, uuid } from '../core/text.ts'
import type { Handover } from './handover.ts'

/** One line as the outgoing person lists it. */
export const HandoverLineArgs = z.strictObject({
  id: plainId,
  about: z.enum(['matter', 'promise', 'seal', 'key', 'word']),
  caseId: uuid.nullable(),
  text: filledText(300),
})

/** 交班: the outgoing person lists open matters, promises, seals and keys (ZJJ-19). */
export const openHandover = command({
  type: 'handover.open',
  v: 1,
  nature: 'fact',
  on: 'handover',
  by: ['roleA', 'roleB'],
  creates: true,
  args: z.strictObject({ lines: z.array(HandoverLineArgs).max(200) }),
  decide(_none: null, { lines }, ctx) {
    const image: Handover = {
      ...{ id: ctx.aggId, hallId: ctx.hallId, kind: 'handover', windowId: ctx.windowId ?? '', state: 'open', lines },
      from: { actorId: ctx.actorId, actorName: ctx.actorName, role: ctx.role },
      ...{ to: null, openedAt: ctx.at, confirmedAt: null, remarks: {}, acts: [], flags: [], conflicts: [] },
    }
    return applied([create(image)])
  },
})
