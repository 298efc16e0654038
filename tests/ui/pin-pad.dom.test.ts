import { nextTick } from 'vue'
import { afterEach, expect, test } from 'vitest'
import PinPad from '../../client/ui/PinPad.vue'
import { mount, press, type Mounted } from './mount.ts'

let pad: Mounted | undefined
afterEach(() => pad?.unmount())

function open(more: Record<string, unknown> = {}) {
  const pins: string[] = []
  const mounted = mount(PinPad, { label: '示例·李同学', onComplete: (pin: string) => pins.push(pin), ...more })
  pad = mounted
  const filled = () => mounted.root.querySelectorAll('.dots .on').length
  return { mounted, pins, filled }
}

test('keys of the keyboard and of the screen count alike; letters and held keys do not', async () => {
  const { mounted, pins, filled } = open()
  for (const key of ['1', 'a', '2', 'Enter', '3']) await press(key)
  await press('4', document.body, { repeat: true })
  expect(filled()).toBe(3)
  for (const key of ['4', '5', '0']) {
    const button = [...mounted.root.querySelectorAll('button')].find((one) => one.textContent.trim() === key)
    button?.click()
  }
  expect(pins).toEqual(['123450'])
})

test('the digits are never written into the page, only how many there are', async () => {
  const { mounted } = open()
  for (const key of ['9', '9', '9']) await press(key)
  expect(mounted.root.querySelectorAll('input')).toHaveLength(0)
  expect(mounted.find('.dots').getAttribute('aria-label')).toBe('已输入 3 位，共 6 位')
  expect(mounted.find('.dots').textContent.trim()).toBe('')
})

test('Backspace takes one digit back; a wrong PIN empties the dots and says so', async () => {
  const { mounted, pins, filled } = open()
  for (const key of ['1', '2', 'Backspace', '3', '4', '5', '6', '7']) await press(key)
  expect(pins).toEqual(['134567'])
  mounted.props.error = 'PIN 不对，还可以试 4 次'
  await nextTick()
  expect(filled()).toBe(0)
  expect(mounted.find('[role="alert"]').textContent).toContain('还可以试 4 次')
})

test('nothing is taken while the PIN is being checked, nor what is typed into a field', async () => {
  const { mounted, filled } = open({ busy: true })
  await press('1')
  expect(filled()).toBe(0)
  mounted.props.busy = false
  await nextTick()
  const field = mounted.root.appendChild(document.createElement('input'))
  await press('1', field)
  expect(filled()).toBe(0)
})
