import { createApp, h, shallowRef } from 'vue'
import { afterEach, expect, test } from 'vitest'
import MaterialRow from '../../client/ui/MaterialRow.vue'
import { press } from './mount.ts'

const names = ['申请表', '近照', '校园卡']
let close: (() => void) | undefined
afterEach(() => close?.())

function sheet() {
  const ticked = shallowRef<readonly string[]>([])
  const unfit = shallowRef<readonly string[]>([])
  const root = document.body.appendChild(document.createElement('div'))
  const row = (name: string) =>
    h(MaterialRow, {
      name,
      checked: ticked.value.includes(name),
      state: unfit.value.includes(name) ? '不符合' : ticked.value.includes(name) ? '已收' : '缺',
      'onUpdate:checked': (on: boolean) =>
        (ticked.value = on ? [...ticked.value, name] : ticked.value.filter((one) => one !== name)),
      'onUpdate:unfit': (on: boolean) => (unfit.value = on ? [...unfit.value, name] : []),
    })
  const app = createApp({ render: () => h('div', names.map(row)) })
  app.mount(root)
  close = () => {
    app.unmount()
    root.remove()
  }
  const inputs = [...root.querySelectorAll('input')]
  const labels = [...root.querySelectorAll('label')]
  const buttons = [...root.querySelectorAll('button')]
  return { ticked, unfit, inputs, labels, buttons }
}

test('a tap anywhere on the row ticks it, and once more takes it back', () => {
  const { ticked, labels } = sheet()
  labels[1]?.querySelector<HTMLElement>('.name')?.click()
  expect(ticked.value).toEqual(['近照'])
  labels[1]?.click()
  expect(ticked.value).toEqual([])
})

test('arrow keys go from row to row and stop at the ends', async () => {
  const { inputs } = sheet()
  inputs[0]?.focus()
  await press('ArrowDown', inputs[0])
  expect(document.activeElement).toBe(inputs[1])
  await press('ArrowDown', inputs[1])
  await press('ArrowDown', inputs[2])
  expect(document.activeElement).toBe(inputs[2])
  await press('ArrowUp', inputs[2])
  expect(document.activeElement).toBe(inputs[1])
})

test('不符合 is a control of its own: it neither ticks the row nor hides its word from a reader', async () => {
  const { ticked, unfit, buttons, labels } = sheet()
  buttons[0]?.click()
  await Promise.resolve()
  expect([unfit.value, ticked.value]).toEqual([['申请表'], []])
  expect(buttons[0]?.getAttribute('aria-pressed')).toBe('true')
  expect(labels[0]?.textContent).toContain('不符合')
  expect(buttons[0]?.getAttribute('aria-label')).toBe('申请表：不符合')
})
