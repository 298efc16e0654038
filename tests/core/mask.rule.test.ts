import { expect, test } from 'vitest'
import { maskNumber, maskPhone } from '../../shared/core/mask.ts'

test.each([
  ['13800001234', '138****1234'],
  // A town's own telephone is as personal as a mobile one.
  ['0574-88221234', '057****1234'],
  ['0574 8822 1234', '057****1234'],
  ['+86 13800001234', '+86****1234'],
  ['8822', '**22'],
  ['', ''],
])('[REF-PRIV] of the telephone %s a list shows %s', (phone, shown) => {
  expect(maskPhone(phone)).toBe(shown)
})

test.each([
  ['20240117', '2024****17'],
  ['240117', '24****'],
  ['1024', '1024'],
])('[REF-PRIV] of the number %s a list shows %s', (number, shown) => {
  expect(maskNumber(number)).toBe(shown)
})
