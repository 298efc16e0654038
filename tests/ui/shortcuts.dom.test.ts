import { defineComponent, h } from 'vue'
import { afterEach, expect, test } from 'vitest'
import BigButton from '../../client/ui/BigButton.vue'
import { useShortcuts, useShortcutSwitch } from '../../client/ui/use-shortcuts.ts'
import { mount, press, type Mounted } from './mount.ts'

let shown: Mounted | undefined
afterEach(() => {
  useShortcutSwitch().turn(true)
  shown?.unmount()
})

function screen() {
  const did: string[] = []
  const act = (what: string) => () => did.push(what)
  const component = defineComponent({
    setup() {
      useShortcuts({
        n: act('n'),
        w: act('w'),
        'g w': act('g w'),
        Enter: act('Enter'),
        Escape: act('Escape'),
        'Ctrl+Enter': act('Ctrl+Enter'),
      })
      return () => h('div', [h('input'), h('button', '看记录')])
    },
  })
  const mounted = mount(component, {})
  shown = mounted
  return { did, input: mounted.find('input'), button: mounted.find('button') }
}

test('letters act on the screen, not in a field; Esc and Ctrl+Enter act in both', async () => {
  const { did, input } = screen()
  await press('N')
  await press('n', input)
  await press('Enter', input, { ctrlKey: true })
  await press('Escape', input)
  expect(did).toEqual(['n', 'Ctrl+Enter', 'Escape'])
})

test('G then W is one act; W alone is another', async () => {
  const { did } = screen()
  for (const key of ['g', 'w', 'w']) await press(key)
  expect(did).toEqual(['g w', 'w'])
})

test('[X27] a held key, a composing one and Enter on a button do nothing more', async () => {
  const { did, button, input } = screen()
  await press('n', document.body, { repeat: true })
  await press('Enter', input, { ctrlKey: true, isComposing: true })
  await press('Enter', button)
  expect(did).toEqual([])
})

test('single keys can be switched off; Ctrl+Enter stays', async () => {
  const { did } = screen()
  useShortcutSwitch().turn(false)
  await press('n')
  await press('Enter', document.body, { ctrlKey: true })
  expect(did).toEqual(['Ctrl+Enter'])
})

test('[X27] a double tap presses once; a blocked button says why and presses nothing', () => {
  const told: string[] = []
  const on = { onPress: () => told.push('press'), onBlocked: (reason: string) => told.push(reason) }
  shown = mount(BigButton, { variant: 'main', ...on }, { default: '受理' })
  const button = shown.find('.btn')
  button.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }))
  button.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 2 }))
  expect(told).toEqual(['press'])
  shown.props.reason = '材料还没核对'
  return Promise.resolve().then(() => {
    button.click()
    expect(told).toEqual(['press', '材料还没核对'])
    expect(button.getAttribute('aria-disabled')).toBe('true')
  })
})
