import { expect, test } from 'vitest'
import { emptyReceive, sheetChosen, sheetLeft, type ReceiveForm } from '../../client/cases/receive-form.ts'

const filled = (): ReceiveForm => {
  const student = { name: '示例·王同学', studentNo: '2024010203', phone: '' }
  const empty = emptyReceive()
  return { ...empty, itemId: 'card', student, outcome: { ...empty.outcome, isChecked: true, note: '照片背面已写学号' } }
}

test('[OFF-1] Esc or a wrong tile keeps what was ticked and written for the same student', () => {
  const left = { ...filled(), ...sheetLeft(filled()) }
  expect(left.itemId).toBeNull()
  expect(sheetChosen(left, 'card').outcome).toEqual(filled().outcome)

  const other = { ...filled(), ...sheetChosen(filled(), 'proof') }
  expect(other.outcome).toEqual(emptyReceive().outcome)
  expect(sheetChosen(other, 'card').outcome).toEqual(filled().outcome)
})

test('[OFF-1] the next student never gets the ticks of the one before', () => {
  const left = { ...filled(), ...sheetLeft(filled()) }
  const next = { ...left, student: { ...left.student, studentNo: '2024019999' } }
  expect(sheetChosen(next, 'card').outcome).toEqual(emptyReceive().outcome)

  const nobody = { ...filled(), student: emptyReceive().student }
  const after = { ...nobody, ...sheetLeft(nobody) }
  expect(after.outcome).toEqual(emptyReceive().outcome)
  expect(sheetChosen(after, 'card').outcome).toEqual(emptyReceive().outcome)
})
