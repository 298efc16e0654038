import { shallowRef, type ShallowRef } from 'vue'
import type { IconName } from './icons.ts'

/** What is said at the foot of the screen: what was kept and where, and at most one way back. */
export interface ToastWords {
  text: string
  icon?: IconName | undefined
  action?: { label: string; run: () => void } | undefined
}

/** A toast on the screen. */
export interface Toast extends ToastWords {
  id: number
}

const STAY_MS = 8_000
const AT_ONCE = 3

const toasts = shallowRef<readonly Toast[]>([])
const timers = new Map<number, { left: number; since: number; handle: ReturnType<typeof setTimeout> | undefined }>()
let lastId = 0

function dismiss(id: number): void {
  clearTimeout(timers.get(id)?.handle)
  timers.delete(id)
  toasts.value = toasts.value.filter((toast) => toast.id !== id)
}

/** Stops the clock of a toast while a finger, pointer or the focus is on it. */
function pause(id: number): void {
  const timer = timers.get(id)
  if (timer?.handle === undefined) return
  clearTimeout(timer.handle)
  timers.set(id, { left: timer.left - (performance.now() - timer.since), since: 0, handle: undefined })
}

function resume(id: number): void {
  const timer = timers.get(id)
  if (timer === undefined || timer.handle !== undefined) return
  const handle = setTimeout(() => {
    dismiss(id)
  }, timer.left)
  timers.set(id, { left: timer.left, since: performance.now(), handle })
}

function show(words: ToastWords): number {
  lastId += 1
  const oldest = toasts.value[0]
  if (toasts.value.length >= AT_ONCE && oldest !== undefined) dismiss(oldest.id)
  toasts.value = [...toasts.value, { ...words, id: lastId }]
  timers.set(lastId, { left: STAY_MS, since: 0, handle: undefined })
  resume(lastId)
  return lastId
}

/** Says something for 8 seconds; never the only trace of an act. ToastHost, mounted once, shows it. */
export function useToast(): {
  toasts: Readonly<ShallowRef<readonly Toast[]>>
  show: (words: ToastWords) => number
  dismiss: (id: number) => void
  pause: (id: number) => void
  resume: (id: number) => void
} {
  return { toasts, show, dismiss, pause, resume }
}
