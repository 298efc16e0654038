import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import ToastHost from '../../client/ui/ToastHost.vue'
import { useToast } from '../../client/ui/use-toast.ts'
import { mount, type Mounted } from './mount.ts'

const { show, dismiss, toasts } = useToast()
let host: Mounted

beforeEach(() => {
  vi.useFakeTimers()
  host = mount(ToastHost, {})
})
afterEach(() => {
  for (const toast of toasts.value) dismiss(toast.id)
  host.unmount()
  vi.useRealTimers()
})

const said = () => [...host.root.querySelectorAll('.text')].map((el) => el.textContent)

test('撤销 acts once and takes the toast away', async () => {
  const undone: string[] = []
  show({ text: '已受理，存在本机。', action: { label: '撤销', run: () => undone.push('K7-14') } })
  await nextTick()
  const button = host.find('.toast button')
  button.click()
  button.click()
  await nextTick()
  expect([undone, said()]).toEqual([['K7-14'], []])
})

test('a toast stays 8 seconds, but not while a pointer or the focus is on it', async () => {
  show({ text: '已受理，存在本机。' })
  await nextTick()
  vi.advanceTimersByTime(5_000)
  host.find('.toast').dispatchEvent(new Event('pointerenter'))
  vi.advanceTimersByTime(60_000)
  await nextTick()
  expect(said()).toEqual(['已受理，存在本机。'])
  host.find('.toast').dispatchEvent(new Event('pointerleave'))
  vi.advanceTimersByTime(2_900)
  await nextTick()
  expect(said()).toHaveLength(1)
  vi.advanceTimersByTime(200)
  await nextTick()
  expect(said()).toEqual([])
})

test('at most three stand at once; the oldest gives way', async () => {
  for (const text of ['一', '二', '三', '四']) show({ text })
  await nextTick()
  expect(said()).toEqual(['二', '三', '四'])
})
