/** 中止, 退件, 转办, charges and appeals. */
import { doing, record } from '../recorder.ts'
import { item, receiving } from '../forged-hall.ts'

record({ lane: 'FC' }, ({ tablet, who, sign }) => {
  const a = who('a', 'roleA')
  const other = who('b', 'roleA', 'careers')
  const c = who('c', 'supervisor', null)
  const open = { saw: { state: 'open', windowId: item.windowId } }

  const began = { began: { by: 'online', number: 'WS-20261120-88' } }
  const plan = receiving(tablet)
  const first = sign(a, { ...plan, args: { ...plan.args, ...began } })
  sign(a, doing('case.pause', first.aggId, { reason: '示例：系统升级' }, open))
  sign(a, doing('case.resume', first.aggId, {}, { saw: { state: 'paused' } }))
  const money = { amount: 1500, basis: '示例：校内公示标准', standard: '每张 15 元', payAt: '示例·财务处' }
  const charged = sign(a, doing('case.charge', first.aggId, money, open))
  const saw = { charge: { by: { act: charged.cmdId } } }
  sign(a, doing('case.receiptNo', first.aggId, { receiptNumber: 'HZ-2026-1001', paidOn: '2026-11-20' }, { saw }))
  sign(a, doing('case.transfer', first.aggId, { to: 'careers', text: '示例：请接着办' }, open))
  sign(other, doing('case.transferBack', first.aggId, { reason: '示例：不归本窗口' }, open))
  sign(a, doing('case.transfer', first.aggId, { to: 'careers', text: '示例：已商定' }, open))
  sign(other, doing('case.takeOver', first.aggId, {}, open))

  const second = sign(a, receiving(tablet))
  sign(a, doing('case.return', second.aggId, { why: 'elsewhere', reason: '示例：由学院受理' }, open))
  const returned = { saw: { state: 'returned', appeals: [] } }
  const asked = sign(
    a,
    doing('case.appeal', second.aggId, { about: 'shouldHaveAccepted', text: '示例：学院说该在这里办' }, returned),
  )
  const answer = { key: `appeal:${asked.cmdId}`, outcome: 'upheld', reason: '示例：应在本窗口受理' }
  sign(c, doing('case.appealDecide', second.aggId, answer, returned))
})
