import { command } from '../core/command.ts'
import { applied, create } from '../core/outcome.ts'
import { Proposal, type WindowChange } from './window-change.ts'

/** 提出窗口调整: the unit's written application has come in (SSC 七), or the hall brings it up (NBU 二). */
export const proposeWindow = command({
  type: 'windowChange.propose',
  v: 1,
  nature: 'fact',
  on: 'windowChange',
  by: ['supervisor', 'admin'],
  creates: true,
  args: Proposal,
  decide(_none: null, args, ctx) {
    const image: WindowChange = {
      ...{ id: ctx.aggId, hallId: ctx.hallId, kind: 'windowChange', state: 'proposed', proposedAt: ctx.at, ...args },
      ...{ decision: null, acts: [], flags: [], conflicts: [] },
    }
    return applied([create(image)])
  },
})
