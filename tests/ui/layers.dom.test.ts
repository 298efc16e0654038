import { nextTick, type Component } from 'vue'
import { afterEach, expect, test } from 'vitest'
import AppDialog from '../../client/ui/AppDialog.vue'
import AppDrawer from '../../client/ui/AppDrawer.vue'
import { isCovered } from '../../client/ui/use-focus-trap.ts'
import { mount, press, type Mounted } from './mount.ts'

const open: Mounted[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.unmount()
  document.body.replaceChildren()
})

function layer(component: Component, slots: Record<string, string>) {
  const closed: string[] = []
  const mounted = mount(component, { open: false, title: '待发送', onClose: () => closed.push('closed') }, slots)
  open.push(mounted)
  return { mounted, closed }
}

async function opener(): Promise<HTMLButtonElement> {
  const button = document.body.appendChild(document.createElement('button'))
  button.focus()
  await nextTick()
  return button
}

test('a drawer takes the focus, keeps Tab inside and gives the focus back', async () => {
  const pill = await opener()
  const { mounted } = layer(AppDrawer, { default: '现在发送', foot: '救援导出' })
  mounted.props.open = true
  await nextTick()
  const buttons = [...mounted.find('.drawer').querySelectorAll('button')]
  expect(document.activeElement).toBe(mounted.find('.drawer'))
  expect(isCovered()).toBe(true)

  await press('Tab', mounted.find('.drawer'), { shiftKey: true })
  expect(document.activeElement).toBe(buttons.at(-1))
  await press('Tab', document.activeElement ?? document.body)
  expect(document.activeElement).toBe(buttons[0])

  mounted.props.open = false
  await nextTick()
  expect([document.activeElement, isCovered()]).toEqual([pill, false])
})

test('Esc closes the topmost layer only', async () => {
  const drawer = layer(AppDrawer, {})
  const dialog = layer(AppDialog, { actions: '知道了' })
  drawer.mounted.props.open = true
  await nextTick()
  dialog.mounted.props.open = true
  await nextTick()
  await press('Escape')
  expect([drawer.closed, dialog.closed]).toEqual([[], ['closed']])
  dialog.mounted.props.open = false
  await nextTick()
  await press('Escape', document.body, { isComposing: true })
  expect(drawer.closed).toEqual([])
  await press('Escape')
  expect(drawer.closed).toEqual(['closed'])
})
