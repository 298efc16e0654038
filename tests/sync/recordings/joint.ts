/** The steps of a joint case; fixtures/commands-joint.json was made from this. */
import type { Json } from '../../../shared/core/canonical.ts'
import { nbuItems } from '../../../shared/profiles/items/nbu.ts'
import { ctxv, receiving } from '../forged-hall.ts'
import { doing, record } from '../recorder.ts'

const item = nbuItems.find(({ name }) => name === '休学申请')
if (!item) throw new Error('the hall has lost its joint item')
const student = { name: '示例·王同学', studentNo: '20240117', phone: '13800001234' }
const materials = item.materials.map(({ id }) => ({ id, state: 'present' }))

record({ lane: 'FJ', system: ['applied'] }, ({ tablet, who, sign, system }) => {
  // The hall of the recordings knows one item only: this one is published first.
  const args = { item: item as unknown as Json }
  system([{ type: 'item.publish', v: 1, kind: 'item', aggId: item.id, args }])
  const a = who('a', 'roleA')
  const b = who('b', 'roleB')
  const versions = { ctxv: { ...ctxv, item: item.id } }
  const got = receiving(tablet, versions)
  const { aggId } = sign(a, { ...got, args: { ...got.args, itemId: item.id, student, materials } })
  const on = (type: string, args: Parameters<typeof doing>[2], saw: object = {}) =>
    doing(type, aggId, args, { ...versions, saw })
  const promise = { workingDays: 5, on: '2026-11-27', level: 'ordinary', reason: '示例：须两个单位审核' }
  sign(a, on('case.accept', { ...promise, beyondReason: null }, { state: 'open' }))
  sign(b, on('case.stepTake', { stepId: 's2' }))
  sign(b, on('case.stepReturn', { stepId: 's2', result: '不同意', reason: '示例：家长知情书没有签名' }))
  sign(a, on('case.stepAgain', { stepId: 's2', text: '示例：已补签' }))
  sign(b, on('case.stepDone', { stepId: 's2', result: '已核对', note: '示例：可以办' }))
})
