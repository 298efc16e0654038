import { shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { isComposing } from './is-composing.ts'
import type { SearchHit } from './types.ts'

/** What the search box knows when a key comes. `answered` is the text the hits belong to; absent: always the present one. */
export interface HitKeysState {
  text: () => string
  hits: () => readonly SearchHit[]
  answered: () => string | undefined
  isOpen: ComputedRef<boolean>
  isDismissed: ShallowRef<boolean>
}

/** What a key can lead to. */
export interface HitKeysActs {
  open: (hit: SearchHit) => void
  submit: (text: string) => void
  clear: () => void
}

/** Esc closes the list, then empties the box; only then it is the screen's. */
function escape(event: KeyboardEvent, state: HitKeysState, clear: () => void): void {
  if (!state.isOpen.value && state.text() === '') return
  event.preventDefault()
  event.stopPropagation()
  if (state.isOpen.value) state.isDismissed.value = true
  else clear()
}

/**
 * Enter, Esc and the arrows of the search box. An Enter faster than the search, as a scanner sends it, waits for the
 * hits of its own text. A composing input method keeps its keys (X27).
 */
export function useHitKeys(
  state: HitKeysState,
  acts: HitKeysActs,
): { active: ShallowRef<number>; onKey: (event: KeyboardEvent) => void; forget: () => void } {
  const active = shallowRef(0)
  let awaited: string | undefined

  function choose(): void {
    awaited = undefined
    const hit = state.hits()[active.value]
    if (hit === undefined) acts.submit(state.text())
    else acts.open(hit)
  }

  function enter(event: KeyboardEvent): void {
    event.preventDefault()
    if (event.repeat || state.text().trim() === '') return
    if ((state.answered() ?? state.text()) === state.text()) choose()
    else awaited = state.text()
  }

  function move(event: KeyboardEvent): void {
    const count = state.hits().length
    if (count === 0) return
    event.preventDefault()
    const step = event.key === 'ArrowDown' ? 1 : -1
    if (state.isOpen.value) active.value = (active.value + step + count) % count
    state.isDismissed.value = false
  }

  watch(state.hits, () => (active.value = 0))
  const settle = (answered: string | undefined): void => {
    if (awaited !== undefined && answered === awaited) choose()
  }
  watch(state.answered, settle, { flush: 'post' })

  return {
    active,
    forget: () => (awaited = undefined),
    onKey(event) {
      // Ctrl+Enter is the main button's, also from here.
      if (isComposing(event) || event.ctrlKey || event.metaKey) return
      if (event.key === 'Enter') enter(event)
      else if (event.key === 'Escape') escape(event, state, acts.clear)
      else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') move(event)
    },
  }
}
