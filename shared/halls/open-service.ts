import { command } from '../core/command.ts'
import { applied, create, rejected } from '../core/outcome.ts'
import { refusal, type RefusalKind } from '../core/refusal.ts'
import { ServicePlan, type ConcentratedService } from './concentrated-service.ts'

/** The hall does not offer concentrated services, or offers them at another window. */
const noServices = refusal('concentratedService.notHere', {
  cite: 'NBU-2',
  say: () => '本厅的规章配置没有阶段性集中服务，或规定由别的窗口接待，没有开设。',
})

/** Sentences of refusals of concentratedService, by code. */
export const serviceSentences: RefusalKind[] = [noServices]

/** 开设阶段性集中服务: for a unit without a window, in its days, at the window the profile names (NBU 二, SZIT 三). */
export const openService = command({
  type: 'concentratedService.open',
  v: 1,
  nature: 'claim',
  on: 'concentratedService',
  by: ['supervisor', 'admin'],
  creates: true,
  args: ServicePlan,
  decide(_none: null, args, ctx) {
    const rule = ctx.profile?.settings.concentratedService.value
    if (!rule?.isOn || rule.otherwiseAt !== args.windowId) return rejected({ code: noServices.code })
    const image: ConcentratedService = {
      ...{ id: ctx.aggId, hallId: ctx.hallId, kind: 'concentratedService', ...args, endedOn: null, endReason: '' },
      openedBy: { actorId: ctx.actorId, actorName: ctx.actorName, at: ctx.at },
      ...{ acts: [], flags: [], conflicts: [] },
    }
    return applied([create(image)])
  },
})
