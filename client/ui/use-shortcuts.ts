import { onBeforeUnmount, onMounted, shallowRef, type ShallowRef } from 'vue'
import { isComposing } from './is-composing.ts'
import { isCovered } from './use-focus-trap.ts'

/** What a key does; `false` leaves the key to others. Names: `n`, `/`, `?`, `Enter`, `ArrowDown`, `Escape`, `Ctrl+Enter`, or two in a row: `g w`. */
export type ShortcutMap = Readonly<Record<string, (event: KeyboardEvent) => unknown>>

const SEQUENCE_MS = 1_200
const KEPT = 'ck.shortcuts'
const WHILE_TYPING = ['Escape', 'Ctrl+Enter']
const PRESSES = ['Enter', ' ']

/** Whether single keys act at all; a person may switch them off (WCAG 2.1.4). Remembered by this browser. */
const isOn = shallowRef(remembered())

function remembered(): boolean {
  try {
    return localStorage.getItem(KEPT) !== 'off'
  } catch {
    return true // storage refused: the habit is simply not remembered
  }
}

/** The switch for single-key shortcuts, for the help dialog and the settings. */
export function useShortcutSwitch(): { isOn: Readonly<ShallowRef<boolean>>; turn: (on: boolean) => void } {
  return {
    isOn,
    turn(on) {
      isOn.value = on
      try {
        localStorage.setItem(KEPT, on ? 'on' : 'off')
      } catch {
        // not remembered; it still holds until the page closes
      }
    },
  }
}

/** True when a key pressed there is text: a field, not a tick box or a button. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
}

function nameOf(event: KeyboardEvent): string | null {
  if (event.altKey) return null
  if (event.ctrlKey || event.metaKey) return event.key === 'Enter' ? 'Ctrl+Enter' : null
  return event.key.length === 1 ? event.key.toLowerCase() : event.key
}

function isPressOf(event: KeyboardEvent, name: string): boolean {
  if (!PRESSES.includes(name) || !(event.target instanceof HTMLElement)) return false
  return event.target.closest('a, button, input, summary') !== null
}

function isElsewhere(event: KeyboardEvent, name: string): boolean {
  if (event.defaultPrevented || isComposing(event)) return true
  if (event.repeat && !name.startsWith('Arrow')) return true
  if (WHILE_TYPING.includes(name)) return false
  return !isOn.value || isTyping(event.target) || isPressOf(event, name)
}

/**
 * Keys of a screen while it is shown: off while somebody types (but Escape and Ctrl+Enter), composes, or a layer covers
 * the screen. A held key acts once. `inLayer` is for the keys of a dialog itself.
 */
export function useShortcuts(map: ShortcutMap, inLayer = false): void {
  let first: { name: string; at: number } | null = null

  function find(name: string, at: number): ((event: KeyboardEvent) => unknown) | undefined {
    const before = first !== null && at - first.at < SEQUENCE_MS ? first.name : null
    first = null
    const both = before === null ? undefined : map[`${before} ${name}`]
    if (both !== undefined) return both
    if (Object.keys(map).some((key) => key.startsWith(`${name} `))) first = { name, at }
    return map[name]
  }

  function onKey(event: KeyboardEvent): void {
    const name = nameOf(event)
    if (name === null || (isCovered() && !inLayer) || isElsewhere(event, name)) return
    const act = find(name, event.timeStamp)
    if (act !== undefined && act(event) !== false) event.preventDefault()
  }

  onMounted(() => {
    document.addEventListener('keydown', onKey)
  })
  onBeforeUnmount(() => {
    document.removeEventListener('keydown', onKey)
  })
}
