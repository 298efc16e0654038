/** A page nobody sees is covered after this long (T1). */
const hiddenMs = 60_000
const checkMs = 1_000

/** What idling needs to know and do. */
export interface Idle {
  /** Minutes without a touch before the lock, from the hall's profile. */
  minutes(): number
  isUnlocked(): boolean
  lock(): void
}

/** The later of two clocks' opinions: a tablet's sleep stops one, a change of settings moves the other. */
function stopwatch(): { restart(): void; elapsed(): number } {
  let wall = Date.now()
  let mono = performance.now()
  return {
    restart() {
      wall = Date.now()
      mono = performance.now()
    },
    elapsed: () => Math.max(Date.now() - wall, performance.now() - mono),
  }
}

/** Lock after idle minutes, and after a minute out of sight (T1). Returns how to stop. */
export function watchIdle(idle: Idle): () => void {
  const touched = stopwatch()
  const hidden = stopwatch()
  const check = () => {
    const isLong = touched.elapsed() >= idle.minutes() * 60_000 || (document.hidden && hidden.elapsed() >= hiddenMs)
    if (isLong && idle.isUnlocked()) idle.lock()
  }
  const touch = () => {
    check()
    touched.restart()
  }
  const turn = () => {
    if (document.hidden) hidden.restart()
    else if (hidden.elapsed() >= hiddenMs && idle.isUnlocked()) idle.lock()
  }
  const touches = ['pointerdown', 'keydown', 'wheel'] as const
  for (const event of touches) window.addEventListener(event, touch, { capture: true, passive: true })
  document.addEventListener('visibilitychange', turn)
  const timer = setInterval(check, checkMs)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', turn)
    for (const event of touches) window.removeEventListener(event, touch, { capture: true })
  }
}
