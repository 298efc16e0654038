import { createApp, h, nextTick, shallowReactive, type Component } from 'vue'

/** A component on the page of the test, with props that can be changed and what it has told. */
export interface Mounted {
  root: HTMLElement
  props: Record<string, unknown>
  find: (selector: string) => HTMLElement
  unmount: () => void
}

/** Puts a component on the page; `onX` props collect what it tells, as in a template. */
export function mount(
  component: Component,
  given: Record<string, unknown>,
  slots: Record<string, string> = {},
): Mounted {
  const props = shallowReactive(given)
  const root = document.body.appendChild(document.createElement('div'))
  const words = Object.entries(slots).map(
    ([name, text]) => [name, () => h('button', { type: 'button' }, text)] as const,
  )
  const app = createApp({ render: () => h(component, props, Object.fromEntries(words)) })
  app.mount(root)
  return {
    root,
    props,
    find(selector) {
      const el = document.querySelector<HTMLElement>(selector)
      if (el === null) throw new Error(`nothing on the page for ${selector}`)
      return el
    },
    unmount() {
      app.unmount()
      root.remove()
    },
  }
}

/** Presses one key on an element, or on the page; tells whether somebody took it. */
export async function press(
  key: string,
  on: EventTarget = document.body,
  more: KeyboardEventInit = {},
): Promise<boolean> {
  const taken = !on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))
  await nextTick()
  return taken
}
