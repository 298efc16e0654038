import { makeChores } from './chores.ts'
import { standForLeader } from './leader.ts'
import { pageSurroundings, SyncLoop, type Wake } from './loop.ts'
import { reach, refusal } from './online.ts'
import { onPoke, poke, type Poke } from './poke.ts'
import { tabletEngine } from './tablet-engine.ts'

/** Begin to send and fetch for the hall, in whichever tab leads; returns how to stop. */
export function startSync(hallId: string): () => void {
  const end = new AbortController()
  const chores = makeChores(tabletEngine)
  const loop = new SyncLoop(
    tabletEngine,
    pageSurroundings(({ hasMoved, fault }) => {
      chores.turned(fault === null)
      poke({ about: 'reach', reach: reach.value, refusal: refusal.value })
      if (hasMoved) poke({ about: 'changed' })
    }),
  )
  let isLeading = false
  const wake = (why: Wake) => {
    if (isLeading) loop.wake(why)
  }
  const stopHearing = onPoke((message) => hear(message, { isLeading, wake }))
  const onNetwork = () => wake('network')
  const onVisible = () => {
    if (!document.hidden) wake('visible')
  }
  window.addEventListener('online', onNetwork)
  document.addEventListener('visibilitychange', onVisible)
  const lead = async (signal: AbortSignal) => {
    isLeading = true
    await loop.run(signal).finally(() => {
      isLeading = false
    })
  }
  standForLeader(hallId, lead, end.signal).catch((error: unknown) => {
    tabletEngine.report('leader-failed', { why: error instanceof Error ? error.name : 'unknown' })
  })
  return () => {
    end.abort()
    stopHearing()
    window.removeEventListener('online', onNetwork)
    document.removeEventListener('visibilitychange', onVisible)
  }
}

function hear(message: Poke, { isLeading, wake }: { isLeading: boolean; wake(why: Wake): void }): void {
  if (message.about === 'send') wake('person')
  if (message.about === 'act') wake('act')
  if (message.about === 'reach' && !isLeading && message.reach.since >= reach.value.since) {
    reach.value = message.reach
    refusal.value = message.refusal
  }
}

/** An act was kept: whichever tab leads sends it. */
export function actKept(): void {
  poke({ about: 'act' })
}

/** 现在发送: try at once, also while backing off. */
export function sendNow(): void {
  poke({ about: 'send' })
}
