import { onBeforeUnmount, watch, type Ref } from 'vue'
import { isComposing } from './is-composing.ts'

const REACHABLE = 'a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex="0"]'

/** Open layers, the topmost last: only that one answers Tab and Esc. */
const layers: HTMLElement[] = []

/** True while a drawer, dialog or lock covers the screen; shortcuts of the screen beneath then sleep. */
export function isCovered(): boolean {
  return layers.length > 0
}

function reachable(layer: HTMLElement): HTMLElement[] {
  return [...layer.querySelectorAll<HTMLElement>(REACHABLE)].filter((el) => el.closest('[hidden]') === null)
}

function turn(layer: HTMLElement, event: KeyboardEvent): void {
  const all = reachable(layer)
  const first = all[0]
  const last = all.at(-1)
  if (first === undefined || last === undefined) {
    event.preventDefault()
    return
  }
  const at = document.activeElement
  const isOutside = at === layer || !layer.contains(at)
  if (event.shiftKey ? isOutside || at === first : isOutside || at === last) {
    event.preventDefault()
    ;(event.shiftKey ? last : first).focus()
  }
}

/**
 * Keeps Tab inside `layer` while it is there, calls `onEsc` on Esc, and gives the focus back to where it came from.
 * The first `[data-autofocus]` gets the focus, else the layer itself (tabindex -1). Layers may lie on each other.
 */
export function useFocusTrap(layer: Readonly<Ref<HTMLElement | null>>, onEsc?: () => void): void {
  let from: Element | null = null
  let held: HTMLElement | null = null

  function onKey(event: KeyboardEvent): void {
    if (held === null || layers.at(-1) !== held || isComposing(event)) return
    if (event.key === 'Tab') turn(held, event)
    if (event.key === 'Escape' && !event.defaultPrevented && onEsc !== undefined) {
      event.preventDefault()
      onEsc()
    }
  }

  function take(el: HTMLElement): void {
    from = document.activeElement
    held = el
    layers.push(el)
    document.addEventListener('keydown', onKey)
    ;(el.querySelector<HTMLElement>('[data-autofocus]') ?? el).focus()
  }

  function release(): void {
    if (held === null) return
    layers.splice(layers.indexOf(held), 1)
    held = null
    document.removeEventListener('keydown', onKey)
    if (from instanceof HTMLElement && from.isConnected) from.focus()
  }

  watch(
    layer,
    (el) => {
      release()
      if (el !== null) take(el)
    },
    { flush: 'post', immediate: true },
  )
  onBeforeUnmount(release)
}
