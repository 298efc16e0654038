import { onScopeDispose } from 'vue'

const signs = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const

/** Calls back once nobody has touched the terminal for a while, so that the next person finds its first page. */
export function useIdle(afterMs: number, onIdle: () => void): void {
  let timer = setTimeout(onIdle, afterMs)
  const again = (): void => {
    clearTimeout(timer)
    timer = setTimeout(onIdle, afterMs)
  }
  for (const sign of signs) globalThis.addEventListener(sign, again, { passive: true })
  onScopeDispose(() => {
    clearTimeout(timer)
    for (const sign of signs) globalThis.removeEventListener(sign, again)
  })
}
