/** Windows applied for and decided on, a concentrated service, turns: fixtures/commands-halls.json is made from this. */
import { randomUUID } from 'node:crypto'
import type { Json } from '../../../shared/core/canonical.ts'
import { nbuProfile } from '../../../shared/profiles/nbu.ts'
import { item } from '../forged-hall.ts'
import { doing, record } from '../recorder.ts'

record({ lane: 'FH' }, ({ who, sign }) => {
  const c = who('c', 'admin', null)
  const [window] = nbuProfile.windows
  if (!window) throw new Error('the hall has lost its windows')
  const unit = { id: 'student-development', name: '学生发展与服务处' }

  const changeId = randomUUID()
  const ask = { what: 'change', windowId: window.id, window: { ...window, place: '二楼 9 号位（示例）' } }
  const proposal = { unit, appliedOn: '2026-11-10', ask, newUnits: [], itemsAsked: '', reason: '示例：换位置' }
  sign(c, doing('windowChange.propose', changeId, proposal as unknown as Record<string, Json>))
  const grounds = { opinions: '', room: '', needs: '示例：学生反映不好找' }
  const decided = { verdict: 'approved', body: '示例领导小组', text: '示例：同意', on: '2026-11-20' }
  const decision = { ...decided, effectiveOn: '2026-12-01', grounds, items: [], moves: [] }
  sign(c, doing('windowChange.decide', changeId, decision, { saw: { state: 'proposed' } }))

  const serviceId = randomUUID()
  const hours = [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '11:00' }]
  sign(
    c,
    doing('concentratedService.open', serviceId, {
      ...{ unit: { id: 'finance', name: '示例·计划财务处' }, windowId: 'student-affairs', place: '', note: '示例' },
      ...{ period: { from: '2026-12-07', to: '2026-12-09', hours }, items: [{ code: item.code, name: item.name }] },
    }),
  )
  sign(
    c,
    doing(
      'concentratedService.end',
      serviceId,
      { on: '2026-12-09', reason: '示例：已办完' },
      { saw: { endedOn: null } },
    ),
  )

  const turnId = randomUUID()
  const turn = { windowId: 'campus-culture', unitId: 'youth-league', from: '2026-09-01', to: '2027-01-31' }
  sign(c, doing('windowTurn.plan', turnId, { ...turn, weekdays: [], note: '示例：第一学期' }))
  sign(c, doing('windowTurn.end', turnId, { on: '2027-01-15' }, { saw: { to: '2027-01-31' } }))
})
